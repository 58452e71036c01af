/** A camera over TLS: who proves to be it gets the password, and nobody else. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { probeCamera } from "../../capture/probe_camera.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { isAlive } from "../support/program.ts";
import { makeCertificate, Switcher, TlsFront } from "../support/tls_front.ts";

const ignore = !hasRtspCamera;
const LOGIN = { user: "admin", password: "Pa55word" };
const FOR_LOOPBACK = [
  "subjectAltName=IP:127.0.0.1",
  "basicConstraints=critical,CA:FALSE",
];

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const clip = folder.file("small.mp4");
if (!ignore) {
  const shape = { fps: 15, frames: 60, gop: 15 };
  await makeNumberedClip(clip, { ...shape, width: 320, height: 240 });
}

function urlOf(port: number): string {
  return `rtsps://${LOGIN.user}:${LOGIN.password}@127.0.0.1:${port}/cam`;
}

function watch(port: number, sink: RecordingSink, certificate?: string) {
  const url = urlOf(port);
  const size = { fps: 10, width: 640, loop: false, seed: 1 };
  const options = { camera: "gate", url, certificate, ...size };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  return new CameraSession(parseSourceUrl(url) as StreamUrl, { options, sink, parts });
}

/** Waits for `offline`, which must be for the certificate; gives its words. */
async function refusal(sink: RecordingSink): Promise<string> {
  const at = await sink.untilState("offline");
  assert.equal(sink.states[at]!.why, "tls", sink.words[at]);
  assert.equal(sink.frames.length, 0);
  assert.doesNotMatch(sink.words[at]!, /Pa55word/);
  return sink.words[at]!;
}

Deno.test({
  name:
    "a certificate that nobody vouches for is told with its fingerprint, and gets nothing",
  ignore,
  async fn() {
    const certificate = await makeCertificate(folder.file("own"));
    await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
    await using front = new TlsFront(camera.port, certificate);
    const sink = new RecordingSink();
    await using _session = watch(front.port, sink);
    const words = await refusal(sink);
    assert.match(words, /self-signed certificate/);
    assert.ok(
      words.includes(`cameras.gate.certificate to ${certificate.fingerprint}`),
      words,
    );
    const source = parseSourceUrl(urlOf(front.port)) as StreamUrl;
    const probe = await probeCamera(source, { timeoutMs: 10_000, camera: "gate" });
    assert.equal(probe.kind === "none" && probe.why, "tls");
    assert.equal(front.received, "", "not a byte");
  },
});

Deno.test({
  name: "a pinned certificate is taken for no name and from no authority, and ends whole",
  ignore,
  async fn() {
    const certificate = await makeCertificate(folder.file("pinned"));
    await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
    await using front = new TlsFront(camera.port, certificate);
    const sink = new RecordingSink();
    const session = watch(front.port, sink, certificate.fingerprint);
    await sink.moreFrames(15);
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
    const children = session.children;
    for (const pid of children) {
      const title = Deno.readTextFileSync(`/proc/${pid}/cmdline`);
      assert.doesNotMatch(title, /Pa55word/);
    }
    assert.equal(children.length, 3, "the pipe, demux and decode");
    await session[Symbol.asyncDispose]();
    assert.deepEqual(children.filter(isAlive), []);
  },
});

Deno.test({
  name: "another certificate than the pinned one is refused, and so is who only shows it",
  ignore,
  async fn() {
    const own = await makeCertificate(folder.file("camera"));
    const other = await makeCertificate(folder.file("impostor"));
    await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
    await using front = new TlsFront(camera.port, own);
    await using impostor = new TlsFront(camera.port, other);
    {
      const sink = new RecordingSink();
      await using _session = watch(impostor.port, sink, own.fingerprint);
      const words = await refusal(sink);
      assert.match(words, /another certificate/);
      assert.ok(words.includes(other.fingerprint), words);
    }
    {
      // The camera's own is shown when it is looked at, then somebody else answers.
      await using between = new Switcher(front.port, impostor.port);
      const sink = new RecordingSink();
      await using _session = watch(between.port, sink, own.fingerprint);
      await refusal(sink);
      assert.ok(between.connections >= 2);
    }
    assert.equal(impostor.received, "", "not a byte");
  },
});

Deno.test({
  name: "an authority of the box vouches for the address in the URL and no other",
  ignore,
  async fn() {
    const right = await makeCertificate(folder.file("right"), FOR_LOOPBACK);
    const elsewhere = await makeCertificate(folder.file("elsewhere"), [
      "subjectAltName=IP:10.0.0.1",
    ]);
    const trusted = folder.file("authorities.pem");
    Deno.writeTextFileSync(trusted, right.certPem + elsewhere.certPem);
    Deno.env.set("SSL_CERT_FILE", trusted);
    try {
      await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
      await using front = new TlsFront(camera.port, right);
      await using wrong = new TlsFront(camera.port, elsewhere);
      const sink = new RecordingSink();
      await using _session = watch(front.port, sink, "verify");
      await sink.moreFrames(3);
      const refused = new RecordingSink();
      await using _other = watch(wrong.port, refused, "verify");
      assert.match(await refusal(refused), /IP address mismatch/);
      assert.equal(wrong.received, "");
      // What the box trusts counts for nothing beside a pin.
      const pinned = new RecordingSink();
      await using between = new Switcher(wrong.port, front.port);
      const before = front.connections;
      await using _third = watch(between.port, pinned, elsewhere.fingerprint);
      await refusal(pinned);
      assert.ok(front.connections > before, "it was asked");
    } finally {
      Deno.env.delete("SSL_CERT_FILE");
    }
  },
});

Deno.test({
  name: "what has no TLS, is not there or is silent is told apart from a bad certificate",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const plain = new RecordingSink();
    await using _first = watch(camera.port, plain);
    assert.match(await refusal(plain), /does not answer with TLS/);
    const refused = new RecordingSink();
    await using _second = watch(9, refused);
    const at = await refused.untilState("offline");
    assert.equal(refused.states[at]!.why, "refused");
    const waiting = new RecordingSink();
    const session = watch(silent.addr.port, waiting);
    const connection = await silent.accept();
    const beginMs = performance.now();
    await session[Symbol.asyncDispose]();
    // Which is given 10 s.
    assert.ok(performance.now() - beginMs < 5_000, "a stop waits for no handshake");
    connection.close();
  },
});

Deno.test({
  name: "certificate any proves nothing, and says so nowhere but in the settings",
  ignore,
  async fn() {
    const certificate = await makeCertificate(folder.file("any"));
    await using camera = await RtspCamera.start({ clips: [clip], ...LOGIN });
    await using front = new TlsFront(camera.port, certificate);
    const sink = new RecordingSink();
    await using _session = watch(front.port, sink, "any");
    await sink.moreFrames(3);
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
  },
});
