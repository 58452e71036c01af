import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../base/clock.ts";
import { type FakeOllama, fakeOllama } from "../tests/support/fake_ollama.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import type { Script } from "../tests/support/ollama_script.ts";
import { ownLoopback } from "../tests/support/own_loopback.ts";
import { paintedCrop } from "../tests/support/painted_crop.ts";
import { eventually } from "../tests/support/program.ts";
import { seenShape } from "../tests/support/seen_shape.ts";
import { jpegOf } from "./image.ts";
import { OllamaServer, type Outcome } from "./ollama.ts";
import { promptOf } from "./prompt.ts";

const never = new AbortController().signal;
const prompt = promptOf(["FRAME 1"]);

function serverAt(url: string): OllamaServer {
  return new OllamaServer(url, systemClock);
}

/** `done …` or `busy: …`. */
function said(outcome: Outcome<unknown>): string {
  if (outcome.kind === "failed") {
    return `${outcome.failure.kind}: ${outcome.failure.words}`;
  }
  return `done ${JSON.stringify(outcome.value)}`;
}

async function ask(url: string, model: string, signal = never): Promise<string> {
  const picture = await jpegOf(paintedCrop());
  const asking = { model, prompt, picture, deadlineMs: 10_000 };
  return said(await serverAt(url).ask(asking, signal));
}

async function checkScript(script: Script, answer: string | RegExp): Promise<void> {
  await using ollama = await fakeOllama();
  ollama.script(script);
  const got = await ask(ollama.url, "vision");
  if (typeof answer === "string") assert.equal(got, answer);
  else assert.match(got, answer);
}

Deno.test("OllamaServer.ask() shows the picture with the prompt and gives the answer", async () => {
  await using ollama = await fakeOllama();
  ollama.script({ text: (_, [image]) => seenShape(image!) });
  assert.equal(
    await ask(ollama.url, "vision"),
    'done {"text":"red square","isWhole":true}',
  );
  const [{ body, images }] = ollama.questions as [FakeOllama["questions"][0]];
  assert.equal(images.length, 1);
  assert.deepEqual(body.messages?.map(({ content }) => content), [
    prompt.system,
    prompt.user,
  ]);
  assert.equal(body.keep_alive, "10m");
  assert.equal(body["think"], false);
});

Deno.test("OllamaServer.ask() says in words what went wrong, each case", async () => {
  const broke = "an error was encountered while running the model: unexpected EOF";
  const busy = "server busy, please try again. maximum pending requests exceeded";
  const inString = (message: string) =>
    JSON.stringify({ error: { code: 500, message, type: "server_error" } });
  const text = "got exception: Chunk not found";
  await checkScript({ end: "error" }, `broken: the answer broke off (${broke})`);
  await checkScript(
    { end: "cut" },
    /^broken: the answer broke off \(error reading a body/,
  );
  await checkScript(
    { end: "eof" },
    /^broken: the answer broke off \(Did not receive done/,
  );
  await checkScript(
    { fail: { status: 503, error: busy.replace("  ", " ") } },
    `busy: status 503: ${busy}`,
  );
  await checkScript(
    { fail: { status: 500, error: inString(text) } },
    `broken: status 500: ${text}`,
  );
  await checkScript(
    { fail: { status: 502, html: "<html>502 Bad Gateway</html>" } },
    "stranger: no Ollama server answers there, status 502: 502 Bad Gateway",
  );
  await checkScript({ fail: { status: 400, error: "no" } }, "refused: status 400: no");
});

Deno.test("OllamaServer.ask() tells a model that is gone from one that cannot see", async () => {
  await using ollama = await fakeOllama();
  assert.equal(await ask(ollama.url, "nope"), "missing: model 'nope' not found");
  const blind =
    "Multimodal data provided, but model does not support multimodal requests.";
  assert.equal(await ask(ollama.url, "text"), `blind: ${blind}`);
});

Deno.test("OllamaServer says of an address where nobody listens that nobody does", async () => {
  const ollama = await fakeOllama({ address: ownLoopback() });
  await ollama.stop();
  const server = serverAt(ollama.url);
  const refused = "unreachable: nobody listens there (connection refused)";
  assert.equal(said(await server.isThere(never)), refused);
  assert.equal(said(await server.installed(never)), refused);
  assert.equal(await ask(ollama.url, "vision"), refused);
});

Deno.test("OllamaServer says of who closes the connection that he does, the same each time", async () => {
  const address = ownLoopback();
  using listener = Deno.listen({ hostname: address, port: 0 });
  const closing = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(10));
      connection.close();
    }
  })();
  const server = serverAt(`http://${address}:${listener.addr.port}/below`);
  const closes = "unreachable: it closes the connection without an answer";
  for (let look = 0; look < 3; look++) {
    assert.equal(said(await server.isThere(never)), closes);
  }
  listener.close();
  await closing;
});

