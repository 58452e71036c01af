import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { describe, PACKED_DESCRIPTION } from "../tests/support/own_model_folder.ts";
import { readOwnModel } from "./own_model.ts";

function read(description: unknown) {
  using folder = new TestFolder();
  describe(folder.path, description);
  return readOwnModel(folder.path);
}

function checkRefused(change: Record<string, unknown>, ...words: readonly RegExp[]) {
  assert.throws(() => read({ ...PACKED_DESCRIPTION, ...change }), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "config", String(thrown));
    assert.match(thrown.message, /^Cannot use .*\/model\.json: /);
    for (const word of words) assert.match(thrown.message, word);
    return true;
  });
}

Deno.test("readOwnModel() keeps the names that are of a class, and their places", () => {
  const names = ["background", "person", "bench", "bicycle"];
  const classes = { bicycle: "bike", person: "person" };
  const model = read({ ...PACKED_DESCRIPTION, names, classes });
  assert.deepEqual([model.model, model.nameCount], ["packed/1", 4]);
  assert.deepEqual(model.places, [1, 3]);
  assert.deepEqual(model.names, [
    { name: "person", class: "person" },
    { name: "bicycle", class: "bike" },
  ]);
  assert.equal(model.threshold, 0.4, "as that of the built-in detector");
});

Deno.test("readOwnModel() takes each kind of output", () => {
  const boxes = { boxes: "b", order: "xyxy", unit: "pixels" };
  const kinds = [
    { kind: "ssd", ...boxes, scores: "s", logits: true },
    { kind: "detections", ...boxes, scores: "s", labels: "l" },
    { kind: "yolox", rows: "output" },
  ];
  for (const output of kinds) {
    const input = { ...PACKED_DESCRIPTION.input, size: 416 };
    assert.equal(read({ ...PACKED_DESCRIPTION, input, output }).output.kind, output.kind);
  }
});

Deno.test("readOwnModel() takes what the guide shows", () => {
  const guide = Deno.readTextFileSync(
    new URL("../docs/guide/own-model.md", import.meta.url),
  );
  const shown = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, json]) =>
    JSON.parse(json!)
  );
  const [whole, output, known, ...more] = shown;
  assert.deepEqual(more, []);
  assert.equal(read(whole).model, "yolox-nano/0.1.1");
  const changed = read({ ...whole, output, ...known });
  assert.deepEqual([changed.output.kind, changed.known?.class], ["detections", "person"]);
});

Deno.test("readOwnModel() says which line is wrong, and what would be right", () => {
  const { input, output } = PACKED_DESCRIPTION;
  checkRefused({ input: { ...input, size: 3 } }, /input\.size must be at least 32, is 3/);
  checkRefused(
    { input: { ...input, layout: "NHCW" } },
    /layout must be one of NCHW, NHWC/,
  );
  checkRefused(
    { input: { ...input, mean: [1, 2] } },
    /input\.mean must be a number, or three/,
  );
  checkRefused({ input: { ...input, std: 0 } }, /input\.std/);
  checkRefused(
    { output: { ...output, kind: "yolo" } },
    /output\.kind must be ssd, detections or yolox/,
  );
  checkRefused(
    { output: { ...output, order: "xy" } },
    /output\.order must be one of xyxy/,
  );
  checkRefused(
    { name: undefined, version: 7 },
    /name is missing; version must be a string/,
  );
  checkRefused({ name: "a b" }, /name must be letters, digits/);
  checkRefused({ threshold: 2 }, /threshold must be at most 0\.95, is 2/);
  checkRefused({ sha256: "abc" }, /sha256 must be what sha256sum prints/);
  checkRefused({ treshold: 0.4 }, /treshold/);
});

Deno.test("readOwnModel() refuses names that go together with nothing", () => {
  checkRefused(
    { classes: { persn: "person" } },
    /classes\.persn is none of names: "person"\?/,
  );
  checkRefused({ classes: { person: "human" } }, /classes\.person must be one of person/);
  checkRefused({ classes: {} }, /names nothing that can be told apart/);
  checkRefused(
    { names: ["<person>"], classes: { "<person>": "person" } },
    /word for people/,
  );
  const yolox = { kind: "yolox", rows: "output" };
  checkRefused({ output: yolox }, /multiple of 32 for yolox, is 300/);
});

Deno.test("readOwnModel() wants a known picture of a model that tells no bicycle", () => {
  const people = { names: ["person"], classes: { person: "person" } };
  checkRefused(people, /known is missing: the picture that is built in shows a bicycle/);
  const known = { picture: "somebody.ppm", class: "person" };
  assert.deepEqual(read({ ...PACKED_DESCRIPTION, ...people, known }).known, known);
  const dog = { picture: "dog.ppm", class: "animal" };
  checkRefused({ ...people, known: dog }, /known\.class is animal, which no name is of/);
  checkRefused({ known: { ...known, picture: "../x.ppm" } }, /file of this folder/);
  checkRefused({ known: { ...known, box: [1, 2, 0, 4] } }, /known\.box/);
});

Deno.test("readOwnModel() tells a folder without a description, and one that is no JSON", () => {
  using folder = new TestFolder();
  assert.throws(() => readOwnModel(folder.path), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
    assert.match(thrown.message, /model\.json: it is not there/);
    return thrown.cause instanceof Deno.errors.NotFound;
  });
  assert.throws(() => read("{ name: 1"), /Cannot use .*model\.json: it is no JSON/);
  assert.throws(() => read("[]"), Fault);
});
