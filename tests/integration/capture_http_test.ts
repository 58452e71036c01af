/** Streams over HTTP and devices: one FFmpeg that is started again for ever. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { missingDecoders, probeFile } from "../../capture/probe.ts";
import { openSource } from "../../capture/open_source.ts";
import { ffmpeg, TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { makeCertificate, TlsFront } from "../support/tls_front.ts";

const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const clip = folder.file("clip.mp4");
await makeNumberedClip(clip, { width: 320, height: 240, fps: 10, frames: 30, gop: 10 });
await ffmpeg(["-i", clip, "-q:v", "3", folder.file("%03d.jpg")]);
const pictures = Array.from(
  { length: 30 },
  (_, at) => Deno.readFileSync(folder.file(`${String(at + 1).padStart(3, "0")}.jpg`)),
);

function open(url: string, sink: RecordingSink, certificate?: string) {
  const options = { camera: "web", url, fps: 20, width: 640, loop: false, seed: 1 };
  return openSource({ ...options, certificate }, sink, parts);
}

/** A camera that sends JPEGs over HTTP, ten a second, to those who know the password. */
function serveJpegs() {
  let stalled = false;
  const stop = new AbortController();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen() {} },
    (request) => {
      if (request.headers.get("authorization") !== `Basic ${btoa("u:p@ss")}`) {
        const headers = { "www-authenticate": 'Basic realm="camera"' };
        return new Response("", { status: 401, headers });
      }
      let timer: ReturnType<typeof setInterval> | undefined;
      let at = 0;
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          timer = setInterval(() => {
            if (stalled) return;
            const picture = pictures[at++ % pictures.length]!;
            const head =
              `--b\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`;
            controller.enqueue(encoder.encode(head));
            controller.enqueue(picture);
            controller.enqueue(encoder.encode("\r\n"));
          }, 100);
        },
        cancel: () => clearInterval(timer),
      });
      const headers = { "content-type": "multipart/x-mixed-replace; boundary=b" };
      return new Response(body, { headers });
    },
  );
  return {
    host: `127.0.0.1:${server.addr.port}`,
    stall: (now: boolean) => stalled = now,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await server.finished;
    },
  };
}

Deno.test("a JPEG stream over HTTP gives frames, is stalled, and comes back", async () => {
  await using camera = serveJpegs();
  const sink = new RecordingSink();
  await using source = await open(`http://u:p@ss@${camera.host}/video?token=t0k`, sink);
  await sink.moreFrames(15);
  const [first, last] = [sink.frames[0]!, sink.frames.at(-1)!];
  assert.equal((first.number + 14) % 30, last.number, "none left out");
  const passedMs = (last.ptsUs - first.ptsUs) / 1e3;
  const cameMs = last.arrivalMs - first.arrivalMs;
  // By the 25 a second that FFmpeg takes for granted it would be 840 ms less.
  assert.ok(Math.abs(passedMs - cameMs) < 500, `${passedMs} ms, came in ${cameMs} ms`);
  for (const pid of source.children) {
    assert.doesNotMatch(Deno.readTextFileSync(`/proc/${pid}/cmdline`), /p%40ss|t0k/);
  }
  camera.stall(true);
  const stalled = await sink.untilState("stalled", 0, 6_000);
  camera.stall(false);
  await sink.untilState("online", stalled, 12_000);
  assert.doesNotMatch(sink.words.join(), /p@ss|t0k/);
  await source[Symbol.asyncDispose]();
  assert.deepEqual(source.children, []);
});

/** MPEG-TS as a camera sends it: as it comes, of some seconds of noise. */
function serveLive(bytes: Uint8Array<ArrayBuffer>, seconds: number) {
  const parts = seconds * 20;
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    let part = 0;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        timer = setInterval(() => {
          if (part === parts) return;
          const [from, to] = [part, ++part].map((at) =>
            Math.floor(bytes.length * at / parts)
          );
          controller.enqueue(bytes.slice(from, to));
        }, 50);
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(body, { headers: { "content-type": "video/mp2t" } });
  });
}

