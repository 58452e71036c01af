import assert from "node:assert/strict";
import { webhookSettings } from "../config/schema.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { Receiver } from "./receiver.ts";

/** A signal that lives as long as the program, and who listens to it. */
function countedSignal() {
  const stop = new AbortController();
  const { signal } = stop;
  let [listeners, listenersMax] = [0, 0];
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listenersMax = Math.max(listenersMax, ++listeners);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners--;
    removeEventListener.apply(signal, args);
  };
  return { stop, signal, counts: () => ({ listeners, listenersMax }) };
}

function receiverOf(answer: (signal: AbortSignal) => Promise<Response>): Receiver {
  return new Receiver({
    clock: new ManualClock(),
    settings: webhookSettings.parse({ url: "http://hooks.example/in" }),
    fetch: (_url, init) => answer(init!.signal!),
    authorities: "/nonesuch",
  });
}

/** Never; as fetch, it fails when its signal says so. */
function never(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    const fail = () => reject(new DOMException("aborted", "AbortError"));
    if (signal.aborted) fail();
    signal.addEventListener("abort", fail);
  });
}

Deno.test("Receiver.post() leaves nothing at a signal that outlives it", async () => {
  const { signal, counts } = countedSignal();
  using receiver = receiverOf(() => Promise.resolve(new Response(null, { status: 204 })));
  for (let post = 0; post < 5; post++) {
    assert.equal((await receiver.post("{}", "id", signal)).kind, "delivered");
  }
  assert.deepEqual(counts(), { listeners: 0, listenersMax: 1 });
});

Deno.test("Receiver.post() ends with its signal, also with one that ended before", async () => {
  const { stop, signal, counts } = countedSignal();
  using receiver = receiverOf(never);
  const posting = receiver.post("{}", "id", signal);
  stop.abort();
  assert.equal((await posting).kind, "retry");
  assert.equal((await receiver.post("{}", "id", signal)).kind, "retry");
  assert.deepEqual(counts(), { listeners: 0, listenersMax: 1 });
});
