/**
 * Scores how causes and camera states are told: every effect of `capture/scene`, over
 * real footage and over the drawn street, shown to the analysis in memory.
 *
 * `scripts/evaluate --causes [--only CAUSE,…] [--seeds odd|even] [--count N]
 * [--base WORD] [--verbose] [--json FILE] [--footage DIR]`.
 * Tune on even seeds, report odd ones: their windows of footage are others.
 * @module
 */
import { CAMERA_STATES } from "../../analysis/dsl/camera_state.ts";
import { type EffectKind, EFFECTS } from "../../capture/scene/effects.ts";
import { RandomStream } from "../../capture/scene/random.ts";
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { Effect, PlacedBox } from "../../capture/scene/effect.ts";
import { placeOf } from "../../capture/scene/parameters.ts";
import {
  type Base,
  type BaseWindow,
  DRAWN_WINDOWS,
  loadBase,
  REAL_WINDOWS,
  type StayBoxes,
} from "./cause_bases.ts";
import { runScene, type SceneLength, type SceneSaying } from "./cause_run.ts";
import { type SceneScore, scoreScene } from "./cause_scores.ts";
import { type CauseReport, formatCauses, formatScene } from "./cause_report.ts";
import { defaultFootage, readFlags } from "./command_line.ts";

export interface CausesOptions {
  readonly footage: string;
  /** Only these truths ("clean" too); all when absent. */
  readonly names?: readonly string[];
  readonly parity: "odd" | "even";
  /** Scenes per truth. */
  readonly count: number;
  /** Only these windows; all when absent. */
  readonly isAsked?: (window: BaseWindow) => boolean;
  /** Hears each scene as it is scored. */
  readonly tell?: (report: CauseReport) => void;
}

/** One scene to be made: an effect (undefined: none) over a window. */
interface Planned {
  readonly kind: EffectKind | undefined;
  readonly seed: number;
  readonly window: BaseWindow;
}

/** Causes show within seconds; a state of the camera is judged longer. */
const CAUSE_LENGTH: SceneLength = { seconds: 13 };
const STATE_LENGTH: SceneLength = { seconds: 18 };
/** What stays is watched for minutes, as briefly as the analysis allows. */
const ABSORBED_LENGTH: SceneLength = { seconds: 10, stillS: 128 };
const ABSORB_AFTER_S = 120;
const STATES: ReadonlySet<string> = new Set(CAMERA_STATES);
const BEGINS_S = { least: 4.5, most: 6 } as const;

/** Scores all scenes asked for, window by window: each is decoded or drawn once. */
export async function scoreCauses(options: CausesOptions): Promise<CauseReport[]> {
  const planned = planCauses(options);
  const reports: CauseReport[] = [];
  for (const window of new Set(planned.map((one) => one.window))) {
    const base = await loadBase(window, options.footage);
    const ours = planned.filter((one) => one.window === window);
    if (!base) {
      console.error(`${window.name}: MISSING, ${ours.length} scenes not scored`);
      continue;
    }
    const plain = plainRuns(base);
    for (const one of ours) {
      const report = { ...one, ...scoreOne(one, base, plain) };
      reports.push(report);
      options.tell?.(report);
    }
  }
  return reports;
}

export function planCauses(options: CausesOptions): Planned[] {
  const { names, parity, count } = options;
  const of = (windows: readonly BaseWindow[]) =>
    windows.filter((one) => one.parity === parity && (options.isAsked?.(one) ?? true));
  const [real, drawn] = [of(REAL_WINDOWS), of(DRAWN_WINDOWS)];
  const seedOf = (k: number) => 2 * k + (parity === "odd" ? 1 : 2);
  const isNamed = (name: string) => names === undefined || names.includes(name);
  const planned = EFFECTS.flatMap((kind, index) => {
    if (!isNamed(kind.truth)) return [];
    const fitting = [kind.isDrawnOnly ? [] : real, drawn].filter(({ length }) =>
      length > 0
    );
    return Array.from({ length: fitting.length === 0 ? 0 : count }, (_, k): Planned => {
      // Footage and street by turns, each kind's windows by turns.
      const windows = fitting[k % fitting.length]!;
      const turn = Math.floor(k / fitting.length) + index;
      return { kind, seed: seedOf(k), window: windows[turn % windows.length]! };
    });
  });
  if (!isNamed("clean")) return planned;
  const clean = [...real, ...drawn].map((window, k): Planned => ({
    ...{ kind: undefined, seed: seedOf(k), window },
  }));
  return [...planned, ...clean];
}

function lengthOf(kind: EffectKind | undefined): SceneLength {
  if (kind?.truth === "absorbed") return ABSORBED_LENGTH;
  return STATES.has(kind?.truth ?? "") ? STATE_LENGTH : CAUSE_LENGTH;
}

/** The base without an effect, of some length; run when it is asked for first. */
type PlainRuns = (length: SceneLength) => SceneSaying;

function plainRuns(base: Base): PlainRuns {
  const runs = new Map<SceneLength, SceneSaying>();
  return (length) => {
    const known = runs.get(length);
    if (known) return known;
    const saying = runScene({
      ...{ base, seed: 0, effect: undefined, stage: "optical", length },
      absorbAfterS: ABSORB_AFTER_S,
    });
    runs.set(length, saying);
    return saying;
  };
}

