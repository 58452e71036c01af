/**
 * What cameras do wrong, as data: what is done, what must be told of it, how soon, and how
 * soon pictures are back. Bounds are for a busy machine; what was measured stands in
 * docs/design/capture.md.
 * @module
 */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { canNetworkSpace } from "./network_space.ts";
import { CLIP_FPS as FPS, type FaultClips } from "./fault_clips.ts";
import type { FaultRig, FaultRow } from "./fault_rig.ts";
import { openRtspProxy } from "./rtsp_proxy.ts";

/** Pictures that wait for nothing are not older than this when they come, ms. */
const FRESH_MS = 1_000;
const LOGIN = { user: "admin", password: "Pa55word" };

/** All rows, those first that take longest. */
export function faultRows(clips: FaultClips): readonly FaultRow[] {
  return [
    ...wayRows(clips),
    ...doorRows(clips),
    ...silenceRows(clips),
    ...briefRows(clips),
    ...pictureRows(clips),
    ...idleRows(clips),
    ...oddRows(clips),
  ];
}

/** The camera cannot be had. */
function doorRows({ small }: FaultClips): FaultRow[] {
  const camera = { clips: [small], fps: FPS };
  const at = (url: string) => () => url;
  return [
    {
      ...{ name: "refused, later there", quick: true, camera },
      fault: (rig) => rig.end(),
      told: "offline refused",
      toldWithinS: 5,
      mend: (rig) => rig.start(),
      backWithinS: 15,
    },
    {
      ...{ name: "wrong password (401)", quick: true, camera: { ...camera, ...LOGIN } },
      fromStart: true,
      url: ({ port }, { address }) => `rtsp://admin:Oth3r@${address}:${port}/cam`,
      told: "offline auth",
      toldWithinS: 8,
    },
    {
      ...{ name: "no such stream (404)", quick: true, camera, fromStart: true },
      url: ({ port }, { address }) => `rtsp://${address}:${port}/nonesuch`,
      told: "offline not_found",
      toldWithinS: 8,
    },
    {
      ...{ name: "no such name (DNS)", quick: true, camera, fromStart: true },
      url: at("rtsp://nonesuch.invalid/cam"),
      told: "offline dns",
      toldWithinS: 15,
    },
    {
      ...{ name: "password changed, and changed back", camera: { ...camera, ...LOGIN } },
      fault: again({ password: "An0ther" }),
      told: "offline auth",
      toldWithinS: 12,
      mend: again({}),
      backWithinS: 50,
    },
  ];
}

/** Pictures cease. */
function silenceRows({ small, reordered }: FaultClips): FaultRow[] {
  const camera = { clips: [small], fps: FPS };
  return [
    {
      ...{ name: "stall: connected, no pictures", quick: true, camera },
      fault: command("stall"),
      ...{ told: "stalled no_frames", toldWithinS: 8 },
      mend: command("resume"),
      backWithinS: 30,
    },
    {
      ...{ name: "SIGSTOP: connected, no answer", camera },
      fault: ({ camera }) => camera.signal("SIGSTOP"),
      ...{ told: "stalled no_frames", toldWithinS: 8 },
      mend: ({ camera }) => camera.signal("SIGCONT"),
      backWithinS: 30,
    },
    {
      ...{ name: "B-frames: stall", camera: { ...camera, clips: [reordered] } },
      fault: command("stall"),
      ...{ told: "stalled no_frames", toldWithinS: 8 },
      // What waits in the decoder, which holds some back, is no reason to end it.
      check: async ({ sink, session }) => {
        await sink.until("a new session", () => session.counts.reconnects > 0, 8_000);
        assert.equal(session.counts.decoderRestarts, 0);
      },
      mend: command("resume"),
      backWithinS: 30,
    },
    {
      ...{ name: "SIGSTOP for 30 s", camera },
      fault: ({ camera }) => camera.signal("SIGSTOP"),
      ...{ told: "offline no_bytes", toldWithinS: 30 },
      mend: ({ camera }) => camera.signal("SIGCONT"),
      backWithinS: 30,
    },
    {
      ...{ name: "kick: connection closed", quick: true, camera },
      fault: command("kick"),
      ...{ told: "connecting", toldWithinS: 5 },
      mend: () => {},
      backWithinS: 10,
    },
  ];
}

