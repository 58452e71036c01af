/**
 * A model of the user's own, by the program as people run it: with the native ONNX Runtime
 * where there is one, and what is said where there is none or the model is no good. The
 * model is the program's own detector as ONNX, so that both have to say the same.
 */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { BUILT_FOLDER, MODEL_FILE } from "../../classes/built_files.ts";
import { Classifier } from "../../classes/classifier.ts";
import type { TrackCrop } from "../../classes/track_crop.ts";
import { loadDetector } from "../../classes/detector.ts";
import { BUILT_IN } from "../../classes/detector_facts.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { loadOwnDetector } from "../../classes/own_detector.ts";
import { readModel } from "../../classes/packed_model.ts";
import { testClassifier } from "../../classes/self_check.ts";
import { ROOT } from "../house/checkout.ts";
import { TestFolder } from "../support/clips.ts";
import { onnxRuntime } from "../support/onnx_runtime.ts";
import { describe, PACKED_DESCRIPTION } from "../support/own_model_folder.ts";
import { PACKED_PORTS, type PackedForm, packedOnnx } from "../support/packed_onnx.ts";
import { finish, type ProgramPlace, RunningProgram } from "../support/program.ts";

const ignore = onnxRuntime === undefined;

const PLACE: ProgramPlace = {
  command: [Deno.execPath(), "run", "--quiet", "-A", "--no-check", `${ROOT}main.ts`],
};

/** Puts our own detector as ONNX and the runtime into a folder. */
function fill(folder: TestFolder, form: PackedForm = { input: "float32" }): void {
  const packed = readModel(Deno.readFileSync(new URL(MODEL_FILE.name, BUILT_FOLDER)));
  Deno.writeFileSync(folder.file("model.onnx"), packedOnnx(packed, form));
  Deno.symlinkSync(onnxRuntime!, folder.file("libonnxruntime.so"));
  describe(folder.path, PACKED_DESCRIPTION);
}

/** The drawn bicycle as it is, larger and smaller within its frame, and noise. */
function crops(): TrackCrop[] {
  const bicycle = knownPicture();
  const { x, y, w, h } = bicycle.motion;
  const around = [0, 10, 25].map((more) => ({
    ...bicycle,
    motion: { x: x - more / 2, y: y - more, w: w + more, h: h + more },
  }));
  const wheels = [{ ...bicycle, motion: { x, y: 90, w: 70, h: 75 } }];
  const noise = Uint8Array.from(bicycle.pixels, (_, at) => (at * 7_919) % 251);
  return [...around, ...wheels, { ...bicycle, pixels: noise }];
}

function classifierOf(folder: TestFolder): Classifier {
  const command = classifierCommand(folder.path);
  return new Classifier({ command, limitMs: 60_000, clock: systemClock, isNice: false });
}

for (const input of ["float32", "uint8"] as const) {
  Deno.test({
    name: `our detector says the same in the native runtime, given ${input}`,
    ignore,
    // The library stays until its process ends: its threads would not bear less.
    sanitizeResources: false,
    async fn() {
      using folder = new TestFolder();
      fill(folder, { input });
      if (input === "uint8") {
        const { name, size, channels } = PACKED_DESCRIPTION.input;
        const plain = { name, size, channels, layout: "NHWC" };
        describe(folder.path, { ...PACKED_DESCRIPTION, input: plain });
      }
      const [native, ours] = [await loadOwnDetector(folder.path), await loadDetector()];
      assert.match(native.facts.runtime, /^ONNX Runtime \d+\.\d+/);
      assert.deepEqual(native.facts.names, BUILT_IN.names);
      for (const crop of crops()) {
        const [one, other] = [native.look(crop), ours.look(crop)];
        one.forEach((score, at) => assert.ok(Math.abs(score - other[at]!) < 0.01));
      }
    },
  });
}

const { boxes, scores, labels, rows } = PACKED_PORTS;
const FORMS = {
  detections: { boxes, scores, labels, order: "yxyx", unit: "parts" },
  yolox: { rows, decoded: true },
};

for (const kind of ["detections", "yolox"] as const) {
  Deno.test({
    name: `our detector says the same of the bicycle in the form of ${kind}`,
    ignore,
    sanitizeResources: false, // as above
    async fn() {
      using folder = new TestFolder();
      fill(folder, { input: "float32", output: kind });
      describe(folder.path, { ...PACKED_DESCRIPTION, output: { kind, ...FORMS[kind] } });
      const [native, ours] = [await loadOwnDetector(folder.path), await loadDetector()];
      const bicycle = BUILT_IN.names.findIndex(({ name }) => name === "bicycle");
      for (const crop of crops()) {
        const [one, other] = [native.look(crop), ours.look(crop)];
        assert.ok(Math.abs(one[bicycle]! - other[bicycle]!) < 0.01);
      }
    },
  });
}

