/** Hardware decoding through an FFmpeg that only pretends to have some. */
import assert from "node:assert/strict";
import { openDecodeChoice } from "../../app/decode_choosing.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { findProgram } from "../../base/subprocess.ts";
import { FrameDecoder } from "../../capture/frame_decoder.ts";
import type { FrameFormat } from "../../capture/frame/frame.ts";
import { PacketRing } from "../../capture/packet_ring.ts";
import type { Chosen } from "../../capture/source.ts";
import { TestFolder } from "../support/clips.ts";
import { codedClip, ringed } from "../support/coded_stream.ts";
import { numberOf } from "../support/numbered_clip.ts";

Deno.test("what decodes best here is found with the real FFmpeg, for each coding, and kept", async () => {
  using folder = new TestFolder();
  const path = folder.file("state/decoding.json");
  for (const [codec, name] of [["h264", "H.264"], ["hevc", "H.265"]] as const) {
    using choice = openDecodeChoice(folder.file("state"));
    const { decode, words } = await choice.of(codec);
    assert.match(words, new RegExp(`${name.replace(".", "\\.")} .*(software|CPU time)`));
    const kept = JSON.parse(await Deno.readTextFile(path));
    assert.deepEqual(kept.found[codec], { decode, words });
    assert.match(kept.key, /^ffmpeg version /);
  }
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  const { h264, hevc } = JSON.parse(await Deno.readTextFile(path)).found;
  assert.ok(h264 && hevc, "both");
  using again = openDecodeChoice(folder.file("state"));
  assert.deepEqual(await again.of("h264"), h264);
});

Deno.test("decode: auto goes over to what was found best, and back when it is wrong, without a loss", async () => {
  using folder = new TestFolder();
  const clip = await codedClip({ frames: 60, gop: 10, bFrames: 0 });
  const [real, path] = [findProgram("ffmpeg"), Deno.env.get("PATH")!];
  const asked = folder.file("asked");
  // Hardware that is right: it is software that is called so.
  const script = `#!/bin/bash\nargs=("$@")\nfor at in "\${!args[@]}"; do\n` +
    `if [ "\${args[at]}" = -hwaccel ]; then\necho x >> ${asked}\n` +
    `unset "args[at]" "args[at+1]"; fi; done\nexec ${real} "\${args[@]}"\n`;
  await Deno.writeTextFile(folder.file("ffmpeg"), script, { mode: 0o755 });
  const found = Promise.withResolvers<Chosen>();
  const codecs: string[] = [];
  const chooser = {
    of: (codec: string) => {
      codecs.push(codec);
      return found.promise;
    },
  };
  Deno.env.set("PATH", `${folder.path}:${path}`);
  try {
    const ring = new PacketRing({ seconds: 60, bytesMax: 1e7 });
    const numbers: number[] = [];
    let format: FrameFormat = { width: 0, height: 0 };
    await using decoder = new FrameDecoder({
      ...{ camera: "gate", width: 320, decode: "auto", ring },
      parts: { clock: systemClock, log: silentLog, chance: () => 0.5, chooser },
      taker: {
        format: (told) => format = told,
        frame: (pixels) => void numbers.push(numberOf(pixels, format)),
        doubt: () => {},
      },
    });
    ring.begin(clip.init);
    decoder.begin(clip.init);
    const wait = (ms: number) =>
      new Promise((done) => systemClock.after(ms, () => done(0)));
    while (decoder.pid === undefined) await wait(5);
    for (const [at, packet] of clip.packets.entries()) {
      if (at === 15) found.resolve({ decode: "vaapi", words: "tried" });
      if (at === 38) {
        assert.deepEqual(decoder.decoding, { decode: "vaapi", words: "tried" });
        decoder.distrust();
      }
      const held = ringed(clip, packet);
      decoder.push(ring.push(held), held);
      await wait(40);
    }
    for (let left = 100; left > 0 && numbers.length < 60; left--) await wait(50);
    assert.deepEqual(numbers, Array.from({ length: 60 }, (_, at) => at));
    assert.equal(decoder.decoding.decode, "software");
    const { restarts, errors, dropped } = decoder;
    assert.deepEqual({ restarts, errors, dropped }, {
      restarts: 0,
      errors: 0,
      dropped: 0,
    });
  } finally {
    Deno.env.set("PATH", path);
  }
  assert.deepEqual(codecs, ["h264"]);
  assert.equal(await Deno.readTextFile(asked), "x\n", "started once");
});

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