/** It comes and goes, or is another one. */
function briefRows(clips: FaultClips): FaultRow[] {
  const camera = { clips: [clips.small, clips.big], fps: FPS };
  return [
    {
      ...{ name: "closed after exactly one picture, for ever", camera },
      fault: async (rig) => {
        await rig.camera.command("brief 1");
        await rig.camera.command("kick");
      },
      ...{ told: "offline no_bytes", toldWithinS: 15 },
      mend: command("brief 1000000"),
      backWithinS: 30,
    },
    {
      ...{ name: "exactly one picture, then silence", camera },
      fault: async (rig) => {
        await rig.camera.command("pictures 1");
        await rig.camera.command("kick");
      },
      ...{ told: "offline no_bytes", toldWithinS: 25 },
      mend: command("pictures 1000000"),
      backWithinS: 40,
    },
    {
      ...{ name: "closed after a second of pictures, for ever", camera },
      fault: async (rig) => {
        await rig.camera.command("brief 20");
        await rig.camera.command("kick");
      },
      ...{ told: "offline lost", toldWithinS: 25 },
      mend: command("brief 1000000"),
      backWithinS: 40,
    },
    {
      ...{ name: "reboot with another resolution", quick: true, camera },
      fault: again({ clip: 1 }),
      toldWithinS: 15,
      check: ({ sink }) =>
        sink.until("another size", () => sink.formats.length > 1, 5_000),
    },
    {
      ...{ name: "another resolution inside a session", quick: true, camera },
      fault: command("clip 1"),
      toldWithinS: 15,
      check: ({ sink }) =>
        sink.until("another size", () => sink.formats.length > 1, 5_000),
    },
    {
      name: "codec changed from H.264 to H.265",
      camera: { clips: [clips.small, clips.hevc], fps: FPS },
      fault: async (rig) => {
        await rig.camera.command("clip 1");
        await rig.camera.command("kick");
      },
      toldWithinS: 15,
    },
  ];
}

/** Pictures come, and are wrong. */
function pictureRows(clips: FaultClips): FaultRow[] {
  const camera = { clips: [clips.small], fps: FPS };
  return [
    {
      ...{ name: "frozen: the same picture", quick: true, camera },
      fault: command("freeze"),
      ...{ told: "frozen equal", toldWithinS: 10 },
      mend: command("thaw"),
      backWithinS: 5,
    },
    {
      ...{ name: "2 pictures lost", quick: true, camera },
      fault: command("lose 2"),
      ...{ told: "doubtful gap", toldWithinS: 4 },
      mend: () => {},
      backWithinS: 8,
    },
    {
      ...{ name: "30 % of the pictures damaged", quick: true, camera },
      fault: command("corrupt 0.3"),
      ...{ told: "doubtful decoder", toldWithinS: 6 },
      mend: command("corrupt 0"),
      backWithinS: 8,
    },
    {
      ...{ name: "its clock set back 3 s", quick: true, camera, frames: 40 },
      fault: command("jump -3"),
      ...{ told: "stalled no_frames", toldWithinS: 5 },
      check: ({ session }) => assert.equal(session.health.clockLeaps, 1),
      mend: () => {},
      backWithinS: 10,
    },
    {
      ...{ name: "its clock set forward 5 s", quick: true, camera, frames: 40 },
      fault: command("jump 5"),
      toldWithinS: 5,
      check: (rig) => {
        isSteady(rig);
        assert.equal(rig.session.health.clockLeaps, 1);
        assert.equal(rig.session.health.picturesMissing, 0);
      },
    },
    {
      ...{ name: "no keyframe after the first (endless GOP)", fromStart: true },
      camera: { clips: [clips.endless], fps: FPS },
      ...{ told: "doubtful no_keyframe", toldWithinS: 20 },
    },
  ];
}

/** The same, while only keyframes are looked at. */
function idleRows(clips: FaultClips): FaultRow[] {
  const camera = { clips: [clips.small, clips.endless], fps: FPS };
  return [
    {
      ...{ name: "keyframes only: frozen", idle: true, camera },
      fault: command("freeze"),
      ...{ told: "frozen equal", toldWithinS: 12 },
      mend: command("thaw"),
      backWithinS: 6,
    },
    {
      ...{ name: "keyframes only: stall", idle: true, camera },
      fault: command("stall"),
      ...{ told: "stalled no_frames", toldWithinS: 8 },
      mend: command("resume"),
      backWithinS: 30,
    },
    {
      ...{ name: "keyframes only: no keyframe comes any more", idle: true },
      camera: { clips: [clips.ceasing], fps: FPS },
      // Its last keyframe comes twelve seconds after it began.
      ...{ told: "doubtful no_keyframe", toldWithinS: 25 },
    },
    {
      ...{ name: "keyframes only: 2 pictures lost", idle: true, camera },
      fault: command("lose 2"),
      ...{ told: "doubtful gap", toldWithinS: 4 },
      mend: () => {},
      backWithinS: 8,
    },
    {
      ...{ name: "keyframes only: B-frames", idle: true },
      camera: { clips: [clips.reordered], fps: FPS },
      toldWithinS: 15,
    },
    {
      ...{ name: "open GOPs: never keyframes only", idle: "refused", frames: 100 },
      camera: { clips: [clips.open], fps: FPS },
      toldWithinS: 15,
      check: (rig) => {
        isSteady(rig);
        assert.equal(rig.session.ladder.now.rung, "full");
      },
    },
  ];
}

