/**
 * The webhook against a real receiver on loopback that behaves as receivers do on good
 * and on bad days.
 */
import assert from "node:assert/strict";
import { generate } from "selfsigned";
import { AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { webhookSettings } from "../../config/schema.ts";
import { openWebhook, type Webhook } from "../../notify/webhook.ts";
import { TestFolder } from "../support/clips.ts";
import { ownLoopback } from "../support/own_loopback.ts";
import { eventually } from "../support/program.ts";
import { makeNarration } from "../support/speech.ts";
import {
  type Answering,
  type Arrived,
  WebhookReceiver,
} from "../support/webhook_receiver.ts";

/** A webhook on a real clock, with its alerts. */
class Posting implements AsyncDisposable {
  readonly board = new AlertBoard(systemClock);
  readonly webhook: Webhook;

  constructor(url: string, more: { timeoutS?: number; authorities?: string } = {}) {
    const { timeoutS = 5, authorities = "/nonesuch" } = more;
    this.webhook = openWebhook({
      clock: systemClock,
      log: silentLog,
      alerts: this.board,
      settings: webhookSettings.parse({ url, token: "T0KEN", timeoutS, tries: 3 }),
      chance: () => 0,
      authorities,
    });
  }

  tell(...ids: number[]): void {
    for (const id of ids) this.webhook.offer({ narration: makeNarration({ id }) });
  }

  /** Waits until `count` sentences were delivered or given up. */
  async settled(count: number): Promise<void> {
    await eventually(`${count} are settled`, () => {
      const { delivered, givenUp } = this.webhook.counts;
      return delivered + givenUp >= count;
    });
  }

  async alerted(words: RegExp): Promise<void> {
    await eventually(`an alert says ${words}`, () => words.test(this.alertWords));
    assert.doesNotMatch(JSON.stringify(this.board.list()), /T0KEN|hooks/);
  }

  get alertWords(): string {
    return this.board.list().map(({ words }) => words).join();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.webhook[Symbol.asyncDispose]();
  }
}

function narrationsOf(receiver: WebhookReceiver): number[] {
  return receiver.posts.map(({ body }) => body.narration);
}

/** Answers with each of `answers` once, then with 204. */
function inTurn(...answers: Answering[]): Answering {
  return (post, closing) => {
    const answer = answers.shift();
    return answer ? answer(post, closing) : new Response(null, { status: 204 });
  };
}

function status(code: number): Answering {
  return () => new Response("T0KEN", { status: code });
}

/** Never answers; holds the connection until the receiver closes. */
function hang(_post: Arrived, closing: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    closing.addEventListener("abort", () => resolve(new Response(null)));
  });
}

Deno.test("a healthy receiver gets what the page of the webhook tells", async () => {
  await using receiver = new WebhookReceiver();
  await using posting = new Posting(receiver.url);
  const picture = Uint8Array.from([0xff, 0xd8, 1, 2, 3]);
  const narration = makeNarration({ id: 9, text: "Naïve <b>“person”</b>", zone: "gate" });
  posting.webhook.offer({ narration, picture });
  await receiver.arrived(1);
  const { path, headers, body } = receiver.posts[0]!;
  assert.equal(path, "/hooks/T0KEN");
  assert.equal(headers.get("authorization"), "Bearer T0KEN");
  assert.match(headers.get("content-type")!, /^application\/json/);
  assert.equal(headers.get("idempotency-key"), body.delivery);
  assert.deepEqual([body.version, body.narration, body.zone], [1, 9, "gate"]);
  assert.equal(body.text, narration.text);
  assert.equal(body.picture, btoa(String.fromCharCode(...picture)));
});

Deno.test("a picture of the largest size arrives whole", async () => {
  await using receiver = new WebhookReceiver();
  await using posting = new Posting(receiver.url);
  const large = Uint8Array.from({ length: 256_000 }, (_, at) => (at * at) % 251);
  posting.webhook.offer({ narration: makeNarration(), picture: large });
  await posting.settled(1);
  const arrived = Uint8Array.from(
    atob(receiver.posts[0]!.body.picture),
    (letter) => letter.charCodeAt(0),
  );
  assert.deepEqual(arrived, large);
});

Deno.test("what got 500 comes again with the same id, before what is newer", async () => {
  await using receiver = new WebhookReceiver(inTurn(status(500)));
  await using posting = new Posting(receiver.url);
  posting.tell(1, 2, 3);
  await posting.settled(3);
  assert.deepEqual(narrationsOf(receiver), [1, 1, 2, 3]);
  const ids = receiver.posts.map(({ body }) => body.delivery);
  assert.equal(ids[0], ids[1]);
  assert.equal(new Set(ids).size, 3);
  assert.equal(posting.webhook.counts.delivered, 3);
});

Deno.test("a receiver that hangs is left after the timeout, and asked again", async () => {
  await using receiver = new WebhookReceiver(inTurn(hang, hang));
  await using posting = new Posting(receiver.url, { timeoutS: 0.3 });
  posting.tell(1);
  await posting.alerted(/no answer within 0.3 s/);
  await posting.settled(1);
  assert.deepEqual(narrationsOf(receiver), [1, 1, 1]);
  assert.equal(posting.alertWords, "");
});

