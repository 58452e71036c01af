import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import { Fault } from "../base/fault.ts";
import type { Facts, Log } from "../base/log.ts";
import { webhookSettings } from "../config/schema.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { makeNarration } from "../tests/support/speech.ts";
import { openWebhook, type Webhook } from "./webhook.ts";

const URL_WITH_TOKEN = "http://hooks.example:8080/T0KEN/in?key=T0KEN";

/** What a receiver does with one request. */
type Answer = number | "no network" | "never" | Response;

/** A receiver in memory: gives `answers` one after the other, then 200. */
class Receiving implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly board = new AlertBoard(this.clock);
  readonly posts: { readonly init: RequestInit; readonly atMs: number }[] = [];
  readonly logged: string[] = [];
  readonly webhook: Webhook;
  readonly answers: Answer[];

  constructor(answers: readonly Answer[], more: Record<string, unknown> = {}) {
    this.answers = [...answers];
    const { clock, board } = this;
    let ids = 0;
    this.webhook = openWebhook({
      clock,
      alerts: board,
      log: this.#log(),
      settings: webhookSettings.parse({ url: URL_WITH_TOKEN, token: "T0KEN", ...more }),
      fetch: (_url, init) => this.#answer(init!),
      chance: () => 0.5,
      newId: () => `id-${++ids}`,
    });
  }

  #answer(init: RequestInit): Promise<Response> {
    this.posts.push({ init, atMs: this.clock.monotonicMs() });
    const answer = this.answers.shift() ?? 200;
    if (answer === "no network") {
      const words = `error for url (${URL_WITH_TOKEN}): Connection refused`;
      return Promise.reject(new TypeError("fetch failed", { cause: new Error(words) }));
    }
    if (answer instanceof Response) return Promise.resolve(answer);
    if (answer !== "never") {
      return Promise.resolve(new Response(null, { status: answer }));
    }
    return new Promise((_, reject) => {
      init.signal!.addEventListener("abort", () => reject(new Error("aborted")));
    });
  }

  #log(): Log {
    const note = (event: string, facts: Facts = {}) =>
      void this.logged.push(`${event} ${JSON.stringify(facts)}`);
    return { debug: note, info: note, warn: note, error: note };
  }

  tell(...ids: number[]): void {
    for (const id of ids) this.webhook.offer({ narration: makeNarration({ id }) });
  }

  async pass(ms: number): Promise<void> {
    for (let done = 0; done < ms; done += 100) {
      await settle();
      this.clock.advance(Math.min(100, ms - done));
    }
    await settle();
  }

  /** Numbers of the narrations that were posted, in order. */
  get posted(): number[] {
    return this.posts.map(({ init }) => JSON.parse(String(init.body)).narration);
  }

  get alertWords(): readonly string[] {
    return this.board.list().map(({ words }) => words);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.webhook[Symbol.asyncDispose]();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

function headerOf(init: RequestInit, name: string): string | null {
  return new Headers(init.headers).get(name);
}

Deno.test("a webhook posts each sentence once, in order, with its own id", async () => {
  await using to = new Receiving([]);
  to.tell(1, 2, 3);
  await to.pass(100);
  assert.deepEqual(to.posted, [1, 2, 3]);
  const ids = to.posts.map(({ init }) => headerOf(init, "idempotency-key"));
  assert.deepEqual(ids, ["id-1", "id-2", "id-3"]);
  const { init } = to.posts[0]!;
  assert.equal(JSON.parse(String(init.body)).delivery, "id-1");
  assert.equal(headerOf(init, "authorization"), "Bearer T0KEN");
  assert.deepEqual([init.method, init.redirect], ["POST", "manual"]);
  assert.equal(to.webhook.counts.delivered, 3);
});

Deno.test("a webhook does not post what is kept quiet", async () => {
  await using to = new Receiving([]);
  const quiet = { kind: "quiet", reason: "echo" } as const;
  to.webhook.offer({ narration: makeNarration({ verdict: quiet }) });
  await to.pass(100);
  assert.deepEqual([to.posted, to.webhook.counts.quiet], [[], 1]);
});

Deno.test("a webhook tries again after growing waits, with the same id, in order", async () => {
  await using to = new Receiving(["no network", 503, 500]);
  to.tell(1, 2);
  await to.pass(10_000);
  assert.deepEqual(to.posted, [1, 1, 1, 1, 2]);
  assert.deepEqual(to.posts.map(({ atMs }) => atMs), [0, 1_000, 3_000, 7_000, 7_000]);
  const ids = to.posts.map(({ init }) => headerOf(init, "idempotency-key"));
  assert.deepEqual(ids, ["id-1", "id-1", "id-1", "id-1", "id-2"]);
  assert.deepEqual([to.webhook.counts.retries, to.webhook.counts.delivered], [3, 2]);
});

Deno.test("a webhook gives a delivery up after its tries, and goes on slowly", async () => {
  await using to = new Receiving(Array(9).fill("no network"), { tries: 3 });
  to.tell(1, 2, 3, 4);
  await to.pass(400_000);
  assert.deepEqual(to.posted, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
  const waits = to.posts.map(({ atMs }, at) => atMs - (to.posts[at - 1]?.atMs ?? 0));
  const seconds = waits.map((ms) => ms / 1_000);
  assert.deepEqual(seconds, [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  assert.deepEqual([to.webhook.counts.givenUp, to.webhook.counts.delivered], [3, 1]);
});

Deno.test("a webhook waits as long as it is asked to", async () => {
  const busy = new Response(null, { status: 429, headers: { "retry-after": "30" } });
  await using to = new Receiving([busy]);
  to.tell(1);
  await to.pass(31_000);
  assert.deepEqual(to.posts.map(({ atMs }) => atMs), [0, 30_000]);
});

Deno.test("a webhook gives up at once what the receiver refuses", async () => {
  await using to = new Receiving([413, 307]);
  to.tell(1, 2, 3);
  await to.pass(100);
  assert.deepEqual(to.posted, [1, 2, 3]);
  assert.deepEqual([to.webhook.counts.givenUp, to.webhook.counts.delivered], [2, 1]);
});

Deno.test("a webhook raises its alert at the second failure and clears it with success", async () => {
  await using to = new Receiving([500, "no network", 401]);
  to.tell(1);
  await to.pass(900);
  assert.deepEqual(to.alertWords, []);
  await to.pass(1_000);
  const begin = "The webhook http://hooks.example:8080 does not take what is posted: ";
  assert.deepEqual(to.alertWords, [`${begin}nobody listens there (connection refused)`]);
  await to.pass(3_000);
  assert.deepEqual(to.alertWords, [`${begin}it answers 401`]);
  assert.match(to.board.list()[0]!.toDo, /webhook\.token/);
  to.tell(2);
  await to.pass(5_000);
  assert.deepEqual(to.alertWords, []);
});

Deno.test("a webhook shows no path, query or token anywhere", async () => {
  await using to = new Receiving([500, "no network", 307, 404]);
  to.tell(1, 2, 3);
  await to.pass(60_000);
  assert.ok(to.logged.length >= 4);
  const told = to.logged.join("\n") + JSON.stringify(to.board.list());
  assert.doesNotMatch(told, /T0KEN|\/in/);
});

Deno.test("a webhook ends a try that takes too long", async () => {
  await using to = new Receiving(["never"], { timeoutS: 5 });
  to.tell(1);
  await to.pass(4_900);
  assert.equal(to.posts.length, 1);
  await to.pass(1_200);
  assert.equal(to.posts.length, 2);
  assert.match(to.logged[0]!, /no answer within 5 s/);
});

Deno.test("a webhook keeps the newest hundred while its receiver is silent", async () => {
  await using to = new Receiving(["never"]);
  to.tell(0);
  await to.pass(100);
  to.tell(...Array.from({ length: 150 }, (_, n) => n + 1));
  assert.equal(to.webhook.counts.dropped, 50);
  await to.pass(15_000);
  assert.deepEqual(to.posted.slice(0, 4), [0, 0, 51, 52]);
  assert.equal(to.webhook.counts.delivered, 101);
});

Deno.test("a webhook that stops gives its last delivery half a second", async () => {
  const to = new Receiving(["never"]);
  to.tell(1, 2, 3);
  await to.pass(100);
  let isClosed = false;
  const closing = to[Symbol.asyncDispose]().then(() => isClosed = true);
  await to.pass(400);
  assert.ok(!isClosed);
  await to.pass(200);
  assert.ok(isClosed);
  await closing;
  assert.equal(to.webhook.counts.dropped, 3);
  assert.match(to.logged.at(-1)!, /webhook\.stopped.*"dropped":3/);
  to.tell(4);
  assert.equal(to.posts.length, 1);
});

Deno.test("a webhook that stops does not wait for its next try", async () => {
  const to = new Receiving([503]);
  to.tell(1);
  await to.pass(100);
  await to[Symbol.asyncDispose]();
  assert.deepEqual([to.posts.length, to.webhook.counts.dropped], [1, 1]);
});

Deno.test("a webhook is drained when all that waits was posted or given up", async () => {
  await using to = new Receiving([500, 413]);
  to.tell(1, 2, 3);
  let isDrained = false;
  const draining = to.webhook.drained(new AbortController().signal)
    .then(() => isDrained = true);
  await to.pass(900);
  assert.equal(isDrained, false, "its receiver failed, and is asked again in a second");
  await to.pass(200);
  await draining;
  assert.deepEqual(to.posted, [1, 1, 2, 3]);
  assert.deepEqual([to.webhook.counts.delivered, to.webhook.counts.givenUp], [2, 1]);
});

Deno.test("a webhook is drained when nothing waits, and no longer than it is given", async () => {
  const enough = new AbortController();
  await using to = new Receiving(["never"]);
  await to.webhook.drained(enough.signal);
  to.tell(...Array.from({ length: 150 }, (_, n) => n));
  await to.pass(100);
  const draining = to.webhook.drained(enough.signal);
  enough.abort();
  await draining;
  await to.pass(15_000);
  await to.webhook.drained(new AbortController().signal);
});

Deno.test("a webhook that breaks at one sentence posts the others", async () => {
  await using to = new Receiving([]);
  to.webhook.offer({ narration: makeNarration({ id: 1, utcMs: Number.NaN }) });
  to.tell(2);
  await to.pass(100);
  assert.deepEqual(to.posted, [2]);
  const { givenUp, delivered } = to.webhook.counts;
  assert.deepEqual([givenUp, delivered], [1, 1]);
  assert.match(to.logged.join(), /webhook\.broke.*[Ii]nvalid/);
});

Deno.test("openWebhook() refuses what is no URL to post to, without showing it", () => {
  for (const url of ["T0KEN", "ftp://T0KEN.example/", "http://"]) {
    assert.throws(() => new Receiving([], { url }), (thrown) => {
      assert.ok(thrown instanceof Fault);
      assert.equal(thrown.kind, "config");
      assert.doesNotMatch(thrown.message, /T0KEN/);
      return true;
    });
  }
});

Deno.test("openWebhook() sends a URL's user and password as Basic", async () => {
  const url = "http://me:p%40ss@hooks.example/";
  await using to = new Receiving([], { url, token: undefined });
  to.tell(1);
  await to.pass(100);
  const sent = headerOf(to.posts[0]!.init, "authorization");
  assert.equal(sent, `Basic ${btoa("me:p@ss")}`);
});
