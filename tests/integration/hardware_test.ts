/** Hardware decoding through an FFmpeg that only pretends to have some. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { findProgram } from "../../base/subprocess.ts";
import { FrameDecoder } from "../../capture/frame_decoder.ts";
import { PacketRing } from "../../capture/packet_ring.ts";
import { TestFolder } from "../support/clips.ts";
import { codedClip, ringed } from "../support/coded_stream.ts";

Deno.test("a hardware decoder that fails is left for software, and the pictures come", async () => {
  using folder = new TestFolder();
  const clip = await codedClip({ frames: 30, gop: 10, bFrames: 0 });
  const [real, path] = [findProgram("ffmpeg"), Deno.env.get("PATH")!];
  const asked = folder.file("asked");
  const script =
    `#!/bin/sh\ncase "$*" in *"-hwaccel vaapi"*) echo x >> ${asked}; exit 1;; ` +
    `esac\nexec ${real} "$@"\n`;
  await Deno.writeTextFile(folder.file("ffmpeg"), script, { mode: 0o755 });
  const warned: string[] = [];
  const log = { ...silentLog, warn: (event: string) => void warned.push(event) };
  let frames = 0;
  Deno.env.set("PATH", `${asked.replace(/\/asked$/, "")}:${path}`);
  try {
    const ring = new PacketRing({ seconds: 60, bytesMax: 1e7 });
    await using decoder = new FrameDecoder({
      ...{ camera: "gate", width: 320, decode: "vaapi", ring },
      parts: { clock: systemClock, log, chance: () => 0.5 },
      taker: { format: () => {}, frame: () => void frames++, doubt: () => {} },
    });
    ring.begin(clip.init);
    decoder.begin(clip.init);
    for (let at = 0; at < 200 && frames < 5; at++) {
      const packet = clip.packets[at % clip.packets.length]!;
      const held = ringed(clip, packet);
      const ptsUs = held.ptsUs + Math.floor(at / clip.packets.length) * 1_200_000;
      const fed = { ...held, ptsUs };
      decoder.push(ring.push(fed), fed);
      await new Promise((done) => systemClock.after(40, () => done(undefined)));
    }
  } finally {
    Deno.env.set("PATH", path);
  }
  assert.equal(await Deno.readTextFile(asked), "x\n", "asked once");
  assert.deepEqual(warned, ["capture.hardware_failed"]);
  assert.ok(frames >= 5, `${frames} frames`);
});
