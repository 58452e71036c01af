import assert from "node:assert/strict";
import { sleep, systemClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import { frameBytes } from "./frame/frame.ts";
import { codedClip, DecoderBox, ringed } from "../tests/support/coded_stream.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { furthestApart, HardwareWatch } from "./hardware_watch.ts";
import type { Decode } from "./source.ts";

const SIZE = { width: 320, height: 240 };

Deno.test("furthestApart() is of the part that differs most", () => {
  const pixels = new Uint8Array(frameBytes(SIZE)).fill(100);
  const other = pixels.slice();
  assert.equal(furthestApart({ pixels, columns: 320 }, other), 0);
  // A part has 40x30 pixels: here a quarter of one is 40 brighter.
  for (let y = 0; y < 15; y++) {
    other.fill(140, y * 320 + 40, y * 320 + 60);
  }
  assert.equal(furthestApart({ pixels, columns: 320 }, other), 10);
});

/** What software gives of a clip, and a watch that is shown it as if hardware had. */
async function watched(change: (pixels: Uint8Array) => void) {
  const clip = await codedClip({ frames: 30, gop: 10, bFrames: 0 });
  await using box = new DecoderBox(clip);
  await box.started();
  const held = clip.packets.map((packet) => ringed(clip, packet));
  for (const packet of held) box.decoder.push(box.ring.push(packet), packet);
  await box.until(() => box.given.length >= 24);
  const clock = new ManualClock();
  const warned: string[] = [];
  let wrongs = 0;
  let decode = "vaapi" as Decode;
  const watch = new HardwareWatch({
    ...{ camera: "gate", width: 320, ring: box.ring, clock, chance: () => 0.5 },
    log: { ...silentLog, warn: (event) => void warned.push(event) },
    signal: new AbortController().signal,
    decode: () => decode,
    wrong: () => {
      wrongs++;
      decode = "software";
    },
  });
  const show = (number: number) => {
    const { pixels } = box.pictures.get(number)!;
    const given = pixels.slice();
    change(given);
    watch.frame(given, held[number]!, SIZE.width);
  };
  const lookedAt = async (looks: number) => {
    while (watch.looks < looks) await sleep(systemClock, 5);
  };
  show(3);
  clock.advance(30_000);
  show(4);
  assert.equal(watch.looks, 0);
  clock.advance(40_000);
  show(17);
  await lookedAt(1);
  const first = wrongs;
  clock.advance(3_600_000);
  show(18);
  clock.advance(400_000);
  show(22);
  if (decode !== "software") await lookedAt(2);
  return { first, wrongs, warned, looks: watch.looks };
}

Deno.test("HardwareWatch is content while the pictures are those of software", async () => {
  const { wrongs, warned, looks } = await watched((pixels) => {
    pixels[500]! ^= 1; // as another way to make it smaller may give
  });
  assert.deepEqual({ wrongs, warned, looks }, { wrongs: 0, warned: [], looks: 2 });
});

Deno.test("HardwareWatch tells of pictures that are wrong in a corner, once", async () => {
  const { first, wrongs, warned, looks } = await watched((pixels) => {
    for (let y = 200; y < 240; y++) pixels.fill(0, y * 320 + 260, y * 320 + 320);
  });
  assert.deepEqual({ first, wrongs, looks }, { first: 1, wrongs: 1, looks: 1 });
  assert.deepEqual(warned, ["capture.hardware_wrong"]);
});
