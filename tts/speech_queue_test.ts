import assert from "node:assert/strict";
import fc from "fast-check";
import type { Narration } from "../llm/narration.ts";
import { makeNarration, MODEL } from "../tests/support/speech.ts";
import { type SpeechFate, SpeechQueue } from "./speech_queue.ts";

/** What happens, in order: a sentence that is told, or time that passes. */
type Step = Partial<Narration> | number;

const SPEAKING_MS = 2_000;

/**
 * Plays `steps` to a queue that speaks as soon as it may, two seconds a sentence.
 * @returns what was said and what became of the rest
 */
function listen(steps: readonly Step[]) {
  const fates: SpeechFate[] = [];
  const said: string[] = [];
  const queue = new SpeechQueue({ staleMs: 15_000, onFate: (fate) => fates.push(fate) });
  let nowMs = 0;
  let speaking: { narration: Narration; untilMs: number } | undefined;
  const speak = (untilMs: number) => {
    for (;;) {
      if (speaking) {
        if (speaking.untilMs > untilMs) return;
        nowMs = Math.max(nowMs, speaking.untilMs);
        queue.said(speaking.narration, nowMs);
        speaking = undefined;
      }
      const waitMs = queue.waitMs(nowMs);
      if (waitMs === undefined || nowMs + waitMs > untilMs) return;
      nowMs += waitMs;
      const next = queue.next(nowMs);
      if (!next) continue;
      said.push(next.narration.text);
      speaking = { narration: next.narration, untilMs: nowMs + SPEAKING_MS };
    }
  };
  for (const step of [...steps, 60_000]) {
    if (typeof step !== "number") queue.put(makeNarration(step), nowMs);
    const untilMs = nowMs + (typeof step === "number" ? step : 0);
    speak(untilMs);
    nowMs = untilMs;
  }
  return { said, fates };
}

function check(steps: readonly Step[], said: readonly string[], fates: SpeechFate[]) {
  assert.deepEqual(listen(steps), { said, fates });
}

const zone = { zone: "gate", episode: 2, text: "Something came into the gate." };
const closed = { moment: "closed", text: "Something crossed in 4 seconds." } as const;
const model = { author: MODEL, moment: "closed", text: "A red car drives by." } as const;
const OPENED = "Something came in from the left.";

Deno.test("SpeechQueue says a story's first sentence, and not what a template adds soon", () => {
  check([{}, 3_000, closed], [OPENED], ["update"]);
});

Deno.test("SpeechQueue says what a template adds when the story was silent for a minute", () => {
  const growing = { moment: "growing", text: "Something has been standing." } as const;
  check([{}, 30_000, growing, 40_000, closed], [OPENED, closed.text], ["update"]);
});

Deno.test("SpeechQueue says a template's last sentence when nothing was said before", () => {
  check([closed], [closed.text], []);
});

Deno.test("SpeechQueue says a model's sentence when it brings news", () => {
  check([{}, 5_000, model], [OPENED, model.text], []);
  const empty = { ...model, text: "Something is moving to the left." };
  check([{}, 5_000, empty], [OPENED], ["no_news"]);
  const again = { ...model, text: "The car, red, moves on.", episode: 7 };
  check([model, 5_000, again], [model.text], ["no_news"]);
});

Deno.test("SpeechQueue lets a newer sentence take the place of a waiting one", () => {
  const other = { camera: "road", text: "Something stopped.", zone: "lane" };
  check([other, {}, { ...model }], [other.text, model.text], ["replaced"]);
  check([other, {}, closed], [other.text, closed.text], ["replaced"]);
});

Deno.test("SpeechQueue keeps a model's waiting sentence when a template follows", () => {
  const other = { camera: "road", text: "Something stopped.", zone: "lane" };
  check([other, model, closed], [other.text, model.text], ["update"]);
});

Deno.test("SpeechQueue says the zone's of two sentences about one track, in any order", () => {
  check([{}, zone], [zone.text], ["twin"]);
  check([zone, {}], [zone.text], ["twin"]);
  check([{}, 200, zone], [zone.text], ["twin"]);
  check([zone, 1_900, {}], [zone.text], ["twin"]);
});

