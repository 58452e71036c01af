/**
 * The whole program under faults in an order drawn from a seed: cameras that show a street
 * with nobody in it are cut off, silenced and damaged, one beside them is left in peace,
 * and what the program holds is measured all the while. What is asserted of it stands in
 * `tests/integration/soak_test.ts`.
 * @module
 */
import { RandomStream } from "../../capture/scene/random.ts";
import type { TestFolder } from "./clips.ts";
import { FaultBox } from "./fault_box.ts";
import { FaultyCamera } from "./fault_camera.ts";
import { makeQuietFilms } from "./fault_film.ts";
import { type Holding, holdingOf } from "./fault_measure.ts";
import { backWithinS, type FaultKind, faultKinds, faultOrder } from "./fault_weather.ts";
import { descendants, eventually, isAlive } from "./program.ts";

export interface SoakPlan {
  readonly seed: number;
  /** Cameras to which things happen; one more is left in peace. */
  readonly cameras: number;
  readonly seconds: number;
  /** Seconds in peace between two faults, between these. */
  readonly restS: readonly [number, number];
  /** Part of the rests that are long enough for waits to begin anew. */
  readonly longRests: number;
  /** Faults that last no longer, s. */
  readonly lastsMaxS: number;
  readonly sampleS: number;
}

export interface HappenedFault {
  readonly camera: string;
  readonly name: string;
  /** When it began, in words of UTC. */
  readonly at: string;
  readonly lastedS: number;
  /** Undefined: it was not in time. */
  readonly backAfterS: number | undefined;
}

export interface SoakOutcome {
  readonly faults: readonly HappenedFault[];
  /** From when all cameras were online first, to when they were again at the end. */
  readonly holdings: readonly Holding[];
  readonly reported: readonly string[];
  /** What was kept quiet, and the states told, with how often. */
  readonly quiet: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
  /** Sessions of the camera that was left in peace, beyond its first. */
  readonly peacefulReconnects: number;
  readonly stopMs: number;
  /** Children that outlived it, and files that are still there. */
  readonly left: readonly number[];
  readonly filesLeft: readonly string[];
}

/** A long rest: a minute of pictures, and some. */
const LONG_REST_S = 66;
const PEACEFUL = "peaceful";
const START_MS = 40_000;
/** Analysed frames of each camera before anything happens. */
const FRAMES_BEGIN = 15;

export async function soak(folder: TestFolder, plan: SoakPlan): Promise<SoakOutcome> {
  await using opened = new AsyncDisposableStack();
  const films = await makeQuietFilms(folder);
  const open = async () => opened.use(await FaultyCamera.open(films));
  const peaceful = await open();
  const faulty = new Map<string, FaultyCamera>();
  for (let at = 0; at < plan.cameras; at++) faulty.set(`faulty${at}`, await open());
  const urls = [...faulty].map(([name, { url }], at) =>
    // One idles soon, so that both rungs of the ladder are tried.
    [name, { url, idleAfterS: at % 2 === 0 ? 5 : 0 }] as const
  );
  const box = opened.use(
    await FaultBox.open(folder, {
      [PEACEFUL]: { url: peaceful.url, idleAfterS: 20 },
      ...Object.fromEntries(urls),
    }),
  );
  for (const name of [PEACEFUL, ...faulty.keys()]) {
    // With frames analysed all is open that will be.
    const isWell = () =>
      box.now(name).state === "online" && box.now(name).frames >= FRAMES_BEGIN;
    await eventually(`${name} is online`, isWell, START_MS);
  }
  const run = new SoakRun(box, plan);
  await Promise.all([
    run.measure(),
    ...[...faulty].map(([name, camera], at) => run.trouble(name, { camera, number: at })),
  ]);
  await run.measureOnce();
  const peacefulReconnects = await box.metric("streamware_reconnects_total", PEACEFUL);
  const { reported, quiet, states } = box;
  return {
    ...{ faults: run.faults, holdings: run.holdings, reported, peacefulReconnects },
    ...{ quiet: Object.fromEntries(quiet), states: Object.fromEntries(states) },
    ...await stopped(box),
  };
}

