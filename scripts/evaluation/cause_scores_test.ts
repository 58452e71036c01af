import assert from "node:assert/strict";
import type { Episode } from "../../analysis/dsl/episode.ts";
import type { StayBoxes } from "./cause_bases.ts";
import type { SaidLine, SceneSaying } from "./cause_run.ts";
import { type SceneTruthOfCause, scoreScene } from "./cause_scores.ts";

const FRAMES = 60;

/** A box that stands at `x` from frame `from` on. */
function stayAt(x: number, from = 0): StayBoxes {
  const boxes = new Map();
  for (let frame = from; frame < FRAMES; frame++) {
    boxes.set(frame, { x, y: 20, w: 10, h: 20 });
  }
  return boxes;
}

function said(
  tracks: readonly [boxes: StayBoxes, suppressed: Episode["suppressed"]][],
  lines: readonly Partial<SaidLine>[] = [],
): SceneSaying {
  return {
    frames: Array.from(
      { length: FRAMES },
      (_, frame) => ({ timeMs: 100 * frame, frame }),
    ),
    lines: lines.map((line) => ({
      ...{ name: "rain", atMs: 3_000, score: 1, blob: undefined },
      ...line,
    })),
    episodes: tracks.map(([boxes, suppressed], index) => ({
      ...{ id: index, track: index, zone: null, startMs: 0, endMs: 5_900 },
      ...{ startFrame: [...boxes.keys()][0]! + 1, endFrame: FRAMES },
      ...{ enter: null, exit: null, cause: null, suppressed },
    })),
    boxes: new Map(tracks.map(([boxes], index) => [index, boxes])),
  };
}

const TRUTH: SceneTruthOfCause = {
  ...{ truth: "rain", alsoRight: [], fromMs: 3_000, natural: [] },
  ...{ stays: [stayAt(100)], place: (stays) => stays, more: [], blind: [], fps: 10 },
  isHidden: () => false,
  timesMs: Array.from({ length: FRAMES }, (_, frame) => 100 * frame),
};
const PLAIN = said([[stayAt(100), null]]);

Deno.test("a scene is right when its name is said in time and nothing outweighs it", () => {
  const right = (lines: readonly Partial<SaidLine>[], truth = TRUTH) => {
    const score = scoreScene(truth, { said: said([], lines), plain: PLAIN });
    return [score.named, score.said, score.right];
  };
  assert.deepEqual(right([{}]), ["rain", true, true]);
  assert.deepEqual(right([]), ["none", false, false]);
  assert.deepEqual(right([{ atMs: 1_000 }]), ["rain", false, false], "too early");
  assert.deepEqual(right([{}, { name: "snow", score: 0.4, blob: 3 }])[2], true);
  assert.deepEqual(right([{ score: 0.3 }, { name: "snow" }]), ["snow", true, false]);
  const alike = { ...TRUTH, alsoRight: ["snow"] };
  assert.deepEqual(right([{ name: "snow" }], alike), ["snow", true, true]);
  const swaying = { ...TRUTH, natural: ["sway"] };
  assert.deepEqual(right([{ score: 0.5 }, { name: "sway" }], swaying)[2], true);
});

Deno.test("what the base says by itself does not outweigh the truth", () => {
  const lines = [{ score: 0.2 }, { name: "sway" }];
  const plain = said([], [{ name: "sway" }]);
  assert.equal(scoreScene(TRUTH, { said: said([], lines), plain }).right, true);
  assert.equal(
    scoreScene(TRUTH, { said: said([], lines), plain: said([]) }).right,
    false,
  );
});

Deno.test("without an effect nothing may be said", () => {
  const truth = { ...TRUTH, truth: undefined };
  assert.equal(scoreScene(truth, { said: PLAIN, plain: PLAIN }).right, true);
  const loud = said([], [{ name: "sway" }]);
  assert.equal(scoreScene(truth, { said: loud, plain: loud }).right, false);
});

Deno.test("a report where nothing is counts as false, kept quiet it does not", () => {
  const real = [stayAt(100), null] as const;
  const score = (more: [StayBoxes, Episode["suppressed"]]) => {
    const { falseAtAll, falseByEffect, foundStill } = scoreScene(TRUTH, {
      ...{ said: said([[...real], more]), plain: PLAIN },
    });
    return [falseAtAll, falseByEffect, foundStill];
  };
  assert.deepEqual(score([stayAt(40, 30), null]), [1, 1, 1]);
  assert.deepEqual(score([stayAt(40, 30), "rain"]), [0, 0, 1]);
  assert.deepEqual(score([stayAt(103, 30), null]), [0, 0, 1], "a second piece of it");
});

Deno.test("a false report that the base has too is not the effect's", () => {
  const ghost = [stayAt(40), null] as [StayBoxes, null];
  const both = { said: said([ghost]), plain: said([ghost]) };
  const { falseAtAll, falseByEffect } = scoreScene(TRUTH, both);
  assert.deepEqual([falseAtAll, falseByEffect], [1, 0]);
});

Deno.test("a thing is found when a report follows it; quiet or blind, it is not asked for", () => {
  const found = (saying: SceneSaying, truth = TRUTH) => {
    const score = scoreScene(truth, { said: saying, plain: PLAIN });
    return [score.foundStill, score.foundWithout, score.objects];
  };
  assert.deepEqual(found(said([[stayAt(100), null]])), [1, 1, 1]);
  assert.deepEqual(found(said([[stayAt(100), "insect"]])), [0, 1, 1], "thrown away");
  assert.deepEqual(
    found(said([[stayAt(100), "absorbed"]])),
    [1, 1, 1],
    "reported before",
  );
  assert.deepEqual(found(said([[stayAt(100, 55), null]])), [0, 1, 1], "too late");
  const blind = { ...TRUTH, blind: [{ startMs: 2_500, endMs: 6_000 }] };
  assert.deepEqual(found(said([]), blind), [0, 0, 0]);
});

Deno.test("a cause of the effect's own thing must be said of that thing", () => {
  const truth = { ...TRUTH, truth: "absorbed", more: [stayAt(200)] };
  const tracks: [StayBoxes, null][] = [[stayAt(100), null], [stayAt(200), null]];
  const saidOf = (blob: number) => {
    const lines = [{ name: "absorbed", blob }];
    return scoreScene(truth, { said: said(tracks, lines), plain: PLAIN }).said;
  };
  assert.deepEqual([saidOf(0), saidOf(1)], [false, true]);
});
