import assert from "node:assert/strict";
import fc from "fast-check";
import { ssdAnchors } from "./anchors.ts";
import type { Box } from "./crop_area.ts";
import { agreeingScores, agrees } from "./decode.ts";
import { DETECTOR_NAMES } from "./detector_names.ts";
import { placementOf } from "./resample.ts";

const MOTION = { x: 100, y: 100, w: 40, h: 80 };

function check(found: Box, does: boolean): void {
  assert.equal(agrees(found, MOTION), does);
}

Deno.test("agrees() takes a box that is about the motion box, a part of it, or around it", () => {
  check({ x: 105, y: 95, w: 45, h: 80 }, true);
  check({ x: 100, y: 100, w: 40, h: 30 }, true); // a person on a shadow
  check({ x: 80, y: 60, w: 90, h: 130 }, true); // only a part of it moved
});

Deno.test("agrees() refuses what is beside it, a crumb in it, and a wall behind it", () => {
  check({ x: 150, y: 100, w: 40, h: 80 }, false);
  check({ x: 110, y: 110, w: 10, h: 10 }, false);
  check({ x: 0, y: 0, w: 400, h: 400 }, false);
  check({ x: 110, y: 110, w: 0, h: 10 }, false);
});

Deno.test("agrees() refuses what is not a number", () => {
  check({ x: NaN, y: 100, w: 40, h: 80 }, false);
  check({ x: 100, y: 100, w: Infinity, h: 80 }, false);
});

const SIDE = 300;
const SHOWN = { x: 50, y: 50, w: 150, h: 150 };
const ANCHORS = ssdAnchors();

/** Outputs of a network that sees nothing, but for these logits. */
function outputs(seen: readonly { anchor: number; name: string; logit: number }[]) {
  const boxes = new Float32Array(ANCHORS.length);
  const names = DETECTOR_NAMES.length;
  const logits = new Float32Array(ANCHORS.length / 4 * names).fill(-9);
  for (const { anchor, name, logit } of seen) {
    logits[anchor * names + DETECTOR_NAMES.indexOf(name as "car")] = logit;
  }
  return { boxes, logits };
}

function scoresOf(raw: ReturnType<typeof outputs>, motion: Box) {
  const scores = agreeingScores({
    ...{ raw, anchors: ANCHORS, side: SIDE, shown: SHOWN, motion },
    placement: placementOf(SHOWN, SIDE),
  });
  return Object.fromEntries(
    DETECTOR_NAMES.map((name, at) => [name, scores[at]!] as const)
      .filter(([, score]) => score > 0),
  );
}

/** The middle anchor of the first map: .1 of the square around its middle. */
const MIDDLE = (9 * 19 + 9) * 3;

Deno.test("agreeingScores() gives the score of what is seen where it moved, and no other", () => {
  const raw = outputs([
    { anchor: MIDDLE, name: "car", logit: Math.log(9) },
    { anchor: 0, name: "person", logit: 5 },
    { anchor: MIDDLE, name: "dog", logit: -2.3 },
  ]);
  const scores = scoresOf(raw, { x: 118, y: 118, w: 14, h: 14 });
  assert.deepEqual(Object.keys(scores), ["car"]);
  assert.ok(Math.abs(scores.car! - 0.9) < 1e-6);
  assert.deepEqual(Object.keys(scoresOf(raw, { x: 50, y: 50, w: 14, h: 14 })), [
    "person",
  ]);
});

Deno.test("agreeingScores() gives scores from 0 to 1, also of outputs that make no sense", () => {
  const anything = fc.array(fc.tuple(fc.nat(1_916 * 4), fc.float()), { maxLength: 60 });
  fc.assert(
    fc.property(anything, anything, (boxNumbers, logitNumbers) => {
      const raw = outputs([]);
      for (const [at, number] of boxNumbers) raw.boxes[at] = number;
      for (const [at, number] of logitNumbers) raw.logits[at] = number;
      for (const score of Object.values(scoresOf(raw, MOTION))) {
        assert.ok(score > 0 && score <= 1);
      }
    }),
    { numRuns: 30 },
  );
});
