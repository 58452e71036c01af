import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { linesBody, type LinesEnd } from "./control_lines.ts";

interface Trial {
  readonly body: ReadableStream<Uint8Array>;
  readonly clock: ManualClock;
  readonly ends: LinesEnd[];
  say(line: string): void;
}

function trial(first: readonly string[], isFollowed: boolean): Trial {
  const clock = new ManualClock();
  const ends: LinesEnd[] = [];
  let say: (line: string) => void = () => {};
  const subscribe = (take: (line: string) => void) => {
    say = take;
    return { [Symbol.dispose]: () => void (say = () => {}) };
  };
  const body = linesBody({
    clock,
    first,
    ...(isFollowed ? { subscribe } : {}),
    ended: (why) => ends.push(why),
  });
  return { body, clock, ends, say: (line) => say(line) };
}

Deno.test("linesBody() tells what there is and ends", async () => {
  const { body, ends } = trial(["one", "two"], false);
  assert.equal(await new Response(body).text(), "one\ntwo\n");
  assert.deepEqual(ends, ["told"]);
  assert.equal(await new Response(trial([], false).body).text(), "");
});

Deno.test("linesBody() lets a reader go who takes nothing for 15 s, and keeps a patient one", async () => {
  const { body, clock, ends, say } = trial(["one"], true);
  const reader = body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "one\n");
  clock.advance(3_600_000);
  assert.deepEqual(ends, [], "nothing waits: the reader is not late");
  say("two");
  clock.advance(14_000);
  assert.equal(new TextDecoder().decode((await reader.read()).value), "two\n");
  say("three");
  clock.advance(31_000);
  assert.deepEqual(ends, ["stalled"]);
  await assert.rejects(reader.read(), /stalled/);
  say("four");
});

Deno.test("linesBody() holds a bounded number of lines for a reader", () => {
  const { ends, say } = trial(["one"], true);
  for (let line = 0; line < 2_001; line++) say("x");
  assert.deepEqual(ends, ["stalled"]);
});

Deno.test("linesBody() stops listening when its reader leaves", async () => {
  const { body, ends, clock } = trial([], true);
  await body.cancel();
  clock.advance(60_000);
  assert.deepEqual(ends, ["left"]);
});