Deno.test("pictures of a damaged stream over HTTP are doubted, and believed again", async () => {
  const file = folder.file("torn.ts");
  await makeNumberedClip(file, {
    width: 320,
    height: 240,
    fps: 10,
    frames: 100,
    gop: 10,
  });
  const bytes = Deno.readFileSync(file);
  // Some packets of 188 bytes of the fourth second are lost.
  const lost = 188 * Math.floor(bytes.length * .35 / 188);
  const torn = new Uint8Array(bytes.length - 188 * 3);
  torn.set(bytes.subarray(0, lost));
  torn.set(bytes.subarray(lost + 188 * 3), lost);
  await using server = serveLive(torn, 10);
  const sink = new RecordingSink();
  await using _source = await open(`http://127.0.0.1:${server.addr.port}/a.ts`, sink);
  const doubtful = await sink.untilState("doubtful");
  await sink.untilState("online", doubtful);
  await sink.until("clean frame", () => sink.frames.at(-1)?.doubtful === false);
  const doubted = sink.frames.filter((frame) => frame.doubtful).length;
  assert.ok(doubted >= 5, `${doubted} frames`);
  assert.equal(sink.frames[0]!.doubtful, false);
});

Deno.test("a stream over https is had from who has the pinned certificate, and nobody else", async () => {
  const certificate = await makeCertificate(folder.file("web"));
  await using camera = serveJpegs();
  const port = Number(camera.host.split(":")[1]);
  await using front = new TlsFront(port, certificate);
  const url = `https://u:p@ss@127.0.0.1:${front.port}/video?token=t0k`;
  const refused = new RecordingSink();
  {
    await using _source = await open(url, refused);
    const at = await refused.untilState("offline");
    assert.equal(refused.states[at]!.why, "tls");
    assert.ok(refused.words[at]!.includes(certificate.fingerprint), refused.words[at]);
    assert.equal(front.received, "", "not a byte");
  }
  const sink = new RecordingSink();
  const source = await open(url, sink, certificate.fingerprint);
  await sink.moreFrames(15);
  assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
  assert.match(front.received, new RegExp(`Host: 127\\.0\\.0\\.1:${front.port}\r`));
  await source[Symbol.asyncDispose]();
  assert.deepEqual(source.children, []);
});

Deno.test("an HTTP stream or a device that cannot be had says why", async () => {
  await using camera = serveJpegs();
  const cases = [
    [`http://u:wr0ng@${camera.host}/video`, "auth"],
    ["http://127.0.0.1:9/video", "refused"],
    ["http://nonesuch.invalid/video", "dns"],
    ["/dev/video99", "not_found"],
  ] as const;
  await Promise.all(cases.map(async ([url, why]) => {
    const sink = new RecordingSink();
    await using _source = await open(url, sink);
    const at = await sink.untilState("offline");
    assert.equal(sink.states[at]!.why, why, url);
    assert.doesNotMatch(sink.words[at]!, /wr0ng/);
  }));
});

Deno.test("a stream that never answers is let go of at once", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  const sink = new RecordingSink();
  const source = await open(`http://127.0.0.1:${port}/video`, sink);
  using _asked = await listener.accept();
  const begin = performance.now();
  await source[Symbol.asyncDispose]();
  const tookMs = performance.now() - begin;
  assert.ok(tookMs < 5_000, `${tookMs} ms, and it is waited for 10 s`);
});

Deno.test("probeFile() tells what a file holds, and that it is none", async () => {
  const { format, video, audio } = await probeFile(clip);
  assert.match(format, /mp4/);
  assert.deepEqual([video, audio], [["h264"], []]);
  await assert.rejects(
    probeFile(folder.file("nonesuch")),
    /Cannot make sense of the file/,
  );
});

Deno.test("missingDecoders() finds what cameras need in this FFmpeg", async () => {
  assert.deepEqual(await missingDecoders(), []);
});
