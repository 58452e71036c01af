/**
 * What became of one scene: was its cause named, was anything reported that is not
 * there, were the real things found. Pure; the scenes are made in `cause_run.ts`.
 * @module
 */
import type { PlacedBox, Span } from "../../capture/scene/effect.ts";
import type { StayBoxes } from "./cause_bases.ts";
import type { SaidLine, SceneSaying } from "./cause_run.ts";
import { isAt } from "./cause_truth.ts";

export interface SceneTruthOfCause {
  /** The name that must be said, and others that are as right; none: nothing may be. */
  readonly truth: string | undefined;
  readonly alsoRight: readonly string[];
  /** From when on it may be said. */
  readonly fromMs: number;
  /** Causes that the base has by itself. */
  readonly natural: readonly string[];
  /** Where the real things are in the base; undefined: not known. */
  readonly stays: readonly StayBoxes[] | undefined;
  /** Where boxes of the base are seen under the effect. */
  readonly place: (stays: readonly StayBoxes[]) => readonly StayBoxes[];
  /** Whether what stands at this box is behind something of the effect's. */
  readonly isHidden: (box: PlacedBox) => boolean;
  /** Whether real movement is at a box of a frame, where true boxes are not known. */
  readonly isMoving?: (frame: number, box: PlacedBox) => boolean;
  /** The effect's own things. */
  readonly more: readonly StayBoxes[];
  readonly blind: readonly Span[];
  /** When each frame of the run was shown, and how many there are in a second at first. */
  readonly timesMs: readonly number[];
  readonly fps: number;
}

export interface SceneScore {
  /** The name with the most weight, "none" when nothing was said. */
  readonly named: string;
  /** The truth is among what was said. */
  readonly said: boolean;
  /** … and nothing else weighs more. */
  readonly right: boolean;
  /** Reports that match nothing real, and those of them that the base alone has not. */
  readonly falseAtAll: number;
  readonly falseByEffect: number;
  /** Real things, those found without the effect, and those of these found with it. */
  readonly objects: number;
  readonly foundWithout: number;
  readonly foundStill: number;
  readonly foundWith: number;
  readonly words: readonly string[];
}

/** A picture-wide line tells more than one about a single track. */
const PICTURE_WEIGHT = 3;
/** Part of a report's boxes, and of a thing's, that must agree. */
const REPORT_PART_MIN = 0.3;
const OBJECT_PART_MIN = 0.25;
/** Things seen for less need not be found; nor in the first moments of a run. */
const OBJECT_MIN_S = 1;
const WARM_UP_S = 2;
const EDGE_S = 0.5;
const EARLY_MS = 500;

export function scoreScene(
  truth: SceneTruthOfCause,
  { said, plain }: { readonly said: SceneSaying; readonly plain: SceneSaying },
): SceneScore {
  const found = truth.place(reportedStays(plain));
  const known = truth.stays ? truth.place(truth.stays) : found;
  const real = [...known, ...truth.more].map((stay) => prolonged(stay, truth.fps));
  const wrong = tracksOf(said, [null]).filter((track) => {
    const boxes = said.boxes.get(track);
    return !agrees(boxes, real, REPORT_PART_MIN) && !isOnMovement(boxes, truth);
  });
  // Without an effect there is nobody else to blame.
  const allPlain = truth.truth === undefined
    ? []
    : truth.place([...plain.boxes.values()]);
  const byEffect = wrong.filter((track) =>
    !agrees(said.boxes.get(track), allPlain, REPORT_PART_MIN)
  );
  const countable = (stay: StayBoxes) => stay.size >= OBJECT_MIN_S * truth.fps;
  const own = truth.more.map((stay) => countedFrames(stay, truth)).filter(countable);
  const others = known.map((stay) => countedFrames(stay, truth)).filter(countable);
  const counted = [...others, ...own];
  const foundWith = reportedStays(said);
  const isFound = (stay: StayBoxes, among: readonly StayBoxes[]) =>
    agrees(stay, among, OBJECT_PART_MIN);
  // Things of the effect's own are not there without it: they count as found.
  const before = [...others.filter((stay) => isFound(stay, found)), ...own];
  const still = before.filter((stay) => isFound(stay, foundWith));
  return {
    ...namesOf(truth, said, plain),
    falseAtAll: wrong.length,
    falseByEffect: byEffect.length,
    objects: counted.length,
    foundWithout: before.length,
    foundStill: still.length,
    foundWith: counted.filter((stay) => isFound(stay, foundWith)).length,
    words: wordsOf(said, byEffect),
  };
}

/** Tracks with an episode that is kept quiet for one of these; null: a report. */
function tracksOf(said: SceneSaying, suppressed: readonly (string | null)[]): number[] {
  const episodes = said.episodes.filter((one) =>
    one.zone === null && suppressed.includes(one.suppressed)
  );
  return [...new Set(episodes.map(({ track }) => track))];
}

