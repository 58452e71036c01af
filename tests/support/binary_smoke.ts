/**
 * What the one file has to do on each processor, away from the checkout: the same steps
 * for all. What the program does in detail other tests tell; here it is that all its
 * parts are inside and run.
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { systemClock } from "../../base/clock.ts";
import { VERSION } from "../../base/version.ts";
import { Classifier } from "../../classes/classifier.ts";
import type { ClassLabel } from "../../classes/label.ts";
import { classifierCommand, CLASSIFY_CROPS } from "../../classes/own_command.ts";
import { type Target, TARGET_NAMES } from "../../scripts/binary/target.ts";
import { ROOT } from "../house/checkout.ts";
import { builtBinary, placeBinary } from "./binary.ts";
import { TestFolder } from "./clips.ts";
import { LiveClient } from "./live_client.ts";
import { finish, type ProgramPlace } from "./program.ts";
import { type NamedCrop, severalCrops } from "./several_crops.ts";
import { makeWalkerClip } from "./walker_clip.ts";
import { watch } from "./watching.ts";

/** How long parts may take; emulated, a processor is ten times slower. */
export interface SmokeTimes {
  readonly startMs: number;
  readonly stopMs: number;
}

/** Runs all steps, in order. */
export async function smoke(
  target: Target,
  step: Deno.TestContext["step"],
  times: SmokeTimes,
): Promise<void> {
  using folder = new TestFolder();
  const place = await placeBinary(target, folder);
  await step("it tells its version, and what it is made of", async () => {
    const { code, stdout } = await finish(["version", "--json"], times.startMs, place);
    const { streamware, target: triple } = JSON.parse(stdout);
    assert.deepEqual([code, streamware, triple], [
      ...[0, VERSION, TARGET_NAMES[target].triple],
    ]);
  });
  await step("doctor finds pictures and workers as they should be", async () => {
    const { stdout } = await finish(["doctor", "--json"], 2 * times.startMs, place);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    for (const part of ["pictures", "worker"]) {
      const levels = findings.filter(({ check }) => check === part);
      assert.deepEqual(
        levels.map(({ level }) => level),
        ["good"],
        JSON.stringify(levels),
      );
    }
  });
  await step("analyze gives the bytes that the checkout gives", async () => {
    await analyzesAlike(folder, place, times);
  });
  await step(
    "it gives the labels and scores that the checkout gives, of drawn and real crops",
    async () => {
      await labelsAlike(place, times);
    },
  );
  await step("run serves page, pictures and frames, and stops in time", async () => {
    await watchesAScene(place, times);
  });
  await step("nothing of this checkout but the program is inside", async () => {
    await holdsNothingOfOurs(target);
  });
}

/** What is read of what `doctor --json` finds. */
interface Finding {
  readonly check: string;
  readonly level: string;
}

async function analyzesAlike(
  folder: TestFolder,
  place: ProgramPlace,
  times: SmokeTimes,
): Promise<void> {
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 192, height: 108 });
  const args = ["analyze", clip, "--dsl", "-"];
  const ours = await finish(args);
  const theirs = await finish(args, 2 * times.startMs, place);
  assert.equal(theirs.code, 0, theirs.stderr);
  assert.ok(ours.stdout.includes("ENTER"), "the walker is seen");
  assert.equal(theirs.stdout, ours.stdout);
}

/** Emulated, compiling the network's code alone takes minutes. */
const LABEL_TIMES = 10;
/** Rounding may differ where processors add in another order. */
const SCORE_APART_MAX = 0.001_5;

async function labelsAlike(place: ProgramPlace, times: SmokeTimes): Promise<void> {
  const variables = Object.entries(place.env ?? {}).map(([name, value]) =>
    `${name}=${value}`
  );
  const command = ["env", "-i", ...variables, ...place.command, CLASSIFY_CROPS];
  const limitMs = LABEL_TIMES * times.startMs;
  const crops = await severalCrops();
  const here = await labelsOf(crops, { command: classifierCommand(), limitMs });
  const there = await labelsOf(crops, { command, limitMs });
  const words = here.map(({ label }) => label.class);
  for (const word of ["person", "vehicle", "bike", "unknown"]) {
    assert.ok(words.includes(word as typeof words[number]), `${word}: ${words}`);
  }
  for (const [at, { name, label }] of there.entries()) {
    const ours = here[at]!.label;
    assert.deepEqual({ ...label, score: 0 }, { ...ours, score: 0 }, name);
    const apart = Math.abs(label.score - ours.score);
    assert.ok(apart < SCORE_APART_MAX, `${name}: ${label.score} and ${ours.score}`);
  }
}

async function labelsOf(
  crops: readonly NamedCrop[],
  { command, limitMs }: { readonly command: readonly string[]; readonly limitMs: number },
) {
  const labels: { readonly name: string; readonly label: ClassLabel }[] = [];
  const options = { command, limitMs, clock: systemClock, isNice: false };
  const classifier = new Classifier(options);
  const outcome = await classifier.classify(
    crops.map(({ name, crop }) => ({ track: name, crops: [crop] })),
    ({ track, label }) => void labels.push({ name: track, label }),
  );
  assert.ok(outcome.kind === "done", JSON.stringify(outcome));
  assert.equal(labels.length, crops.length);
  return labels;
}

async function watchesAScene(place: ProgramPlace, times: SmokeTimes): Promise<void> {
  await using watching = await watch(
    "scene:street",
    ["--width", "160"],
    place,
    times.startMs,
  );
  await using live = new LiveClient(watching.socket);
  await live.moreFrames(3, times.startMs);
  const page = await bytesOf(watching.page, times);
  const assets = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)];
  assert.ok(assets.length >= 3, "script, style and sign of the page");
  for (const [, path = ""] of assets) {
    assert.ok((await bytesOf(new URL(path, watching.page), times)).bytes.length > 100);
  }
  const still = new URL("still/main.jpg", watching.page);
  const { bytes } = await bytesOf(still, times);
  assert.deepEqual(sizeOfJpeg(bytes), { width: 160, height: 90 });
  const stopMs = performance.now();
  watching.program.kill("SIGTERM");
  assert.equal(await watching.program.ended(), 0, watching.program.printed);
  assert.ok(performance.now() - stopMs < times.stopMs, "it stops in time");
}

async function bytesOf(url: string | URL, { startMs }: SmokeTimes) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(startMs) });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.equal(answer.status, 200, `${url}`);
  return { bytes, text: new TextDecoder().decode(bytes) };
}

/** From the frame header: ITU-T T.81, B.2.2. */
function sizeOfJpeg(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  assert.equal(view.getUint16(0), 0xffd8, "a JPEG begins so");
  assert.equal(view.getUint16(bytes.length - 2), 0xffd9, "a whole JPEG ends so");
  for (let at = 2; at < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
  }
  throw new Error("the JPEG has no frame header");
}

/** A comment, a test's name, a path of this machine: none may be inside. */
async function holdsNothingOfOurs(target: Target): Promise<void> {
  const binary = Buffer.from(Deno.readFileSync(await builtBinary(target)).buffer);
  assert.ok(binary.includes("Watches cameras and says what happens."), "it is ours");
  for (
    const text of [
      ROOT,
      "argv in, exit code out. Decides nothing.", // a comment of main.ts
      "it tells its version, and what it is made of", // a test's name
      "sourceMappingURL=data:",
    ]
  ) {
    assert.ok(!binary.includes(text), `"${text}" is inside`);
  }
}
