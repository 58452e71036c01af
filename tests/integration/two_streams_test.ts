/** A camera with two streams: the small one is analysed, the main one goes on as it is. */
import assert from "node:assert/strict";
import { sleep, systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CodedJobs } from "../../capture/coded_jobs.ts";
import type { InitSegment } from "../../capture/fmp4.ts";
import { takeFullStill } from "../../capture/full_still.ts";
import { openSource } from "../../capture/open_source.ts";
import type { FrameSource } from "../../capture/source.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { ownLoopback } from "../support/own_loopback.ts";
import { numberInJpeg } from "../support/played.ts";
import { RecordingSink, type SeenFrame } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const FPS = 15;
const BIG = { width: 480, height: 272 };
const PARTS = { clock: systemClock, log: silentLog, chance: () => 0.5 };
const OPTIONS = { camera: "gate", fps: 15, width: 640, loop: false, seed: 1 };

Deno.test({
  name: "a camera with two streams is analysed by the small one, and keeps the main one",
  ignore: !hasRtspCamera,
  fn: async () => {
    using folder = new TestFolder();
    const [small, big] = [folder.file("small.mp4"), folder.file("big.mp4")];
    const shape = { fps: FPS, frames: 60, gop: 15 };
    await makeNumberedClip(small, { ...shape, width: 320, height: 240 });
    await makeNumberedClip(big, { ...shape, ...BIG });
    const address = ownLoopback(); // of both: the login goes to one host only
    const login = { user: "admin", password: "p/w", fps: FPS, address };
    await using sub = await RtspCamera.start({ clips: [small], ...login });
    const main = await RtspCamera.start({ clips: [big], ...login });
    const sink = new RecordingSink();
    const analysisUrl = sub.url.replace(/\/\/.*@/, "//");
    const options = { ...OPTIONS, url: main.url, analysisUrl };
    await using source = await openSource(options, sink, PARTS);
    const coded = source.coded!;
    const inits: InitSegment[] = [];
    const times: number[] = [];
    using _listening = coded.listen({
      begins: (init) => {
        inits.push(init);
        times.length = 0;
      },
      packet: ({ packet }) => void times.push(packet.ptsUs),
    });
    await sink.until("45 frames", () => sink.frames.length >= 45 && times.length >= 30);
    assert.deepEqual(sink.formats, [{ width: 320, height: 240 }], "the small one");
    assert.equal(inits.at(-1)?.width, BIG.width, "the main one");
    assert.equal(source.children.length, 3, "two sessions, one decoder");
    assert.ok(times.every((time, at) => at === 0 || time > times[at - 1]!), "time grows");
    assert.deepEqual(sink.mains.map(({ isThere }) => isThere), [true]);

    await main[Symbol.asyncDispose]();
    const lostMs = systemClock.utcMs();
    await sink.until("the main stream away", () => sink.mains.length === 2);
    const away = sink.mains[1]!;
    assert.equal(away.isThere, false);
    assert.ok(
      Math.abs(away.sinceMs - lostMs) < 1_500,
      `since ${away.sinceMs - lostMs} ms`,
    );
    const told = /^Camera gate, main stream, refuses the connection: .*rtsp:\/\/127/;
    assert.match(away.words, told);
    assert.equal(away.words.includes("p/w"), false);
    await sink.moreFrames(30);
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);

    await using _again = await RtspCamera.start({
      ...{ clips: [big], port: main.port, ...login },
    });
    await sink.until("the main stream back", () => sink.mains.length === 3);
    assert.equal(sink.mains[2]!.isThere, true);
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
  },
});

/** Pictures a second, and what else matters, of a pair of streams. */
interface Pair {
  readonly sub: number;
  readonly main: number;
  readonly bFrames?: number;
}

/** Both streams show one scene, whose pictures are numbered in both. */
const SCENE_S = 12;

for (
  const pair of [{ sub: 15, main: 15 }, { sub: 10, main: 25 }, {
    ...{ sub: 10, main: 25, bFrames: 2 },
  }]
) {
  Deno.test({
    name: `two streams have one time, within a picture: ${JSON.stringify(pair)}`,
    ignore: !hasRtspCamera,
    fn: async () => await checkPair(pair),
  });
}

async function checkPair(pair: Pair): Promise<void> {
  using folder = new TestFolder();
  const [small, big] = [folder.file("small.mp4"), folder.file("big.mp4")];
  const clip = (fps: number) => ({ fps, frames: fps * SCENE_S, gop: fps });
  await makeNumberedClip(small, { ...clip(pair.sub), width: 320, height: 240 });
  const { bFrames = 0 } = pair;
  await makeNumberedClip(big, { ...clip(pair.main), ...BIG, bFrames });
  const byClock = { byClockLateMs: 0 };
  await using sub = await RtspCamera.start({ clips: [small], fps: pair.sub, ...byClock });
  await using main = await RtspCamera.start({ clips: [big], fps: pair.main, ...byClock });
  const sink = new RecordingSink();
  const options = { ...OPTIONS, url: main.url, analysisUrl: sub.url };
  await using source = await openSource(options, sink, PARTS);
  await sink.until("4 s of frames", () => sink.frames.length >= 4 * pair.sub);
  await using jobs = new CodedJobs();
  for (let look = 0; look < 4; look++) {
    await sleep(systemClock, 300);
    const errorMs = await errorOf({ source, jobs, pair }, sink.frames.at(-pair.sub)!);
    // A stall of a loaded box shifts both alike: what is left is far below a picture.
    assert.ok(Math.abs(errorMs) < 1_000 / pair.main, `${errorMs} ms apart`);
  }
}

/** By how much the main stream's time is ahead at the picture shown with the frame, ms. */
async function errorOf(
  { source, jobs, pair }: { source: FrameSource; jobs: CodedJobs; pair: Pair },
  frame: SeenFrame,
): Promise<number> {
  const still = await takeFullStill(source.coded!.ring, { ptsUs: frame.ptsUs, jobs });
  const sceneS = await numberInJpeg(still.jpeg, BIG) / pair.main;
  const apartS = sceneS - frame.number / pair.sub;
  const shownS = apartS - Math.round(apartS / SCENE_S) * SCENE_S;
  return (still.ptsUs - frame.ptsUs) / 1_000 - 1_000 * shownS;
}