Deno.test("a receiver that drips its answer holds nothing up beyond the timeout", async () => {
  const drip: Answering = (_post, closing) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        timer = setInterval(() => controller.enqueue(new Uint8Array(1)), 20);
        closing.addEventListener("abort", () => clearInterval(timer));
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(body, { status: 200 });
  };
  await using receiver = new WebhookReceiver(inTurn(drip));
  await using posting = new Posting(receiver.url, { timeoutS: 0.3 });
  posting.tell(1, 2);
  await posting.settled(2);
  assert.deepEqual(narrationsOf(receiver), [1, 2], "200 was said: it is not sent again");
});

Deno.test("an answer without an end is not read to its end", async () => {
  let sent = 0;
  const flood: Answering = () => {
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    };
    return new Response(new ReadableStream({ pull }));
  };
  await using receiver = new WebhookReceiver(inTurn(flood));
  await using posting = new Posting(receiver.url, { timeoutS: 5 });
  posting.tell(1, 2);
  await posting.settled(2);
  assert.ok(sent < 20_000_000, `${sent} bytes: read for its five seconds`);
});

Deno.test("a redirect is not followed: the token stays here", async () => {
  await using other = new WebhookReceiver();
  const redirect: Answering = () => Response.redirect(other.url, 307);
  await using receiver = new WebhookReceiver(redirect);
  await using posting = new Posting(receiver.url);
  posting.tell(1);
  await posting.alerted(new RegExp(`redirects to http://127.0.0.1:${other.port}`));
  assert.deepEqual([receiver.posts.length, other.posts.length], [1, 0]);
});

Deno.test("413 is given up at once, and what follows is delivered", async () => {
  await using receiver = new WebhookReceiver(inTurn(status(413)));
  await using posting = new Posting(receiver.url);
  posting.tell(1, 2);
  await posting.settled(2);
  assert.deepEqual(narrationsOf(receiver), [1, 2]);
  const { givenUp, delivered } = posting.webhook.counts;
  assert.deepEqual([givenUp, delivered], [1, 1]);
});

Deno.test("a receiver that goes and comes back gets the rest, in order", async () => {
  const address = ownLoopback();
  const first = new WebhookReceiver(undefined, { address });
  await using posting = new Posting(first.url);
  posting.tell(1);
  await posting.settled(1);
  await first[Symbol.asyncDispose]();
  posting.tell(2, 3);
  await posting.alerted(/nobody listens there/);
  await using back = new WebhookReceiver(undefined, { address, port: first.port });
  await posting.settled(3);
  assert.deepEqual(narrationsOf(back), [2, 3]);
  assert.equal(posting.alertWords, "");
});

Deno.test("a receiver that closes the connection is asked again", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closing = (async () => {
    for await (const connection of listener) connection.close();
  })();
  const { port } = listener.addr as Deno.NetAddr;
  {
    await using posting = new Posting(`http://127.0.0.1:${port}/hooks/T0KEN`);
    posting.tell(1);
    await posting.alerted(/it closed the connection/);
  }
  listener.close();
  await closing;
});

/** A certificate of nobody but ourselves, for 127.0.0.1. */
async function ownCertificate(): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: "commonName", value: "receiver" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

Deno.test("an unknown certificate is refused in words, and taken when the box trusts it", async () => {
  const certificate = await ownCertificate();
  await using receiver = new WebhookReceiver(undefined, certificate);
  {
    await using posting = new Posting(receiver.url);
    posting.tell(1);
    await posting.alerted(/its certificate is not from an authority/);
    assert.match(posting.board.list()[0]!.toDo, /update-ca-certificates/);
  }
  assert.equal(receiver.posts.length, 0);
  using folder = new TestFolder();
  const authorities = folder.file("authorities.crt");
  Deno.writeTextFileSync(authorities, certificate.cert);
  await using posting = new Posting(receiver.url, { authorities });
  posting.tell(2);
  await posting.settled(1);
  assert.deepEqual(narrationsOf(receiver), [2]);
});

Deno.test("the wrong scheme is told in words", async () => {
  await using plain = new WebhookReceiver();
  await using posting = new Posting(plain.url.replace("http:", "https:"));
  posting.tell(1);
  await posting.alerted(/it does not speak TLS there/);
});

Deno.test("a stop waits half a second for a receiver that hangs, no longer", async () => {
  await using receiver = new WebhookReceiver(hang);
  const posting = new Posting(receiver.url, { timeoutS: 60 });
  posting.tell(1, 2, 3);
  await receiver.arrived(1);
  const begin = performance.now();
  await posting[Symbol.asyncDispose]();
  const tookMs = performance.now() - begin;
  assert.ok(tookMs > 400 && tookMs < 30_000, `${tookMs} ms, and it hangs for a minute`);
  assert.equal(posting.webhook.counts.dropped, 3);
});
