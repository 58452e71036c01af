/**
 * Scores how causes and camera states are told: every effect of `capture/scene`, over
 * real footage and over the drawn street, shown to the analysis in memory.
 *
 * `scripts/evaluate --causes [--name CAUSE,…] [--seeds odd|even] [--count N]
 * [--base WORD] [--verbose yes] [--json FILE] [--footage DIR]`.
 * Tune on even seeds, report odd ones: their windows of footage are others.
 * @module
 */
import { kernelsTs } from "../../analysis/kernels/kernels_ts.ts";
import { type EffectKind, EFFECTS } from "../../capture/scene/effects.ts";
import { RandomStream } from "../../capture/scene/random.ts";
import { placeOf } from "../../capture/scene/parameters.ts";
import {
  type Base,
  type BaseWindow,
  DRAWN_WINDOWS,
  loadBase,
  REAL_WINDOWS,
  type StayBoxes,
} from "./cause_bases.ts";
import { runScene, type SceneSaying } from "./cause_run.ts";
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
  /** Only windows whose name contains it. */
  readonly baseWord?: string;
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
const SECONDS = { cause: 13, state: 18 } as const;
const STATES: ReadonlySet<string> = new Set([
  ...["frozen", "covered", "defocused", "dirty", "moved", "absorbed"],
]);
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
  const { names, parity, count, baseWord = "" } = options;
  const of = (windows: readonly BaseWindow[]) =>
    windows.filter((one) => one.parity === parity && one.name.includes(baseWord));
  const [real, drawn] = [of(REAL_WINDOWS), of(DRAWN_WINDOWS)];
  const isAsked = (name: string) => names === undefined || names.includes(name);
  const kinds = EFFECTS.map((kind, index) => ({ kind, index }))
    .filter(({ kind }) => isAsked(kind.truth));
  const planned = kinds.flatMap(({ kind, index }) =>
    Array.from({ length: count }, (_, k): Planned[] => {
      const windows = (k % 2 === 0 && real.length > 0) || drawn.length === 0
        ? real
        : drawn;
      const window = windows[((k >> 1) + index) % windows.length];
      return window ? [{ kind, seed: 2 * k + (parity === "odd" ? 1 : 2), window }] : [];
    }).flat()
  );
  if (!isAsked("clean")) return planned;
  const clean = [...real, ...drawn].map((window, k) => ({
    ...{ kind: undefined, seed: 2 * k + (parity === "odd" ? 1 : 2), window },
  }));
  return [...planned, ...clean];
}

/** The base without an effect, by length and seed of its sensor; run when asked for. */
type PlainRuns = (seconds: number, seed: number) => SceneSaying;

function plainRuns(base: Base): PlainRuns {
  const runs = new Map<number, SceneSaying>();
  return (seconds, seed) => {
    const known = runs.get(seconds);
    if (known) return known;
    const scene = { base, seed, effect: undefined, stage: "optical", seconds } as const;
    const saying = runScene(scene, { kernels: kernelsTs });
    runs.set(seconds, saying);
    return saying;
  };
}

function scoreOne(
  { kind, seed, window }: Planned,
  base: Base,
  plainRun: PlainRuns,
): SceneScore {
  const seconds = STATES.has(kind?.truth ?? "") ? SECONDS.state : SECONDS.cause;
  const plain = plainRun(seconds, seed);
  const { fps, natural } = window;
  const random = new RandomStream(seed, ...placeOf(`when ${kind?.truth}`));
  const startMs = Math.round(1_000 * random.between(BEGINS_S.least, BEGINS_S.most));
  const effect = kind?.make(seed, { startMs, endMs: Infinity });
  const said = effect
    ? runScene(
      { base, seed, effect, stage: kind?.stage ?? "optical", seconds },
      { kernels: kernelsTs },
    )
    : plain;
  const untilMs = 1_000 * seconds;
  const placed = (stays: readonly StayBoxes[]) =>
    stays.map((stay): StayBoxes =>
      new Map(
        [...stay].filter(([frame]) => frame < said.frames).map(([frame, box]) => [
          frame,
          effect?.placeOf?.(box, base.format, 1_000 * frame / fps) ?? box,
        ]),
      )
    );
  return scoreScene({
    ...{ truth: kind?.truth, alsoRight: kind?.alsoRight ?? [], natural, fps },
    fromMs: effect?.causes(untilMs)[0]?.startMs ??
      effect?.states?.(untilMs)[0]?.startMs ?? 0,
    stays: base.stays && placed(base.stays),
    more: effect?.seen ? ownStays(effect.seen, base, said.frames) : [],
    blind: effect?.blind?.(untilMs) ?? [],
  }, { said, plain });
}

function ownStays(
  seen: NonNullable<ReturnType<EffectKind["make"]>["seen"]>,
  base: Base,
  frames: number,
): StayBoxes[] {
  const stays = new Map<
    number,
    Map<number, { x: number; y: number; w: number; h: number }>
  >();
  for (let frame = 0; frame < frames; frame++) {
    for (const one of seen(1_000 * frame / base.window.fps, base.format)) {
      const stay = stays.get(one.key) ?? new Map();
      stays.set(one.key, stay.set(frame, one));
    }
  }
  return [...stays.values()];
}

if (import.meta.main) {
  const flags = readFlags(Deno.args, [
    ...["--name", "--seeds", "--count", "--base", "--verbose", "--json", "--footage"],
  ]);
  const [names, baseWord] = [flags.get("--name")?.split(","), flags.get("--base")];
  const verbose = flags.get("--verbose") !== undefined;
  const reports = await scoreCauses({
    footage: flags.get("--footage") ?? defaultFootage(),
    parity: flags.get("--seeds") === "even" ? "even" : "odd",
    count: Number(flags.get("--count") ?? 20),
    ...(names ? { names } : {}),
    ...(baseWord === undefined ? {} : { baseWord }),
    tell(report) {
      const isGood = report.right && report.falseByEffect === 0 &&
        report.foundStill === report.foundWithout;
      if (verbose || !isGood) console.error(formatScene(report));
    },
  });
  console.log(formatCauses(reports));
  const json = flags.get("--json");
  if (json) Deno.writeTextFileSync(json, JSON.stringify(reports, null, 2) + "\n");
}