function scoreOne(
  { kind, seed, window }: Planned,
  base: Base,
  plainRun: PlainRuns,
): SceneScore {
  const length = lengthOf(kind);
  const plain = plainRun(length);
  const { fps, natural } = window;
  const random = new RandomStream(seed, ...placeOf(`when ${kind?.truth}`));
  const startMs = Math.round(1_000 * random.between(BEGINS_S.least, BEGINS_S.most));
  const effect = kind?.make(seed, { startMs, endMs: Infinity });
  const said = effect
    ? runScene({
      ...{ base, seed, effect, stage: kind?.stage ?? "optical", length },
      absorbAfterS: ABSORB_AFTER_S,
    })
    : plain;
  const timesMs = said.frames.map(({ timeMs }) => timeMs);
  const untilMs = timesMs.at(-1) ?? 0;
  const placed = (stays: readonly StayBoxes[]) =>
    stays.map((stay): StayBoxes =>
      new Map(
        said.frames.flatMap(({ timeMs, frame }, index) => {
          const box = stay.get(frame);
          if (!box) return [];
          return [[index, effect?.placeOf?.(box, base.format, timeMs) ?? box]];
        }),
      )
    );
  const { still } = base;
  const isMoving = still
    ? {
      isMoving: (index: number, box: PlacedBox) => {
        const { frame, timeMs } = said.frames[index]!;
        return still.isMoving(
          frame,
          inBase(box, { effect, format: base.format, timeMs }),
        );
      },
    }
    : {};
  return scoreScene({
    ...isMoving,
    ...{ truth: kind?.truth, alsoRight: effect?.alsoRight ?? [], natural, timesMs, fps },
    fromMs: effect?.causes(untilMs)[0]?.startMs ??
      effect?.states?.(untilMs)[0]?.startMs ?? 0,
    stays: base.stays,
    place: placed,
    isHidden: (box) => effect?.hides?.(box, base.format) ?? false,
    more: effect?.seen ? ownStays(effect.seen, base, timesMs) : [],
    blind: effect?.blind?.(untilMs) ?? [],
  }, { said, plain });
}

/** Where a box under an effect lies in the base: a turned camera sees it elsewhere. */
function inBase(
  box: PlacedBox,
  { effect, format, timeMs }: {
    readonly effect: Effect | undefined;
    readonly format: FrameFormat;
    readonly timeMs: number;
  },
): PlacedBox {
  if (!effect?.placeOf) return box;
  const { width, height } = format;
  const pointAt = (x: number, y: number) =>
    effect.placeOf!({ x, y, w: 0, h: 0 }, format, timeMs);
  const [zero, right, down] = [pointAt(0, 0), pointAt(width, 0), pointAt(0, height)];
  const [ax, ay] = [(right.x - zero.x) / width, (right.y - zero.y) / width];
  const [bx, by] = [(down.x - zero.x) / height, (down.y - zero.y) / height];
  const area = ax * by - ay * bx;
  const [dx, dy] = [box.x + box.w / 2 - zero.x, box.y + box.h / 2 - zero.y];
  const scale = Math.sqrt(Math.abs(area));
  const [w, h] = [box.w / scale, box.h / scale];
  const x = (dx * by - dy * bx) / area - w / 2;
  const y = (dy * ax - dx * ay) / area - h / 2;
  return { x, y, w, h };
}

function ownStays(
  seen: NonNullable<ReturnType<EffectKind["make"]>["seen"]>,
  base: Base,
  timesMs: readonly number[],
): StayBoxes[] {
  const stays = new Map<
    number,
    Map<number, { x: number; y: number; w: number; h: number }>
  >();
  for (const [frame, timeMs] of timesMs.entries()) {
    for (const one of seen(timeMs, base.format)) {
      const stay = stays.get(one.key) ?? new Map();
      stays.set(one.key, stay.set(frame, one));
    }
  }
  return [...stays.values()];
}

/**
 * `scripts/evaluate --causes …`: prints each scene that went wrong as it is scored, and
 * the tables at the end.
 * @returns the exit code: 3 when footage is missing, else 0
 */
export async function runCauses(args: readonly string[]): Promise<number> {
  const verbose = args.includes("--verbose");
  const flags = readFlags(args.filter((one) => one !== "--verbose"), [
    ...["--only", "--seeds", "--count", "--base", "--json", "--footage"],
  ]);
  const names = flags.get("--only")?.split(",");
  const options: CausesOptions = {
    footage: flags.get("--footage") ?? defaultFootage(),
    parity: flags.get("--seeds") === "even" ? "even" : "odd",
    count: Number(flags.get("--count") ?? 20),
    ...(names ? { names } : {}),
    isAsked: ({ name }) => name.includes(flags.get("--base") ?? ""),
    tell(report) {
      if (verbose || !wentWell(report)) console.error(formatScene(report));
    },
  };
  const reports = await scoreCauses(options);
  console.log(formatCauses(reports));
  const json = flags.get("--json");
  if (json) Deno.writeTextFileSync(json, JSON.stringify(reports, null, 2) + "\n");
  return reports.length < planCauses(options).length ? 3 : 0;
}

function wentWell(report: CauseReport): boolean {
  return report.right && report.falseByEffect === 0 &&
    report.foundStill === report.foundWithout;
}

if (import.meta.main) Deno.exit(await runCauses(Deno.args));
