/**
 * The program under faults of its cameras, for long: it holds no more and no longer than it
 * did, comes back each time, and reports nothing of a street in which nothing moves.
 *
 * STREAMWARE_SOAK_MINUTES sets how long the long one lasts (10), STREAMWARE_SOAK_SEED what
 * happens in it (1); with STREAMWARE_SOAK_REPORT set to a path its figures are written there.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import {
  type Holding,
  medianOf,
  robustSlope,
  thinned,
} from "../support/fault_measure.ts";
import { soak, type SoakOutcome, type SoakPlan } from "../support/fault_soak.ts";
import { hasRtspCamera } from "../support/rtsp_camera.ts";

const isFull = Deno.env.get("STREAMWARE_FULL") === "1";
const minutes = Number(Deno.env.get("STREAMWARE_SOAK_MINUTES") ?? 10);
const seed = Number(Deno.env.get("STREAMWARE_SOAK_SEED") ?? 1);

const QUICK: SoakPlan = {
  ...{ seed: 1, cameras: 2, seconds: 32, restS: [1, 3], longRests: 0, lastsMaxS: 4 },
  sampleS: 0.5,
};
const LONG: SoakPlan = {
  ...{ seed, cameras: 2, seconds: 60 * minutes, restS: [6, 20], longRests: 0.2 },
  ...{ lastsMaxS: 60, sampleS: 2 },
};

/** What counts as warming up, s: caches, pools, V8's heap. */
const WARM_UP_S = 150;
/** Points that a slope is taken over: more change nothing and cost time. */
const POINTS = 150;
/** How many descriptors and threads may differ: a page's request, a waiting thread. */
const SLACK = 3;
/** … and between medians: the descriptors of two cameras' sessions. */
const SWING = 6;
/** How much the program may grow: V8 takes room for its heap in steps. */
const STEPS_MB = 16;
const GROWTH_MB_PER_HOUR = 20;
/** The program's promise with a few cameras, ms; 5 s with sixteen. */
const STOP_MS = 2_000;

Deno.test({
  name: "cameras in trouble for half a minute leave nothing behind and report nothing",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const result = await soak(folder, QUICK);
    keep(result);
    checkAlways(result);
    assert.ok(result.faults.length >= 4, `${result.faults.length} faults`);
  },
});

Deno.test({
  name: "cameras in trouble for long make the program no bigger and report nothing",
  ignore: !hasRtspCamera || !isFull,
  async fn() {
    using folder = new TestFolder();
    const result = await soak(folder, LONG);
    keep(result);
    checkAlways(result);
    checkFlat(result.holdings.filter(({ atS }) => atS > WARM_UP_S));
  },
});

/** What is true of every run, however short. */
function checkAlways(of: SoakOutcome): void {
  const late = of.faults.filter(({ backAfterS }) => backAfterS === undefined);
  assert.deepEqual(late, [], "cameras that were not back in time");
  const happened = of.faults.map(({ at, camera, name }) => `${at} ${camera} ${name}`);
  assert.deepEqual(of.reported, [], `though nothing moves: ${happened.join(", ")}`);
  assert.equal(of.peacefulReconnects, 0, "sessions of the camera left in peace");
  assert.deepEqual(lastingZombies(of.holdings), [], "children that nobody asked for");
  const [begin, end] = [of.holdings[0]!, of.holdings.at(-1)!];
  assert.equal(end.children, begin.children, "children once all is well again");
  const more = end.descriptors - begin.descriptors;
  assert.ok(more <= SLACK, `${more} descriptors more than at the beginning`);
  assert.deepEqual(of.left, [], "children that outlived the program");
  assert.deepEqual(of.filesLeft, [], "files that outlived the program");
  assert.ok(of.stopMs < STOP_MS, `stopping took ${of.stopMs} ms`);
}

/** Seen twice in a row: one that has just ended is asked for a moment later. */
function lastingZombies(holdings: readonly Holding[]): number[] {
  return holdings.flatMap(({ zombies }, at) =>
    zombies.filter((pid) => holdings[at + 1]?.zombies.includes(pid))
  );
}

/** Later it holds what it held at first: faults come and go, so medians are compared. */
function checkFlat(holdings: readonly Holding[]): void {
  const third = Math.floor(holdings.length / 3);
  assert.ok(third >= 30, `${holdings.length} samples after warming up`);
  for (const what of ["descriptors", "threads", "children", "files"] as const) {
    const first = medianOf(holdings.slice(0, third).map((holding) => holding[what]));
    const last = medianOf(holdings.slice(-third).map((holding) => holding[what]));
    assert.ok(last <= first + SWING, `${what}: at first ${first}, at the end ${last}`);
  }
  const points = holdings.map(({ atS, memoryMb }) => [atS / 3_600, memoryMb] as const);
  const slope = robustSlope(thinned(points, POINTS));
  const hours = points.at(-1)![0] - points[0]![0];
  const mostMb = STEPS_MB + GROWTH_MB_PER_HOUR * hours;
  assert.ok(slope * hours < mostMb, `grows by ${slope.toFixed(1)} MB an hour`);
}

function keep(result: SoakOutcome): void {
  const path = Deno.env.get("STREAMWARE_SOAK_REPORT");
  if (path !== undefined) Deno.writeTextFileSync(path, JSON.stringify(result, null, 1));
}
