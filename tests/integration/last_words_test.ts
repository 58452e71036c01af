/**
 * The end of a file: what was seen last is still said, posted and shown to the model.
 */
import assert from "node:assert/strict";
import { Cameras } from "../../app/cameras.ts";
import type { Outlet } from "../../app/pipeline.ts";
import { openWords, type Words } from "../../app/words.ts";
import { AlertBoard } from "../../base/alerts.ts";
import { sleep, systemClock } from "../../base/clock.ts";
import { openInstanceFolder } from "../../capture/frame/instance_folder.ts";
import { settings } from "../../config/schema.ts";
import type { SessionRecord } from "../../store/session_format.ts";
import { analysisPool } from "../support/analysis_pool.ts";
import { TestFolder } from "../support/clips.ts";
import { fakeOllama } from "../support/fake_ollama.ts";
import { finish } from "../support/program.ts";
import { makeWalkerClip } from "../support/walker_clip.ts";
import { WebhookReceiver } from "../support/webhook_receiver.ts";

const NEVER = new AbortController().signal;
/** A receiver, a model and a player that are slower than the clip's last sentences come. */
const SLOW_MS = 700;

/** Plays `clip` from its beginning to its end, with words to all that `more` names. */
async function watched(clip: string, folder: TestFolder, more: object) {
  await using opened = new AsyncDisposableStack();
  const parsed = settings.parse({ cameras: { gate: { url: clip } }, ...more });
  const alerts = new AlertBoard(systemClock);
  const cameras = new Cameras();
  const words = opened.use(
    await openWords(parsed, {
      clock: systemClock,
      alerts,
      near: [],
      pictureOf: async (camera, track) =>
        await cameras.get(camera)?.pipeline.pictureOf(track),
      wishOf: () => undefined,
    }),
  )!;
  const pool = opened.use(analysisPool(systemClock));
  const parent = folder.file("rings");
  const rings = opened.use(await openInstanceFolder({ parent, instance: "test" }));
  // Closed before the folder that they write to.
  opened.use(cameras);
  const outlet = outletTo(words, cameras);
  await cameras.open(parsed, {
    ...{ clock: systemClock, alerts, outlet, folder: rings, pictures: true },
    ...{ pool, models: undefined, classModel: undefined },
  });
  assert.equal(await cameras.ended, undefined);
  const owned = opened.move();
  return { words, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function outletTo(words: Words, cameras: Cameras): Outlet {
  return {
    observed: (camera, observation) => words.observed(camera, observation),
    episode: (camera, change) => words.changed(camera, change),
    changed: () => {},
    clockWasSet: () => {},
    unusable: () => {},
    ended: (_camera, fault) => cameras.hearEnd(fault),
  };
}

Deno.test("the last sentences of a file are posted, said and asked for, however slow", async () => {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 320, height: 240 });
  await using receiver = new WebhookReceiver(async () => {
    await sleep(systemClock, SLOW_MS);
    return new Response(null, { status: 204 });
  });
  const text = "A tall figure in a dark coat crosses the yard slowly.";
  await using ollama = await fakeOllama({ usual: { text, tokenMs: SLOW_MS } });
  const player = ["sh", "-c", `cat >/dev/null; sleep ${SLOW_MS / 1_000}`];
  const wav = ["espeak-ng", "--stdin", "--stdout"];
  const told = {
    ollama: { url: ollama.url },
    webhook: { url: receiver.url },
    speech: { engine: "command", command: wav, player },
  };
  await using box = await watched(clip, folder, told);
  const { counts, webhook, speaker } = box.words;
  assert.ok(counts.answered === 0 && counts.asked === 1, "the model is at it");
  await box.words.finish(NEVER);
  assert.equal(counts.answered, 1);
  const texts = receiver.posts.map(({ body }) => body.text);
  assert.deepEqual([texts.length, webhook!.counts.delivered], [counts.told, counts.told]);
  assert.equal(texts.at(-1), text);
  const { spoken, update, no_news, twin, replaced, ...rest } = speaker!.counts;
  assert.equal(spoken + update + no_news + twin + replaced, counts.told);
  assert.ok(spoken >= 2, JSON.stringify(speaker!.counts));
  assert.ok(Object.values(rest).every((count) => count === 0), JSON.stringify(rest));
});

Deno.test("whoever does not want to wait for the last words is not held up", async () => {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 320, height: 240 });
  await using receiver = new WebhookReceiver((_post, closing) =>
    new Promise((resolve) =>
      closing.addEventListener("abort", () => resolve(new Response(null)))
    )
  );
  const told = { ollama: { model: "off" }, webhook: { url: receiver.url } };
  await using box = await watched(clip, folder, told);
  const stop = new AbortController();
  const finishing = box.words.finish(stop.signal);
  using _soon = systemClock.after(200, () => stop.abort());
  const begin = performance.now();
  await finishing;
  assert.ok(performance.now() - begin < 30_000, "they are given a minute");
  await box.words[Symbol.asyncDispose]();
  assert.equal(box.words.webhook!.counts.dropped, box.words.counts.told);
});

Deno.test("a run that ends with its file has posted every sentence of its page", async () => {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 320, height: 240 });
  await using receiver = new WebhookReceiver(async () => {
    await sleep(systemClock, SLOW_MS);
    return new Response(null, { status: 204 });
  });
  const page = folder.file("session.html");
  const { code, stderr } = await finish([
    ...["run", "--url", clip, "--model", "off", "--webhook", receiver.url],
    ...["--html", page, "--port", "0", "--original-port", "-1"],
    ...["--control-socket", "off"],
  ], 40_000);
  assert.equal(code, 0, stderr);
  const json = /id="session">(.*?)<\/script>/s.exec(Deno.readTextFileSync(page))![1]!;
  const { narrations }: SessionRecord = JSON.parse(json);
  assert.ok(narrations.length >= 2);
  assert.deepEqual(
    receiver.posts.map(({ body }) => body.text),
    narrations.map(({ text }) => text),
  );
  assert.doesNotMatch(stderr, /webhook\.stopped/);
});
