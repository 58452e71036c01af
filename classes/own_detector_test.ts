import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { describe, PACKED_DESCRIPTION } from "../tests/support/own_model_folder.ts";
import { sha256 } from "./built_files.ts";
import { runClassifierChild } from "./child.ts";
import { readAnswer } from "./child_protocol.ts";
import { knownPicture } from "./known_picture.ts";
import type { ModelInput, ModelSession } from "./model_session.ts";
import { checkKnown, fillPicture, fittedDetector } from "./own_detector.ts";
import { type OwnModel, readOwnModel } from "./own_model.ts";
import { ownKnownPicture } from "./own_picture.ts";

function modelOf(change: Record<string, unknown> = {}): OwnModel {
  using folder = new TestFolder();
  describe(folder.path, { ...PACKED_DESCRIPTION, ...change });
  return readOwnModel(folder.path);
}

/** A session of the packed model that sees one thing everywhere, as sure as this. */
function seeing(
  name: string,
  score: number,
  { input, outputNames = ["boxes", "scores"] }: {
    readonly input?: Partial<ModelInput>;
    readonly outputNames?: readonly string[];
  } = {},
): ModelSession & { readonly shapes: (readonly number[])[] } {
  const shapes: (readonly number[])[] = [];
  const scores = PACKED_DESCRIPTION.names.map((known) => known === name ? score : 0);
  return {
    ...{ shapes, runtime: "a test", outputNames },
    input: { name: "picture", type: "float32", shape: [1, 3, 300, 300], ...input },
    run: (_picture, { shape, outputs }) => {
      shapes.push(shape);
      assert.deepEqual(outputs, ["boxes", "scores"]);
      return [
        {
          name: "boxes",
          shape: [1, 1, 4],
          numbers: new Float32Array([0.1, 0.1, 0.9, 0.9]),
        },
        { name: "scores", shape: [1, 1, 13], numbers: new Float32Array(scores) },
      ];
    },
  };
}

Deno.test("a model of one's own says its name, runtime, names and threshold", () => {
  const { facts } = fittedDetector(modelOf({ threshold: 0.55 }), seeing("car", 0.9));
  assert.deepEqual([facts.model, facts.runtime, facts.threshold], [
    "packed/1",
    "a test",
    0.55,
  ]);
  assert.deepEqual(facts.names[2], { name: "car", class: "vehicle" });
});

Deno.test("a model of one's own looks once more only where it is not sure", () => {
  for (const [score, looks] of [[0.9, 1], [0.5, 2]] as const) {
    const session = seeing("bicycle", score);
    const scores = fittedDetector(modelOf(), session).look(knownPicture());
    assert.ok(Math.abs(scores[1]! - score) < 1e-6);
    assert.deepEqual(session.shapes, new Array(looks).fill([1, 3, 300, 300]));
  }
});

function checkUnfit(session: ModelSession, words: RegExp, change = {}): void {
  assert.throws(() => fittedDetector(modelOf(change), session), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "config");
    assert.match(thrown.message, words);
    return thrown.message.startsWith("Cannot use the model packed/1: ");
  });
}

Deno.test("a model that is not as it is described is refused, with what it is", () => {
  const of = (input: Partial<ModelInput>) => seeing("car", 1, { input });
  checkUnfit(
    of({ shape: [1, 300, 300, 3] }),
    /takes 1 x 300 x 300 x 3, and NCHW of that size is 1 x 3 x 300 x 300/,
  );
  checkUnfit(of({ shape: [1, 3, -1, 416] }), /takes 1 x 3 x any x 416/);
  checkUnfit(of({ shape: [3, 300, 300] }), /takes 3 x 300 x 300/);
  checkUnfit(of({ name: "images" }), /its input is images, not picture/);
  checkUnfit(of({ type: "uint8" }), /it takes bytes: mean has to be 0 and std 1/);
  const others = seeing("car", 1, { outputNames: ["boxes", "logits"] });
  checkUnfit(others, /it has no output scores, only boxes, logits/);
  const free = of({ shape: [-1, 3, -1, -1] });
  assert.equal(fittedDetector(modelOf(), free).facts.model, "packed/1");
});

