import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { readBody } from "./bounded_body.ts";

/** A body that comes in `parts` and then hangs, or ends. */
function bodyOf(parts: readonly string[], ends: boolean): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      if (ends) controller.close();
    },
    // A server's body ends its cancelling when the rest has come: never, here.
    cancel: () => ends ? undefined : new Promise(() => {}),
  });
}

function requestOf(body: ReadableStream, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers, duplex: "half" };
  return new Request("http://localhost/", init);
}

async function check(request: Request, expected: string | number): Promise<void> {
  const clock = new ManualClock();
  const reading = readBody(request, { bytesMax: 10, msMax: 5_000, clock });
  for (let i = 0; i < 20; i++) await Promise.resolve(); // what is there, is read
  clock.advance(5_000);
  const body = await reading;
  assert.equal(body.kind === "read" ? body.text : body.status, expected);
}

Deno.test("readBody() gives a body that keeps its limits, also when it comes in parts", async () => {
  await check(requestOf(bodyOf(["pass", "word=x"], true)), "password=x");
  await check(requestOf(bodyOf([], true)), "");
  await check(new Request("http://localhost/", { method: "POST" }), "");
});

Deno.test("readBody() reads no more than its limit, whatever the head promises", async () => {
  await check(requestOf(bodyOf(["12345678901"], true)), 413);
  await check(requestOf(bodyOf(["12345", "678901"], false)), 413);
  await check(requestOf(bodyOf(["a"], false), { "content-length": "11" }), 413);
});

Deno.test("readBody() gives up on a body that never ends, however slow its sender", async () => {
  await check(requestOf(bodyOf(["pass"], false)), 408);
  await check(requestOf(bodyOf([], false)), 408);
});

Deno.test("readBody() says that a body broke off", async () => {
  const broken = new ReadableStream({ pull: () => Promise.reject(new Error("reset")) });
  await check(requestOf(broken), 400);
});