class SoakRun {
  readonly faults: HappenedFault[] = [];
  readonly holdings: Holding[] = [];
  readonly #box: FaultBox;
  readonly #plan: SoakPlan;
  readonly #startMs = performance.now();

  constructor(box: FaultBox, plan: SoakPlan) {
    this.#box = box;
    this.#plan = plan;
  }

  /** Until the plan's time is over. */
  async measure(): Promise<void> {
    while (!this.#isOver()) await this.measureOnce();
  }

  /** What the program holds now; waits until the next one is due. */
  async measureOnce(): Promise<void> {
    const { program: { pid }, framesFolder: folder } = this.#box;
    this.holdings.push(holdingOf(pid, { folder, atS: this.#atS() }));
    await pause(this.#plan.sampleS);
  }

  /** One fault after the other until the plan's time is over. */
  async trouble(
    name: string,
    { camera, number }: { readonly camera: FaultyCamera; readonly number: number },
  ): Promise<void> {
    const { seed, restS, longRests, lastsMaxS } = this.#plan;
    const chance = new RandomStream(seed, number);
    const kinds = faultKinds(camera.space !== undefined);
    for (const kind of faultOrder(kinds, chance)) {
      const isLong = chance.chance(longRests);
      await this.#rest(isLong ? LONG_REST_S : chance.between(...restS));
      if (this.#isOver()) return;
      const lastsS = Math.min(lastsMaxS, chance.between(...kind.lastsS));
      this.faults.push(await this.#bringAbout(kind, { name, camera, chance, lastsS }));
      await this.#box.lookBack(name);
    }
  }

  async #bringAbout(
    kind: FaultKind,
    on: {
      readonly name: string;
      readonly camera: FaultyCamera;
      readonly chance: RandomStream;
      readonly lastsS: number;
    },
  ): Promise<HappenedFault> {
    const { name, camera, chance, lastsS } = on;
    const at = new Date().toISOString().slice(11, 23);
    await kind.begin(camera, chance);
    await pause(lastsS);
    await kind.end?.(camera);
    const backAfterS = await this.#backAfterS(name, kind);
    return { camera: name, name: kind.name, at, lastedS: lastsS, backAfterS };
  }

  /** Online with new frames for `STAYS_S` on end: when that began. */
  async #backAfterS(name: string, kind: FaultKind): Promise<number | undefined> {
    const fromMs = performance.now();
    const withinMs = 1_000 * backWithinS(kind);
    for (;;) {
      const sinceMs = performance.now();
      if (sinceMs - fromMs > withinMs) return undefined;
      if (await this.#staysOnline(name)) return (sinceMs - fromMs) / 1_000;
    }
  }

  async #staysOnline(name: string): Promise<boolean> {
    const { frames } = this.#box.now(name);
    const endMs = performance.now() + 1_000 * STAYS_S;
    while (performance.now() < endMs) {
      if (this.#box.now(name).state !== "online") {
        await pause(0.1);
        return false;
      }
      await pause(0.1);
    }
    return this.#box.now(name).frames >= frames + FRAMES_BACK;
  }

  async #rest(seconds: number): Promise<void> {
    const endMs = performance.now() + 1_000 * seconds;
    while (performance.now() < endMs && !this.#isOver()) await pause(0.2);
  }

  #atS(): number {
    return (performance.now() - this.#startMs) / 1_000;
  }

  #isOver(): boolean {
    return this.#atS() > this.#plan.seconds;
  }
}

/** Online for so long is back: a session that was just lost is told within it. */
const STAYS_S = 2.5;
/** New frames in that time: of keyframes only there is one a second. */
const FRAMES_BACK = 2;

async function stopped(
  box: FaultBox,
): Promise<Pick<SoakOutcome, "stopMs" | "left" | "filesLeft">> {
  const { program, framesFolder } = box;
  const children = descendants(program.pid);
  await box.leave();
  const fromMs = performance.now();
  program.kill("SIGTERM");
  await program.exitCode();
  const stopMs = performance.now() - fromMs;
  const filesLeft = [...Deno.readDirSync(framesFolder)].map(({ name }) => name)
    .filter((name) => !name.startsWith("models."));
  return { stopMs, left: children.filter(isAlive), filesLeft };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));
}