/** What was found. A thing that was absorbed in the end was a report before. */
function reportedStays(said: SceneSaying): StayBoxes[] {
  return tracksOf(said, [null, "absorbed"]).flatMap((track) => {
    const boxes = said.boxes.get(track);
    return boxes ? [boxes] : [];
  });
}

/** Whether `part` of the boxes are where any of `among` is in the same frame. */
function agrees(
  boxes: StayBoxes | undefined,
  among: readonly StayBoxes[],
  part: number,
): boolean {
  if (!boxes || boxes.size === 0) return false;
  let agreed = 0;
  for (const [frame, box] of boxes) {
    if (
      among.some((stay) => {
        const other = stay.get(frame);
        return other !== undefined && (isAt(box, other) || isAt(other, box));
      })
    ) agreed++;
  }
  return agreed >= part * boxes.size;
}

/** Whether part of a report's boxes lie on real movement. */
function isOnMovement(boxes: StayBoxes | undefined, truth: SceneTruthOfCause): boolean {
  if (!boxes || !truth.isMoving) return false;
  let moving = 0;
  for (const [frame, box] of boxes) if (truth.isMoving(frame, box)) moving++;
  return moving >= REPORT_PART_MIN * boxes.size;
}

/** Half a second more at both ends: the truth's own beginnings and ends are no better. */
function prolonged(stay: StayBoxes, fps: number): StayBoxes {
  const frames = [...stay.keys()];
  const [first, last] = [Math.min(...frames), Math.max(...frames)];
  const [before, after] = [stay.get(first), stay.get(last)];
  if (!before || !after) return stay;
  const longer = new Map(stay);
  for (let i = 1; i <= EDGE_S * fps; i++) {
    longer.set(first - i, before).set(last + i, after);
  }
  return longer;
}

function countedFrames(stay: StayBoxes, truth: SceneTruthOfCause): StayBoxes {
  const { blind } = truth;
  const seen = [...stay].filter(([frame, box]) => {
    const ms = truth.timesMs[frame] ?? 0;
    if (ms < 1_000 * WARM_UP_S || truth.isHidden(box)) return false;
    return !blind.some(({ startMs, endMs }) => ms >= startMs && ms < endMs);
  });
  return new Map(seen);
}

function namesOf(
  { truth, alsoRight, fromMs, natural, more: own }: SceneTruthOfCause,
  { lines, boxes }: SceneSaying,
  plain: SceneSaying,
): Pick<SceneScore, "named" | "said" | "right"> {
  const before = weightsOf(truth === undefined ? [] : plain.lines);
  const weights = new Map<string, number>();
  for (const [name, weight] of weightsOf(lines)) {
    const isNatural = natural.includes(name) && name !== truth;
    const more = isNatural ? 0 : weight - (before.get(name) ?? 0);
    if (more > 1e-6) weights.set(name, more);
  }
  const named = heaviest(weights) ?? "none";
  const isRight = (name: string) => name === truth || alsoRight.includes(name);
  // What is said of a thing of the effect's own must be said of that thing.
  const isOwn = (blob: number | undefined) =>
    own.length === 0 || blob === undefined ||
    agrees(boxes.get(blob), own, REPORT_PART_MIN);
  const said = lines.some(({ name, atMs, blob }) =>
    isRight(name) && atMs >= fromMs - EARLY_MS && isOwn(blob)
  );
  if (truth === undefined) {
    return { named, said: named === "none", right: named === "none" };
  }
  return { named, said, right: said && isRight(named) };
}

function weightsOf(lines: readonly SaidLine[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { name, score, blob } of lines) {
    const weight = score * (blob === undefined ? PICTURE_WEIGHT : 1);
    weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  return weights;
}

function heaviest(weights: ReadonlyMap<string, number>): string | undefined {
  let best: [string, number] | undefined;
  for (const entry of weights) if (!best || entry[1] > best[1]) best = entry;
  return best?.[0];
}

/** What was said, for those who tune: lines by name, and each wrong report. */
function wordsOf(said: SceneSaying, wrong: readonly number[]): string[] {
  const lines = said.lines.map(({ name, atMs, score, blob }) =>
    `${name}@${(atMs / 1_000).toFixed(1)}s(${score.toFixed(2)}${
      blob === undefined ? "" : ` #${blob}`
    })`
  );
  const shown = lines.length > 12
    ? [...lines.slice(0, 12), `+${lines.length - 12}`]
    : lines;
  const reports = wrong.map((track) => {
    const boxes = said.boxes.get(track);
    const frames = boxes ? [...boxes.keys()] : [];
    const box = boxes?.get(frames[frames.length >> 1] ?? -1);
    const at = box
      ? [box.x, box.y, box.w, box.h].map((value) => Math.round(value)).join(",")
      : "?";
    return `false #${track} frames ${frames[0]}-${frames.at(-1)} box ${at}`;
  });
  return [shown.join(" ") || "nothing said", ...reports];
}
