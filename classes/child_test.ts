import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { BUILT_FOLDER, MODEL_FILE, RUNTIME_FILE, SECOND_FILE } from "./built_files.ts";
import { runClassifierChild } from "./child.ts";
import { readAnswer, requestHead } from "./child_protocol.ts";

const CROP = {
  opinion: "first" as const,
  format: { width: 96, height: 96 },
  pixels: new Uint8Array(96 * 96 * 1.5).fill(128),
  area: { x: 0, y: 0, w: 96, h: 96 },
  motion: { x: 30, y: 30, w: 30, h: 30 },
};

/** What the child says when it reads this. */
async function answersTo(input: Uint8Array, folder?: URL) {
  const lines: string[] = [];
  let at = 0;
  await runClassifierChild({
    clock: systemClock,
    // In small pieces, as a pipe may give them.
    read: (into) => {
      const piece = input.subarray(at, at + Math.min(into.length, 4_096));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length === 0 ? null : piece.length);
    },
    say: (line) => void lines.push(line.trimEnd()),
    ...(folder === undefined ? {} : { folder }),
  });
  return lines.map(readAnswer);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

Deno.test("the child says that it is ready, then answers each crop", async () => {
  const request = joined(requestHead(CROP), CROP.pixels);
  const answers = await answersTo(joined(request, request));
  assert.deepEqual(answers.map((answer) => answer?.kind), ["ready", "looked", "looked"]);
  const [, one, other] = answers;
  assert.ok(one?.kind === "looked" && other?.kind === "looked");
  // Nothing is in the picture; and the same picture gives the same scores.
  assert.deepEqual(one.scores, one.scores.map(() => 0));
  assert.deepEqual(other.scores, one.scores);
});

function checkRefused(
  answers: Awaited<ReturnType<typeof answersTo>>,
  words: RegExp,
): void {
  assert.deepEqual(answers.map((answer) => answer?.kind), ["ready", "refused"]);
  const last = answers[1];
  assert.ok(last?.kind === "refused" && last.reason === "failed");
  assert.match(last.words, words);
}

Deno.test("the child refuses what is no request, and goes no further", async () => {
  const endless = new Uint8Array([255, 255, 255, 255]);
  checkRefused(await answersTo(endless), /a head of 4294967295 bytes/);
  checkRefused(await answersTo(new Uint8Array([2, 0, 0, 0, 0x7b, 0x7d])), /no head/);
  const cut = joined(requestHead(CROP), CROP.pixels.subarray(1));
  checkRefused(await answersTo(cut), /no pixels/);
});

/** A folder with the built files, one of them changed. */
async function checkFiles(
  change: (name: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array | undefined,
  refusal: readonly [reason: string, words: RegExp],
): Promise<void> {
  using folder = new TestFolder();
  for (const { name } of [MODEL_FILE, RUNTIME_FILE]) {
    const bytes = change(name, Deno.readFileSync(new URL(name, BUILT_FOLDER)));
    if (bytes !== undefined) Deno.writeFileSync(folder.file(name), bytes);
  }
  const [answer, ...more] = await answersTo(
    new Uint8Array(),
    new URL(`file://${folder.path}/`),
  );
  assert.equal(more.length, 0);
  assert.ok(answer?.kind === "refused");
  assert.equal(answer.reason, refusal[0]);
  assert.match(answer.words, refusal[1]);
}

Deno.test("the child loads the second detector when it is asked, or says that it is not there", async () => {
  const request = joined(requestHead({ ...CROP, opinion: "second" }), CROP.pixels);
  const answers = await answersTo(request);
  assert.deepEqual(answers.map((answer) => answer?.kind), ["ready", "looked"]);
  using folder = new TestFolder();
  for (const { name } of [MODEL_FILE, RUNTIME_FILE]) {
    Deno.copyFileSync(new URL(name, BUILT_FOLDER), folder.file(name));
  }
  const place = new URL(`file://${folder.path}/`);
  const first = joined(requestHead(CROP), CROP.pixels);
  const [, looked, refused] = await answersTo(joined(first, request), place);
  assert.equal(looked?.kind, "looked");
  assert.ok(refused?.kind === "refused" && refused.reason === "missing");
  assert.match(refused.words, new RegExp(`Cannot read ${SECOND_FILE.name}`));
});

Deno.test("the child refuses to begin without its files, and with others", async () => {
  for (const { name: wanted } of [MODEL_FILE, RUNTIME_FILE]) {
    const only =
      (act: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | undefined) =>
      (name: string, bytes: Uint8Array<ArrayBuffer>) =>
        name === wanted ? act(bytes) : bytes;
    const missing = [
      "missing",
      new RegExp(`Cannot read ${wanted}: it is not there`),
    ] as const;
    const damaged = [
      "damaged",
      new RegExp(`Cannot use ${wanted}: its checksum`),
    ] as const;
    await checkFiles(only(() => undefined), missing);
    await checkFiles(only((bytes) => bytes.subarray(0, bytes.length - 1)), damaged);
    await checkFiles(only(() => new Uint8Array()), damaged);
    await checkFiles(
      only((bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1)),
      damaged,
    );
  }
});
