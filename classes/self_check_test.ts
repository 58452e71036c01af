import assert from "node:assert/strict";
import { loadDetector } from "./detector.ts";
import { BUILT_IN } from "./detector_facts.ts";
import type { Classifier, ClassifyOutcome } from "./classifier.ts";
import type { TrackCrop } from "./track_crop.ts";
import { KNOWN_LABEL, knownPicture } from "./known_picture.ts";
import type { ClassLabel } from "./label.ts";
import { testClassifier } from "./self_check.ts";
import { vote } from "./vote.ts";

/** A classifier that says this of any crop, then ends so. */
function saying(
  label: Omit<ClassLabel, "crops">,
  outcome: ClassifyOutcome,
): Pick<Classifier, "classify"> {
  return {
    classify: (jobs, onLabel) => {
      for (const { track } of jobs) {
        onLabel({ track, label: { ...label, crops: 1 }, isFinal: true });
      }
      return Promise.resolve(outcome);
    },
  };
}

const DONE: ClassifyOutcome = {
  ...{ kind: "done", crops: 2, cost: { loadMs: 90, cropMs: 80 }, by: BUILT_IN },
};

async function check(
  label: Omit<ClassLabel, "crops">,
  outcome: ClassifyOutcome,
  kind: string,
): Promise<void> {
  assert.equal((await testClassifier(saying(label, outcome))).kind, kind);
}

Deno.test("testClassifier() passes only who sees the bicycle, and surely", async () => {
  await check({ class: "bike", score: 0.9 }, DONE, "passed");
  await check({ class: "bike", score: 0.69 }, DONE, "wrong");
  await check({ class: "person", score: 0.99 }, DONE, "wrong");
  await check({ class: "unknown", score: 0 }, DONE, "wrong");
});

Deno.test("testClassifier() passes nobody whose second detector does not see it", async () => {
  const classifier: Pick<Classifier, "classify"> = {
    classify: (jobs, onLabel) => {
      for (const { track } of jobs) {
        for (const said of ["bike", "unknown"] as const) {
          onLabel({ track, label: { class: said, score: 0.9, crops: 1 }, isFinal: true });
        }
      }
      return Promise.resolve(DONE);
    },
  };
  const test = await testClassifier(classifier);
  assert.ok(test.kind === "wrong" && test.label.class === "unknown");
});

Deno.test("testClassifier() gives the reason of a classifier that cannot run", async () => {
  const failed = { kind: "failed", reason: "missing", words: "no", crops: 0 } as const;
  await check({ class: "bike", score: 0.9 }, failed, "failed");
});

/** What the first detector says of the known picture, then the second. */
async function labels(more: Partial<TrackCrop> = {}): Promise<ClassLabel[]> {
  const first = await loadDetector();
  const crop = { ...knownPicture(), ...more };
  return [first, (await first.second?.())!].map((one) =>
    vote([one.look(crop)], one.facts)
  );
}

Deno.test("both detectors see the bicycle of the known picture, and nothing else", async () => {
  const said = await labels();
  for (const label of said) {
    assert.deepEqual([label.class, label.detail], [KNOWN_LABEL.class, "bicycle"]);
  }
  const [first, second] = said.map(({ score }) => score);
  assert.ok(first! >= 0.95 && second! >= 0.78, `${first} ${second}`);
});

Deno.test("the detector sees it where the crop is of a larger picture than the frame", async () => {
  const { format, motion } = knownPicture();
  const half = (length: number) => length / 2;
  const scaled = (box: { x: number; y: number; w: number; h: number }) => ({
    ...{ x: 40 + half(box.x), y: 60 + half(box.y), w: half(box.w), h: half(box.h) },
  });
  const area = scaled({ x: 0, y: 0, w: format.width, h: format.height });
  const said = await labels({ area, motion: scaled(motion) });
  assert.deepEqual(said.map((label) => label.class), ["bike", "bike"]);
});

Deno.test("the detector sees nothing where the bicycle is not what moved", async () => {
  const corner = { x: 0, y: 0, w: 20, h: 20 };
  const said = await labels({ motion: corner });
  assert.deepEqual(said.map((label) => label.class), ["unknown", "unknown"]);
});
