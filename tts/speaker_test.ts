import assert from "node:assert/strict";
import { type Alert, AlertBoard } from "../base/alerts.ts";
import { sleep } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { silentLog } from "../base/log.ts";
import { speechSettings } from "../config/schema.ts";
import type { Narration } from "../llm/narration.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { makeNarration, makeWav } from "../tests/support/speech.ts";
import { openSpeaker, type Sound, type Speaker } from "./speaker.ts";
import type { SayLimits } from "./voice.ts";
import type { Wav } from "./wav.ts";

const WAV: Wav = { bytes: makeWav(1_000), durationMs: 1_000 };

/** A box whose voice and player do what the test says, in the test's time. */
class Box implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly board = new AlertBoard(this.clock);
  readonly heard: string[] = [];
  readonly speaker: Speaker;
  tries = { choose: 0, say: 0, play: 0 };
  /** What goes wrong, if anything. */
  fault: { choose?: Fault; say?: Fault; play?: Fault };
  takesMs = { say: 100, play: 1_000 };
  #tracks = 0;

  constructor(of: { readonly cameraCount?: number; readonly fault?: Box["fault"] } = {}) {
    this.fault = of.fault ?? {};
    const { cameraCount = 1 } = of;
    const settings = speechSettings.parse({ engine: "auto" });
    const { clock, board } = this;
    const parts = { clock, log: silentLog, alerts: board, settings, cameraCount };
    this.speaker = openSpeaker(parts, this.#sound());
  }

  #sound(): Sound {
    const act = async (what: keyof Box["fault"], ms: number, signal: AbortSignal) => {
      this.tries[what]++;
      if (ms > 0) await sleep(this.clock, ms, signal);
      if (signal.aborted) throw new Fault("unavailable", "Cannot finish it: stopped");
      const fault = this.fault[what];
      if (fault) throw fault;
    };
    let words = "";
    const say = async (text: string, { signal }: SayLimits) => {
      await act("say", this.takesMs.say, signal);
      words = text;
      return WAV;
    };
    return {
      async choose(signal) {
        await act("choose", 0, signal);
        return { name: "a voice", say };
      },
      play: async (_wav, signal) => {
        await act("play", this.takesMs.play, signal);
        this.heard.push(words);
      },
    };
  }

  /** Tells of another story each time. */
  tell(text: string, more: Partial<Narration> = {}): void {
    const story = ++this.#tracks;
    const narration = { track: story, episode: story, zone: "gate", text, ...more };
    this.speaker.offer({ narration: makeNarration(narration) });
  }

  /** Lets time pass in small steps, so that what waits on each other gets its turn. */
  async pass(ms: number): Promise<void> {
    for (let done = 0; done < ms; done += 100) {
      await settle();
      this.clock.advance(Math.min(100, ms - done));
    }
    await settle();
  }

  get alert(): Alert | undefined {
    assert.ok(this.board.list().length <= 1);
    return this.board.list()[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.speaker[Symbol.asyncDispose]();
  }
}

