/**
 * Scores tracks against true ones: CLEAR-MOT (Bernardin and Stiefelhagen 2008) and
 * IDF1 (Ristani et al. 2016). Boxes agree at an IoU of 0.3 or more.
 *
 * `deno run -A scripts/evaluation/mot.ts GT TRACKS` prints one line.
 * Knows nothing of pixels: that is `pixels.ts`.
 * @module
 */
import { assignMostWorth } from "./assignment.ts";

/** One box of one track in one frame, pixels, top-left corner. */
export interface TrackRow {
  readonly frame: number;
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface MotScore {
  readonly recall: number;
  readonly precision: number;
  readonly mota: number;
  readonly idf1: number;
  /** Times a true track changed the id that follows it. */
  readonly idSwitches: number;
  readonly ids: number;
  readonly idsTrue: number;
  readonly boxes: number;
  readonly boxesTrue: number;
}

export interface MotRules {
  readonly iouMin: number;
}

const RULES: MotRules = { iouMin: 0.3 };

/** Reads `frame,id,x,y,w,h[,…]` lines; further columns (MOT's own) are ignored. */
export function parseTracks(text: string): TrackRow[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const [frame, id, x, y, w, h] = line.split(",").map(Number);
    const row = { frame: frame!, id: id!, x: x!, y: y!, w: w!, h: h! };
    if (!Object.values(row).every(Number.isFinite)) {
      throw new TypeError(`Cannot read tracks: line ${index + 1} is not six numbers`);
    }
    return [row];
  });
}

/** Scores are 0 (MOTA may be negative) … 1; all are 0 when there is nothing true. */
export function scoreTracks(
  truth: readonly TrackRow[],
  tracks: readonly TrackRow[],
  rules: MotRules = RULES,
): MotScore {
  const clear = scoreClear(truth, tracks, rules);
  const wrong = truth.length - clear.matches + tracks.length - clear.matches;
  return {
    recall: part(clear.matches, truth.length),
    precision: part(clear.matches, tracks.length),
    mota: truth.length === 0 ? 0 : 1 - (wrong + clear.idSwitches) / truth.length,
    idf1: part(2 * identityMatches(truth, tracks, rules), truth.length + tracks.length),
    idSwitches: clear.idSwitches,
    ids: new Set(tracks.map((row) => row.id)).size,
    idsTrue: new Set(truth.map((row) => row.id)).size,
    boxes: tracks.length,
    boxesTrue: truth.length,
  };
}

export function intersectionOverUnion(a: TrackRow, b: TrackRow): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a.w * a.h + b.w * b.h - w * h);
}

/** Worth of one more match against any sum of IoUs: matches count first. */
const MATCH_WORTH = 1e3;
/** Worth of keeping a pair of the frame before against any number of new matches. */
const KEEP_WORTH = 1e6;

interface ClearCounts {
  readonly matches: number;
  readonly idSwitches: number;
}

/** A true track switches when it is matched again by another id than the last. */
function scoreClear(
  truth: readonly TrackRow[],
  tracks: readonly TrackRow[],
  rules: MotRules,
): ClearCounts {
  const tracksOf = byFrame(tracks);
  const lastId = new Map<number, number>();
  let kept = new Map<number, number>();
  let matches = 0;
  let idSwitches = 0;
  const frames = [...byFrame(truth)].sort((a, b) => a[0] - b[0]);
  let frameBefore = -Infinity;
  for (const [frame, trueRows] of frames) {
    if (frame !== frameBefore + 1) kept = new Map();
    frameBefore = frame;
    const rows = tracksOf.get(frame) ?? [];
    const worth = trueRows.map((a) =>
      rows.map((b) => {
        const iou = intersectionOverUnion(a, b);
        if (iou < rules.iouMin) return 0;
        return iou + MATCH_WORTH + (kept.get(a.id) === b.id ? KEEP_WORTH : 0);
      })
    );
    kept = new Map();
    for (const [index, column] of assignMostWorth(worth).entries()) {
      if (column < 0) continue;
      const trueId = trueRows[index]!.id;
      const id = rows[column]!.id;
      if (lastId.has(trueId) && lastId.get(trueId) !== id) idSwitches++;
      lastId.set(trueId, id);
      kept.set(trueId, id);
      matches++;
    }
  }
  return { matches, idSwitches };
}

/** Boxes that agree under the best pairing of whole tracks with whole true tracks. */
function identityMatches(
  truth: readonly TrackRow[],
  tracks: readonly TrackRow[],
  rules: MotRules,
): number {
  const trueIds = [...new Set(truth.map((row) => row.id))];
  const ids = [...new Set(tracks.map((row) => row.id))];
  const trueIndex = new Map(trueIds.map((id, index) => [id, index]));
  const index = new Map(ids.map((id, at) => [id, at]));
  const agree = trueIds.map(() => new Array<number>(ids.length).fill(0));
  const tracksOf = byFrame(tracks);
  for (const a of truth) {
    for (const b of tracksOf.get(a.frame) ?? []) {
      if (intersectionOverUnion(a, b) < rules.iouMin) continue;
      agree[trueIndex.get(a.id)!]![index.get(b.id)!]!++;
    }
  }
  return assignMostWorth(agree).reduce(
    (sum, column, row) => sum + (column < 0 ? 0 : agree[row]![column]!),
    0,
  );
}

function byFrame(rows: readonly TrackRow[]): Map<number, TrackRow[]> {
  const frames = new Map<number, TrackRow[]>();
  for (const row of rows) {
    const there = frames.get(row.frame);
    if (there) there.push(row);
    else frames.set(row.frame, [row]);
  }
  return frames;
}

function part(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}

/** One line for people: `recall .849 precision .907 …`. */
export function formatMotScore(score: MotScore): string {
  const { recall, precision, mota, idf1, idSwitches, ids, idsTrue } = score;
  return `recall ${recall.toFixed(3)} precision ${precision.toFixed(3)} ` +
    `MOTA ${mota.toFixed(3)} IDF1 ${idf1.toFixed(3)} ` +
    `switches ${idSwitches} ids ${ids} (${idsTrue})`;
}

if (import.meta.main) {
  const [truth, tracks] = Deno.args;
  if (truth === undefined || tracks === undefined) {
    console.error("Usage: mot.ts GT TRACKS");
    Deno.exit(2);
  }
  console.log(formatMotScore(scoreTracks(
    parseTracks(Deno.readTextFileSync(truth)),
    parseTracks(Deno.readTextFileSync(tracks)),
  )));
}
