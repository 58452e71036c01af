/**
 * What the program says moved in two real clips, from the file to the `CLASS` lines. The
 * whole table, of all footage: `scripts/evaluate classes`.
 * @module
 */
import assert from "node:assert/strict";
import { footage } from "../support/footage.ts";
import { finish } from "../support/program.ts";

/** What `analyze --classes` calls each track: the class, and the narrower word if any. */
async function classesOf(clip: string): Promise<string[]> {
  const args = ["analyze", footage(clip)!, "--classes", "--dsl", "-"];
  const { code, stdout, stderr } = await finish(args);
  assert.equal(code, 0, stderr);
  const lines = stdout.matchAll(/^ *CLASS blob=\d+ -> (\w+) .*?(?:detail=(\w+))?$/gm);
  return [...lines].map(([, word, detail]) => [word, detail].filter(Boolean).join(" "));
}

const CARS = "intel_sample_videos/car-detection.mp4";
const PEOPLE = "cdnet_pedestrians/cdnet_pedestrians.mp4";

Deno.test({
  name: "analyze --classes calls four cars from straight above vehicles, and none a bus",
  ignore: footage(CARS) === undefined,
  async fn() {
    const classes = await classesOf(CARS);
    assert.equal(classes.length, 4, classes.join(", "));
    for (const said of classes) assert.match(said, /^vehicle( car)?$/);
  },
});

Deno.test({
  name: "analyze --classes calls those who walk people, and the one who rides a bike",
  ignore: footage(PEOPLE) === undefined,
  async fn() {
    const classes = (await classesOf(PEOPLE)).filter((said) => said !== "unknown");
    assert.deepEqual(classes.toSorted(), [
      "bike",
      "person",
      "person",
      "person",
      "person",
    ]);
  },
});