/** Nothing is wrong with these. */
function oddRows(clips: FaultClips): FaultRow[] {
  const fine = { fromStart: true, toldWithinS: 20 };
  return [
    {
      ...fine,
      name: "1 picture a second",
      camera: { clips: [clips.slow], fps: 1 },
      toldWithinS: 30,
      check: isSteady,
    },
    {
      ...{ ...fine, name: "1 picture a second, B-frames, a wrong rate in its headers" },
      camera: { clips: [clips.misrated], fps: 1 },
      toldWithinS: 40,
      check: ({ session }) => assert.equal(session.counts.reconnects, 0),
    },
    {
      ...{ ...fine, name: "open GOPs", camera: { clips: [clips.open], fps: FPS } },
      check: isSteady,
    },
    {
      ...fine,
      name: "60 pictures a second",
      quick: true,
      camera: { clips: [clips.fast], fps: 60 },
    },
    {
      ...fine,
      name: "a size of no whole blocks (322x182)",
      quick: true,
      camera: { clips: [clips.odd], fps: FPS },
    },
    {
      ...fine,
      name: "sound beside the pictures",
      quick: true,
      camera: { clips: [clips.small], fps: FPS, sound: true },
    },
    {
      ...fine,
      name: "B-frames",
      quick: true,
      camera: { clips: [clips.reordered], fps: FPS },
    },
    {
      ...{
        ...fine,
        name: "no parameter sets in the description",
        camera: { clips: [clips.small], fps: FPS },
      },
      url: ({ port }, rig) => {
        const proxy = rig.keep(openRtspProxy({ hostname: rig.address, port }));
        return `rtsp://127.0.0.1:${proxy.port}/cam`;
      },
    },
  ];
}

/** One session and one decoder were enough, and nobody complained. */
function isSteady({ session: { counts } }: FaultRig): void {
  const { reconnects, decoderRestarts, decoderErrors } = counts;
  assert.deepEqual({ reconnects, decoderRestarts, decoderErrors }, {
    ...{ reconnects: 0, decoderRestarts: 0, decoderErrors: 0 },
  });
}

/** What is between us and the camera. */
function wayRows({ small }: FaultClips): FaultRow[] {
  if (!canNetworkSpace) return [];
  const camera = { clips: [small], fps: FPS };
  return [
    {
      ...{ name: "link down, up after it was told", linked: true, camera },
      fault: ({ space }) => space!.link("down"),
      ...{ told: "stalled no_frames", toldWithinS: 8 },
      mend: ({ space }) => space!.link("up"),
      backWithinS: 40,
    },
    {
      ...{ name: "link down for long", linked: true, camera },
      fault: ({ space }) => space!.link("down"),
      ...{ told: "offline no_bytes", toldWithinS: 40 },
      mend: ({ space }) => space!.link("up"),
      backWithinS: 60,
    },
    {
      ...{ name: "too slow a link (a fifth of what it needs)", linked: true, camera },
      fault: ({ space }) => space!.rate(100),
      ...{ told: "stalled no_frames", toldWithinS: 60 },
      mend: ({ space }) => space!.rate(undefined),
      backWithinS: 40,
      checkBack: isFresh,
    },
  ];
}

/** What had to wait is not shown for new: its pictures are as old as without a fault. */
async function isFresh({ sink }: FaultRig): Promise<void> {
  await sink.moreFrames(20);
  const zeroMs = systemClock.utcMs() - systemClock.monotonicMs();
  const agesMs = sink.frames.slice(-5).map(({ arrivalMs, utcMs }) =>
    zeroMs + arrivalMs - utcMs
  );
  assert.ok(Math.max(...agesMs) < FRESH_MS, `${agesMs.map(Math.round)} ms old`);
}

/** Gives the camera a command. */
function command(line: string): (rig: FaultRig) => Promise<void> {
  return (rig) => rig.camera.command(line);
}

/** Ends the camera and starts it again, changed. */
function again(
  changes: Parameters<FaultRig["start"]>[0],
): (rig: FaultRig) => Promise<void> {
  return async (rig) => {
    await rig.end();
    await rig.start(changes);
  };
}