Deno.test("OllamaServer.ask() leaves a model that talks without end", async () => {
  await using ollama = await fakeOllama();
  const answer = await ask(ollama.url, "vision-long");
  assert.match(answer, /^done \{"text":"person person .*","isWhole":false\}$/);
  assert.ok(answer.length < 4_100);
  await eventually("the request is left", () => ollama.questions[0]!.state !== "open");
});

Deno.test("OllamaServer.ask() knows an answer that was cut by its length", async () => {
  await checkScript(
    { text: "A person walks", reason: "length" },
    'done {"text":"A person walks","isWhole":false}',
  );
});

for (const model of ["vision-hang", "vision-stall"]) {
  Deno.test(`OllamaServer.ask() ends at its deadline and when stopped: ${model}`, async () => {
    await using ollama = await fakeOllama();
    const clock = new ManualClock();
    const server = new OllamaServer(ollama.url, clock);
    const picture = await jpegOf(paintedCrop());
    const asking = { model, prompt, picture, deadlineMs: 60_000 };
    const late = server.ask(asking, never);
    await eventually("it is asked", () => ollama.questions.length === 1);
    clock.advance(60_000);
    assert.equal(said(await late), "late: no answer within 60 s");
    const stop = new AbortController();
    const stopped = server.ask(asking, stop.signal);
    await eventually(
      "the first one is left",
      () => ollama.questions[0]!.state === "broken off" && ollama.questions.length === 2,
    );
    stop.abort(); // and the clock stands
    assert.equal(said(await stopped), "stopped: we stopped it");
    await eventually("the second too", () => ollama.questions[1]!.state === "broken off");
  });
}

Deno.test("OllamaServer.load() and unload() ask nothing, with the context of the questions", async () => {
  await using ollama = await fakeOllama();
  const server = serverAt(ollama.url);
  assert.equal((await server.load("vision", never)).kind, "done");
  assert.equal((await server.unload("vision", never)).kind, "done");
  await ask(ollama.url, "vision");
  const [load, unload, question] = ollama.seen;
  assert.equal(ollama.questions.length, 1);
  assert.equal(load!.body.keep_alive, "10m");
  assert.deepEqual(load!.body["options"], question!.body["options"]);
  assert.equal(unload!.body.keep_alive, 0);
});