Deno.test("fillPicture() puts colours in the order, the layout and the range that are described", () => {
  const rgb = new Uint8ClampedArray([10, 20, 30, 40, 50, 60]);
  const plain = { size: 32, mean: 0, std: 1 } as const;
  const filled = (input: Partial<OwnModel["input"]>) => {
    const picture = new Float32Array(6);
    fillPicture(rgb, { ...plain, layout: "NCHW", channels: "RGB", ...input }, {
      picture,
    });
    return [...picture];
  };
  assert.deepEqual(filled({}), [10, 40, 20, 50, 30, 60]);
  assert.deepEqual(filled({ layout: "NHWC" }), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(filled({ channels: "BGR" }), [30, 60, 20, 50, 10, 40]);
  assert.deepEqual(filled({ layout: "NHWC", channels: "BGR" }), [30, 20, 10, 60, 50, 40]);
  assert.deepEqual(filled({ mean: 10, std: 10 }), [0, 3, 1, 4, 2, 5]);
  const each = { mean: [30, 0, 0], std: [1, 10, 2] } satisfies Partial<OwnModel["input"]>;
  assert.deepEqual(filled({ ...each, channels: "BGR" }), [0, 30, 2, 5, 5, 20]);
  const bytes = new Uint8Array(6);
  fillPicture(rgb, { ...plain, layout: "NHWC", channels: "RGB" }, { picture: bytes });
  assert.deepEqual([...bytes], [...rgb]);
});

Deno.test("a model has to say what its known picture shows, at its own threshold", () => {
  const check = (session: ModelSession, change = {}) => {
    const model = modelOf({ threshold: 0.5, ...change });
    checkKnown(fittedDetector(model, session), ownKnownPicture(model));
  };
  check(seeing("bicycle", 0.51));
  assert.throws(
    () => check(seeing("bicycle", 0.45)),
    /Cannot use the model packed\/1: it says bike \(0\.45\) of a picture of bike \(at least 0\.5\)/,
  );
  assert.throws(
    () => check(seeing("dog", 0.9)),
    /it says animal \(0\.90\) of a picture of bike/,
  );
  assert.throws(() => check(seeing("bicycle", NaN)), /it says unknown \(0\.00\)/);
});

Deno.test("a model's own known picture is read from its folder, with its box", () => {
  using folder = new TestFolder();
  const known = { picture: "p.ppm", class: "person" } as const;
  const of = (more: { box?: [number, number, number, number] } = {}) =>
    ownKnownPicture({
      folder: folder.path,
      known: { ...known, ...more },
      threshold: 0.3,
    });
  assert.throws(() => of(), /p\.ppm: it is not there/);
  const head = new TextEncoder().encode("P6 6 4 255\n");
  Deno.writeFileSync(
    folder.file("p.ppm"),
    new Uint8Array([...head, ...new Array(72).fill(9)]),
  );
  const { crop, ...rest } = of();
  assert.deepEqual(rest, { class: "person", scoreMin: 0.3 });
  assert.deepEqual(crop.motion, { x: 0, y: 0, w: 6, h: 4 });
  assert.deepEqual(of({ box: [1, 1, 5, 3] }).crop.motion, { x: 1, y: 1, w: 5, h: 3 });
  assert.throws(() => of({ box: [2, 1, 5, 3] }), /known\.box lies outside its 6 x 4/);
});

/** What the child says of a folder. */
async function saidOf(
  modelFolder: string,
): Promise<readonly [reason: string, words: string]> {
  const lines: string[] = [];
  await runClassifierChild({
    ...{ clock: systemClock, modelFolder },
    read: () => Promise.resolve(null),
    say: (line) => void lines.push(line.trimEnd()),
  });
  assert.equal(lines.length, 1);
  const answer = readAnswer(lines[0]!);
  assert.ok(answer?.kind === "refused", lines[0]);
  return [answer.reason, answer.words];
}

Deno.test("the child refuses a folder whose files are missing, wrong or damaged", async () => {
  using folder = new TestFolder();
  const check = async (reason: string, words: RegExp) => {
    const [found, said] = await saidOf(folder.path);
    assert.equal(found, reason, said);
    assert.match(said, words);
  };
  await check("missing", /model\.json: it is not there/);
  describe(folder.path, "{");
  await check("unfit", /model\.json: it is no JSON/);
  describe(folder.path, { ...PACKED_DESCRIPTION, threshold: 7 });
  await check("unfit", /threshold must be at most 0\.95, is 7/);
  const known = { picture: "bike.ppm", class: "bike" };
  describe(folder.path, { ...PACKED_DESCRIPTION, known });
  await check("missing", /bike\.ppm: it is not there/);
  describe(folder.path, PACKED_DESCRIPTION);
  await check("missing", /model\.onnx: it is not there/);
  const bytes = new Uint8Array([1, 2, 3]);
  Deno.writeFileSync(folder.file("model.onnx"), bytes);
  const sum = await sha256(bytes);
  const pinned = {
    ...PACKED_DESCRIPTION,
    sha256: sum.replace(/^./, (a) => a === "0" ? "1" : "0"),
  };
  describe(folder.path, pinned);
  await check("damaged", /model\.onnx: its checksum is not the one in model\.json/);
  describe(folder.path, { ...PACKED_DESCRIPTION, sha256: sum.toUpperCase() });
  Deno.writeTextFileSync(folder.file("libonnxruntime.so"), "not a library");
  await check("failed", /Cannot use .*libonnxruntime\.so as ONNX Runtime/);
});
