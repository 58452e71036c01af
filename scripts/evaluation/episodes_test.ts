import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type EpisodeRow,
  type EpisodeTruth,
  type Interval,
  isPerfect,
  scoreEpisodes,
} from "./episodes.ts";

const CARS: EpisodeTruth = {
  clip: "cars",
  kind: "objects",
  startToleranceS: 0.5,
  endToleranceS: 0.7,
  episodes: [[4.4, 8.9], [14.6, 18.6], [14.7, 19.2], [25.1, 27.8]],
};

const MOTORWAY: EpisodeTruth = {
  clip: "motorway",
  kind: "presence",
  zone: [0, 0, 1, 0, 1, 1],
  toleranceFrames: 12,
  intervals: [[9, 30], [50, 109], [358, 387], [394, 417], [428, 451], [542, 563]],
};

function row(more: Partial<EpisodeRow>): EpisodeRow {
  const still = { startMs: 0, endMs: 0, startFrame: 1, endFrame: 1 };
  return { zone: null, suppressed: null, ...still, ...more };
}

function stay([start, end]: Interval, more: Partial<EpisodeRow> = {}): EpisodeRow {
  return row({ startMs: 1_000 * start, endMs: 1_000 * end, ...more });
}

/** Frames from 0, as the truth has them. */
function inZone([start, end]: Interval): EpisodeRow {
  return row({ zone: "lane", startFrame: start + 1, endFrame: end + 1 });
}

function check(
  truth: EpisodeTruth,
  rows: EpisodeRow[],
  [found, missed, extra, split]: [number, number, number, number],
): void {
  assert.deepEqual(scoreEpisodes(truth, rows), { found, missed, extra, split });
}

Deno.test("scoreEpisodes() finds every stay within its tolerance", () => {
  const late = CARS.kind === "objects" ? CARS.episodes : [];
  check(CARS, late.map(([a, b]) => stay([a + 0.4, b - 0.6])), [4, 0, 0, 0]);
  check(CARS, late.map(([a, b]) => stay([a, b + 0.8])), [1, 3, 0, 3]);
});

Deno.test("scoreEpisodes() takes two at once for two", () => {
  check(CARS, [stay([4.4, 8.9]), stay([14.6, 19]), stay([25.1, 27.8])], [3, 1, 0, 0]);
});

Deno.test("scoreEpisodes() tells a piece of a stay from a report of nothing", () => {
  const rows = [stay([4.4, 6]), stay([6.2, 8.9]), stay([10, 12])];
  check(CARS, rows, [0, 4, 1, 2]);
});

Deno.test("scoreEpisodes() leaves out what was kept quiet and stays in zones", () => {
  const quiet = [stay([1, 2], { suppressed: "light" }), stay([1, 2], { zone: "gate" })];
  check({ ...CARS, episodes: [] }, quiet, [0, 0, 0, 0]);
  check({ ...CARS, episodes: [] }, [stay([1, 2])], [0, 0, 1, 0]);
});

Deno.test("scoreEpisodes() joins reports that overlap in a zone", () => {
  const rows = [[9, 30], [50, 80], [75, 109], [358, 387], [394, 417], [428, 451], [
    542,
    563,
  ]];
  check(MOTORWAY, rows.map(([a, b]) => inZone([a!, b!])), [6, 0, 0, 0]);
});

Deno.test("scoreEpisodes() lets gaps under 20 frames be closed on either side", () => {
  check(MOTORWAY, [inZone([9, 109]), inZone([358, 451]), inZone([542, 563])], [
    6,
    0,
    0,
    0,
  ]);
  const halves = [[9, 30], [50, 70], [88, 109], [358, 451], [542, 563]];
  check(MOTORWAY, halves.map(([a, b]) => inZone([a!, b!])), [6, 0, 0, 0]);
});

Deno.test("scoreEpisodes() does not close larger gaps", () => {
  const halves = [[9, 30], [50, 65], [87, 109], [358, 451], [542, 563]];
  check(MOTORWAY, halves.map(([a, b]) => inZone([a!, b!])), [5, 1, 0, 2]);
  check(MOTORWAY, [inZone([9, 109]), inZone([358, 563])], [2, 4, 0, 1]);
});

Deno.test("scoreEpisodes() scores only the frames that count", () => {
  const truth: EpisodeTruth = {
    ...MOTORWAY,
    zone: null,
    scored: [100, 500],
    intervals: [[100, 200]],
  };
  const rows = [[1, 50], [60, 201], [501, 560]].map(([a, b]) =>
    row({ startFrame: a! + 1, endFrame: b! + 1 })
  );
  check(truth, rows, [1, 0, 0, 0]);
});

Deno.test("scoreEpisodes() of the truth itself is perfect, whatever the truth", () => {
  const interval = fc.tuple(fc.nat(500), fc.nat(60))
    .map(([start, length]): Interval => [start, start + length]);
  fc.assert(fc.property(fc.array(interval, { maxLength: 8 }), (episodes) => {
    assert(isPerfect(scoreEpisodes({ ...CARS, episodes }, episodes.map((e) => stay(e)))));
  }));
});
