import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import { boxSigns, DecodeChoice } from "./decode_choice.ts";
import type { RunFfmpeg } from "./hardware.ts";

/** A box whose VAAPI is right and takes a quarter of software's time. */
class Box {
  text: string | undefined;
  version = "ffmpeg version 5.1.9";
  canWrite = true;
  canEncode = true;
  /** Ends each run of FFmpeg, as a program that stops does. */
  readonly closing = new AbortController();
  /** Called before each picture is decoded. */
  decodes = () => {};
  readonly said: string[] = [];
  /** What FFmpeg was asked to decode, or to make. */
  readonly asked: string[] = [];
  #running = 0;
  atOnceMax = 0;

  choice(signs: readonly string[] = ["a box"]): DecodeChoice {
    const told = (event: string, facts: Record<string, unknown> = {}) =>
      void this.said.push(`${event} ${facts.decode ?? ""}`.trim());
    return new DecodeChoice({
      ...{ log: { ...silentLog, info: told, warn: told }, board: undefined, signs },
      signal: this.closing.signal,
      memory: {
        read: () => Promise.resolve(this.text),
        write: (text) => {
          if (!this.canWrite) return Promise.reject(new Error("no room"));
          this.text = text;
          return Promise.resolve();
        },
      },
      ffmpeg: (args) => this.#run(args),
    });
  }

  async #run(args: readonly string[]): ReturnType<RunFfmpeg> {
    const over = { signal: null, code: 0, stderr: [] };
    if (args[0] === "-version") return { ...over, stdout: `${this.version}\nbuilt` };
    this.atOnceMax = Math.max(this.atOnceMax, ++this.#running);
    await Promise.resolve();
    this.#running--;
    if (args.includes("lavfi")) {
      this.asked.push(args[args.indexOf("-c:v") + 1]!);
      return { ...over, code: this.canEncode ? 0 : 1, stdout: "" };
    }
    this.decodes();
    if (this.closing.signal.aborted) throw new Error("ended");
    const isVaapi = args.includes("vaapi");
    const isSoftware = !isVaapi && !args.includes("cuda") && !args.includes("-c:v");
    this.asked.push(isSoftware ? "software" : isVaapi ? "vaapi" : "other");
    if (!isSoftware && !isVaapi) return { ...over, code: 1, stdout: "" };
    const bench = `[info] bench: utime=${isVaapi ? 0.25 : 1}s stime=0.000s rtime=0.1s`;
    return { ...over, stdout: "0, 0, 0, 1, 9, a\n", stderr: [bench] };
  }
}

Deno.test("DecodeChoice tries once, and knows it again after a restart", async () => {
  const box = new Box();
  const choice = box.choice();
  const [first, second] = await Promise.all([choice.of("h264"), choice.of("h264")]);
  assert.equal(first.decode, "vaapi");
  assert.equal(second, first);
  assert.match(first.words, /decodes H\.264 by vaapi for 25 % of the CPU time/);
  assert.deepEqual(box.asked, ["libx264", "software", "vaapi", "other", "other"]);
  const again = await box.choice().of("h264");
  assert.deepEqual(again, first);
  assert.equal(box.asked.length, 5, "nothing was tried again");
  assert.deepEqual(box.said, [
    "capture.decode_chosen vaapi",
    "capture.decode_chosen vaapi",
  ]);
});

Deno.test("DecodeChoice tries each coding by itself, one after the other", async () => {
  const box = new Box();
  const choice = box.choice();
  const [h264, hevc] = await Promise.all([choice.of("h264"), choice.of("hevc")]);
  assert.equal(box.atOnceMax, 1);
  assert.deepEqual(box.asked.filter((name) => name.startsWith("lib")), [
    "libx264",
    "libx265",
  ]);
  assert.match(hevc.words, /H\.265 by vaapi/);
  const later = box.choice();
  assert.deepEqual([await later.of("h264"), await later.of("hevc")], [h264, hevc]);
  assert.equal(box.asked.length, 10);
});

Deno.test("DecodeChoice tries again on another box, and with another FFmpeg", async () => {
  const box = new Box();
  await box.choice().of("h264");
  await box.choice(["another box"]).of("h264");
  assert.equal(box.asked.length, 10);
  box.version = "ffmpeg version 7";
  await box.choice(["another box"]).of("h264");
  assert.equal(box.asked.length, 15);
});

Deno.test("DecodeChoice tries again when what was kept is nonsense", async () => {
  const box = new Box();
  for (const text of ["", "{", "[]", '{"version":1}', "null"]) {
    box.text = text;
    const { decode } = await box.choice().of("h264");
    assert.equal(decode, "vaapi", text);
  }
  assert.equal(box.asked.length, 25);
  const kept = JSON.parse(box.text!);
  kept.found.h264.decode = "rm -rf";
  box.text = JSON.stringify(kept);
  assert.equal((await box.choice().of("h264")).decode, "vaapi");
});

Deno.test("DecodeChoice is software where nothing can be tried, and says so", async () => {
  const box = new Box();
  box.canEncode = false;
  const { decode, words } = await box.choice().of("h264");
  assert.equal(decode, "software");
  assert.match(words, /cannot make a clip/);
  const broken = new DecodeChoice({
    ...{ log: silentLog, signs: [], signal: new AbortController().signal },
    memory: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
    ffmpeg: () => Promise.reject(new Error("not found")),
  });
  const told = await broken.of("h264");
  assert.equal(told.decode, "software");
  assert.match(told.words, /could not be tried \(not found\)/);
});

Deno.test("DecodeChoice holds good where it cannot be kept", async () => {
  const box = new Box();
  box.canWrite = false;
  assert.equal((await box.choice().of("h264")).decode, "vaapi");
  assert.ok(box.said.includes("capture.decode_not_kept"));
});

Deno.test("boxSigns() are the same as long as the box is", () => {
  assert.deepEqual(boxSigns(), boxSigns());
  assert.equal(boxSigns()[0], Deno.osRelease());
});

Deno.test("DecodeChoice keeps nothing of a trial that was broken off or says nothing", async () => {
  for (const at of [1, 2, 3]) {
    const box = new Box();
    let runs = 0;
    box.decodes = () => ++runs === at && box.closing.abort();
    const { decode } = await box.choice().of("h264");
    assert.equal(decode, "software");
    assert.equal(box.text, undefined, `ended at decode ${at}`);
  }
  const slow = new Box();
  slow.decodes = () => {
    if (slow.asked.length === 1) throw new Error("too slow");
  };
  const { decode, words } = await slow.choice().of("h264");
  assert.equal(decode, "software");
  assert.match(words, /could not be tried/);
  assert.equal(slow.text, undefined);
});