for (const saysCapabilities of [true, false]) {
  const how = saysCapabilities ? "its list says" : "it is asked for each model";
  Deno.test(`OllamaServer.installed() knows who can see when ${how}`, async () => {
    const models = ["vision", "text", "vision-cloud"];
    await using ollama = await fakeOllama({ models, saysCapabilities });
    const outcome = await serverAt(ollama.url + "/").installed(never);
    assert.ok(outcome.kind === "done");
    const sizeBytes = 632_602;
    assert.deepEqual(outcome.value.map(({ digest: _, ...model }) => model), [
      { name: "vision:latest", sizeBytes, isRemote: false, canSee: true },
      { name: "text:latest", sizeBytes, isRemote: false, canSee: false },
      { name: "vision-cloud:latest", sizeBytes, isRemote: true, canSee: true },
    ]);
    const digests = outcome.value.map(({ digest }) => digest ?? "");
    assert.equal(new Set(digests).size, 3);
    assert.ok(digests.every((digest) => /^[0-9a-f]{64}$/.test(digest)));
  });

  Deno.test(`OllamaServer.installed() has the wanted model among many when ${how}`, async () => {
    const others = Array.from({ length: 70 }, (_, at) => `text${at}`);
    const models = [...others, "vision", "vision2"];
    await using ollama = await fakeOllama({ models, saysCapabilities });
    const outcome = await serverAt(ollama.url).installed(never, "vision2");
    assert.ok(outcome.kind === "done");
    assert.equal(outcome.value.length, 72);
    const seeing = outcome.value.filter(({ canSee }) => canSee);
    const all = ["vision:latest", "vision2:latest"];
    assert.deepEqual(
      seeing.map(({ name }) => name),
      saysCapabilities ? all : all.slice(1),
    );
  });
}

/** Somebody else on that port: answers all the same. */
async function stranger(type: string, body: string | Uint8Array) {
  const server = createServer((_, response) => {
    response.setHeader("content-type", type);
    response.end(body);
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  const { port } = server.address() as AddressInfo;
  const stop = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${port}`, [Symbol.dispose]: stop };
}

Deno.test("OllamaServer takes what is no Ollama for a stranger, without a word on the console", async () => {
  const printed: unknown[] = [];
  const cases = [
    ["text/html", "<html>login</html>"],
    ["application/json", "<html>"],
    ["application/json", "[]"],
    ["application/json", '{"models":7}'],
    ["application/x-ndjson", "no json\n"],
    ["application/x-ndjson", "7\n"],
    ["application/json", new Uint8Array(5_000_000).fill(32)],
  ] as const;
  const { log, warn } = console;
  console.log = console.warn = (...words: unknown[]) => void printed.push(words);
  try {
    for (const [type, body] of cases) {
      using other = await stranger(type, body);
      const server = serverAt(other.url);
      assert.match(said(await server.installed(never)), /^stranger: /, type);
      assert.match(said(await server.isThere(never)), /^stranger: /, type);
      assert.match(await ask(other.url, "vision"), /^(stranger|broken): /, type);
    }
  } finally {
    console.log = log;
    console.warn = warn;
  }
  assert.deepEqual(printed, []);
});

Deno.test("OllamaServer sends a login of its URL as a header, and shows it nowhere", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(403).end();
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  const { port } = server.address() as AddressInfo;
  const ollama = serverAt(`http://me:p%C3%A4ss%20word@127.0.0.1:${port}/`);
  assert.equal(ollama.host, `http://127.0.0.1:${port}`);
  assert.match(
    said(await ollama.isThere(never)),
    /^refused: status 403, it refuses this/,
  );
  assert.equal(seen[0], `Basic ${btoa("me:p\u00c3\u00a4ss word")}`);
  const odd = serverAt(`http://a%zz:b@127.0.0.1:${port}/`);
  await odd.isThere(never);
  assert.equal(seen[1], `Basic ${btoa("a%zz:b")}`);
  server.close().closeAllConnections();
});

Deno.test("OllamaServer asks below the path of its URL, and shows neither path nor query", async () => {
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    response.writeHead(404).end();
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  const { port } = server.address() as AddressInfo;
  const ollama = serverAt(`http://127.0.0.1:${port}/below/?token=secret#part`);
  assert.equal(ollama.host, `http://127.0.0.1:${port}`);
  const words = said(await ollama.isThere(never));
  assert.doesNotMatch(words, /token|secret/);
  assert.deepEqual(paths, ["/below/api/version"]);
  server.close().closeAllConnections();
});