/** Until all that waits for nothing but its turn has had it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

const noCard = new Fault("unavailable", "Cannot play speech: no card", {
  hint: "aplay -l",
});

Deno.test("a speaker says one sentence after the other", async () => {
  await using box = new Box();
  box.tell("One.");
  box.tell("Two.");
  await box.pass(1_000);
  assert.deepEqual([box.heard, box.tries.say], [[], 1]);
  await box.pass(1_500);
  assert.deepEqual(box.heard, ["One.", "Two."]);
  assert.equal(box.speaker.counts.spoken, 2);
});

Deno.test("a speaker does not say a sentence again for a more exact name", async () => {
  await using box = new Box();
  box.tell("A car came in.");
  box.tell("A truck came in.", { isRefined: true });
  box.tell("A truck left.");
  await box.pass(3_000);
  assert.deepEqual(box.heard, ["A car came in.", "A truck left."]);
});

Deno.test("a speaker says which camera it is when there are several", async () => {
  await using box = new Box({ cameraCount: 2 });
  box.tell("Something stopped.", { camera: "front-door" });
  await box.pass(2_000);
  assert.deepEqual(box.heard, ["front door: Something stopped."]);
});

Deno.test("a speaker lets the picture's sentence wait for the zone's", async () => {
  await using box = new Box();
  box.tell("Something came in.", { track: 5, zone: null });
  await box.pass(200);
  box.tell("Something came into the gate.", { track: 5 });
  await box.pass(3_000);
  assert.deepEqual(box.heard, ["Something came into the gate."]);
  box.tell("Something came in.", { track: 6, zone: null });
  await box.pass(3_000);
  assert.equal(box.heard.length, 2);
});

Deno.test("a speaker does not start a failing player for every sentence", async () => {
  await using box = new Box();
  box.fault = { play: noCard };
  box.takesMs = { say: 0, play: 0 };
  for (let n = 0; n < 120; n++) {
    box.tell(`Number ${n}.`);
    await box.pass(1_000);
  }
  // Waits of 2, 4, 8, 16, 32 and 60 s.
  assert.ok(box.tries.play <= 7, `${box.tries.play} tries`);
  assert.equal(box.alert?.code, "speech.failing");
  assert.match(box.alert.words, /Nothing is said aloud: Cannot play speech: no card/);
  assert.equal(box.alert.toDo, "aplay -l");
  box.fault = {};
  for (let n = 0; n < 60; n++) {
    box.tell(`Later number ${n}.`);
    await box.pass(1_000);
  }
  assert.equal(box.alert, undefined);
  assert.ok(box.heard.length > 0);
  const { spoken, failed, full, stale } = box.speaker.counts;
  assert.ok(failed === box.tries.play - spoken && full + stale > 100);
});

Deno.test("a speaker says that there is no voice before there is a sentence", async () => {
  const missing = new Fault("unavailable", "Cannot start espeak-ng: not there");
  await using box = new Box({ fault: { choose: missing } });
  await box.pass(5_000);
  assert.equal(box.alert?.code, "speech.no_voice");
  box.fault = {};
  await box.pass(60_000);
  assert.equal(box.alert, undefined, "found without another sentence");
});

Deno.test("a speaker looks for another voice when one fails, not when the player does", async () => {
  await using box = new Box();
  box.fault = { say: new Fault("unavailable", "Cannot speak with Piper: file gone") };
  box.tell("One.");
  await box.pass(1_000);
  assert.deepEqual([box.tries.choose, box.alert?.code], [1, "speech.failing"]);
  box.fault = { play: noCard };
  box.tell("Two.");
  await box.pass(5_000);
  assert.deepEqual([box.tries.choose, box.tries.play], [2, 1]);
  box.tell("Three.");
  await box.pass(60_000);
  assert.deepEqual([box.tries.choose, box.tries.play], [2, 2]);
});

Deno.test("a speaker drops a sentence whose sound came too late", async () => {
  await using box = new Box();
  box.takesMs = { say: 20_000, play: 1_000 };
  box.tell("One.");
  await box.pass(30_000);
  assert.deepEqual([box.heard, box.tries.play, box.speaker.counts.stale], [[], 0, 1]);
  assert.equal(box.alert, undefined);
});

Deno.test("a speaker is drained when all that waits was said", async () => {
  await using box = new Box();
  const { signal } = new AbortController();
  await box.speaker.drained(signal);
  box.tell("One.", { zone: null });
  box.tell("Two.");
  let isDrained = false;
  const draining = box.speaker.drained(signal).then(() => isDrained = true);
  await box.pass(2_000);
  assert.deepEqual([isDrained, box.heard], [false, ["One."]]);
  await box.pass(1_000);
  await draining;
  assert.deepEqual(box.heard, ["One.", "Two."]);
});

Deno.test("a speaker is drained soon when the box is mute, and no longer than it is given", async () => {
  for (const fault of [{ play: noCard }, { choose: noCard }, { say: noCard }]) {
    await using box = new Box({ fault });
    box.tell("One.");
    box.tell("Two.");
    const draining = box.speaker.drained(new AbortController().signal);
    await box.pass(1_500);
    await draining;
    const { failed, stopped } = box.speaker.counts;
    assert.equal(failed + stopped, 2);
    box.tell("Three.");
    await box.speaker.drained(new AbortController().signal);
  }
  await using box = new Box();
  box.tell("One.");
  await box.speaker.drained(AbortSignal.abort());
  assert.deepEqual(box.heard, []);
});

Deno.test("a speaker that is closed ends what sounds, and takes no more", async () => {
  const box = new Box();
  box.tell("One.");
  box.tell("Two.");
  await box.pass(500);
  assert.equal(box.tries.play, 1);
  await box[Symbol.asyncDispose]();
  box.tell("Three.");
  assert.deepEqual([box.heard, box.speaker.counts.stopped], [[], 3]);
  assert.equal(box.alert, undefined);
});