Deno.test("SpeechQueue says both when the zone is reached later, or by another track", () => {
  check([{}, 3_000, zone], [OPENED, zone.text], []);
  check([{}, { ...zone, track: 2 }], [OPENED, zone.text], []);
});

Deno.test("SpeechQueue does not say the same words of a camera again and again", () => {
  const people = [1, 2, 3, 4].flatMap((n) => [{ episode: n, track: n }, 4_000]);
  check(people, [OPENED], ["repeated", "repeated", "repeated"]);
  const elsewhere = { camera: "road", episode: 9 };
  check([{}, 4_000, elsewhere], [OPENED, OPENED], []);
  check([{}, 40_000, { episode: 2, track: 2 }], [OPENED, OPENED], []);
});

Deno.test("SpeechQueue says nothing that is kept quiet", () => {
  check([{ ...model, verdict: { kind: "quiet", reason: "echo" } }], [], ["quiet"]);
});

Deno.test("SpeechQueue loses the oldest when too many wait", () => {
  const many = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
    episode: n,
    track: n,
    zone: "gate",
    text: `Number ${n}`,
  }));
  // The first is being said, two to six wait.
  check(many, ["Number 1", "Number 4", "Number 5", "Number 6", "Number 7"], [
    "full",
    "full",
  ]);
});

Deno.test("SpeechQueue lets no busy camera silence the others", () => {
  const told = (camera: string, n: number) => ({
    ...{ camera, episode: n, track: n, zone: "gate", text: `${camera} ${n}` },
  });
  const steps = [1, 2, 3, 4, 5, 6].flatMap((n) => [told("road", n), 100]);
  steps.splice(4, 0, told("yard", 1));
  const more = [7, 8, 9].flatMap((n) => [told("road", n), 100]);
  const { said } = listen([...steps, ...more]);
  assert.deepEqual(said, ["road 1", "yard 1", "road 7", "road 8", "road 9"]);
  const each = ["a", "b", "c", "d", "e", "f"].map((camera) => told(camera, 1));
  assert.deepEqual(listen(each).said, ["a 1", "c 1", "d 1", "e 1", "f 1"]);
});

Deno.test("SpeechQueue drops what waited too long", () => {
  const fates: SpeechFate[] = [];
  const queue = new SpeechQueue({ staleMs: 15_000, onFate: (fate) => fates.push(fate) });
  queue.put(makeNarration(), 0);
  queue.put(makeNarration({ episode: 2, track: 2, text: "Something stopped." }), 5_000);
  assert.equal(queue.next(16_000)?.narration.text, "Something stopped.");
  assert.deepEqual(fates, ["stale"]);
});

Deno.test("SpeechQueue gives up what waits when nobody will say it", () => {
  const fates: SpeechFate[] = [];
  const queue = new SpeechQueue({ staleMs: 15_000, onFate: (fate) => fates.push(fate) });
  queue.put(makeNarration(), 0);
  queue.clear();
  assert.deepEqual(fates, ["stopped"]);
  assert.equal(queue.waitMs(0), undefined);
});

Deno.test("SpeechQueue gives each sentence one end, however they come", () => {
  const narration = fc.record({
    camera: fc.constantFrom("yard", "road"),
    episode: fc.integer({ min: 1, max: 3 }),
    track: fc.integer({ min: 1, max: 2 }),
    zone: fc.constantFrom(null, "gate"),
    moment: fc.constantFrom("opened" as const, "growing" as const, "closed" as const),
    author: fc.constantFrom(MODEL, { kind: "template" as const }),
    text: fc.constantFrom("Something came in.", "A red car.", "A dog.", "It stopped."),
  });
  const steps = fc.array(fc.oneof(narration, fc.nat(20_000)), { maxLength: 40 });
  fc.assert(fc.property(steps, (steps) => {
    const told = steps.filter((step) => typeof step !== "number").length;
    const { said, fates } = listen(steps);
    assert.equal(said.length + fates.length, told);
    assert.ok(told === 0 || said.length > 0, "who has something to say is heard");
  }));
});