Deno.test({
  name: "a model of one's own labels crops in the program's child, and doctor shows it",
  ignore,
  async fn() {
    using folder = new TestFolder();
    fill(folder);
    const test = await testClassifier(classifierOf(folder));
    assert.ok(test.kind === "passed", JSON.stringify(test));
    assert.deepEqual([test.by.model, test.label.detail], ["packed/1", "bicycle"]);
    const { level, words, facts } = await doctorSays(folder);
    assert.equal(level, "good", words);
    assert.match(
      words,
      /^packed\/1 sees the bike .*\(0\.9\d\), in \d+ ms once loaded in \d+ ms, by ONNX/,
    );
    assert.equal(facts.model, "packed/1");
    const clip = ["analyze", "scene:street", "--seconds", "0.2", "--dsl", "-"];
    const args = [...clip, "--classes-model", folder.path];
    const { code, stdout, stderr } = await finish(args, 60_000, PLACE);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^# classes model=packed\/1$/m);
  },
});

Deno.test({
  name: "a model that does not see its known picture, or is damaged, is refused",
  ignore,
  async fn() {
    using folder = new TestFolder();
    fill(folder);
    const check = async (reason: string, words: RegExp) => {
      const test = await testClassifier(classifierOf(folder));
      assert.ok(test.kind === "failed", JSON.stringify(test));
      assert.equal(test.reason, reason, test.words);
      assert.match(test.words, words);
    };
    // As it is when somebody takes 0 … 255 for what was -1 … 1.
    const range = { ...PACKED_DESCRIPTION.input, mean: 0, std: 1 };
    describe(folder.path, { ...PACKED_DESCRIPTION, input: range });
    await check("unfit", /packed\/1: it says .* of a picture of bike \(at least 0\.4\)/);
    const { level, words } = await doctorSays(folder);
    assert.deepEqual(
      [level, /of a picture of bike/.test(words)],
      ["warning", true],
      words,
    );
    const size = { ...PACKED_DESCRIPTION.input, size: 320 };
    describe(folder.path, { ...PACKED_DESCRIPTION, input: size });
    await check(
      "unfit",
      /it takes 1 x 3 x 300 x 300, and NCHW of that size is 1 x 3 x 320/,
    );
    describe(folder.path, PACKED_DESCRIPTION);
    Deno.truncateSync(folder.file("model.onnx"), 1_000_000);
    await check("damaged", /Cannot read the model: /);
  },
});

Deno.test("doctor, analyze and run say what a folder lacks, and run goes on", async () => {
  using folder = new TestFolder();
  const finding = await doctorSays(folder);
  assert.equal(finding.level, "warning");
  assert.match(finding.words, /model\.json: it is not there/);
  assert.match(finding.toDo ?? "", /docs\/guide\/own-model\.md/);
  const clip = ["analyze", "scene:street", "--seconds", "0.2"];
  const args = [...clip, "--classes-model", folder.path];
  const { code, stderr } = await finish(args, 60_000, PLACE);
  assert.equal(code, 3);
  assert.match(stderr, /Cannot read .*model\.json: it is not there/);
  await using program = new RunningProgram(
    ["run", "--config", settingsOf(folder)],
    ["env", `STATE_DIRECTORY=${folder.path}`],
    PLACE,
  );
  await program.printedGroup(/classes\.failed.*model\.json: it is not there/, 60_000);
});

function settingsOf(folder: TestFolder): string {
  const path = folder.file("streamware.yaml");
  const settings = {
    cameras: { street: { url: "scene:street", width: 160 } },
    ollama: { model: "off" },
    server: { port: 0, original_port: -1 },
    control: { socket: folder.file("control.sock") },
    classes_model: folder.path,
  };
  Deno.writeTextFileSync(path, JSON.stringify(settings), { mode: 0o600 });
  return path;
}

interface Told {
  readonly check: string;
  readonly level: string;
  readonly words: string;
  readonly toDo?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function doctorSays(folder: TestFolder): Promise<Told> {
  const flags = ["--json", "--config", settingsOf(folder)];
  const { stdout } = await finish(["doctor", ...flags], 60_000, PLACE);
  const { findings } = JSON.parse(stdout) as { findings: readonly Told[] };
  return findings.find(({ check }) => check === "classes")!;
}
