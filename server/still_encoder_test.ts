import assert from "node:assert/strict";
import sharp from "sharp";
import { Fault } from "../base/fault.ts";
import { pictureLibrary } from "../base/picture_library.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { StillEncoder, type WholeFrame } from "./still_encoder.ts";

function red(ptsUs: number): WholeFrame {
  const format = { width: 40, height: 30 };
  const pixels = new Uint8Array(frameBytes(format)).fill(81);
  pixels.fill(90, 1_200, 1_500).fill(240, 1_500);
  const stamp = { ptsUs, arrivalMs: ptsUs / 1_000, utcMs: 0, doubtful: false };
  return { format, pixels, stamp };
}

Deno.test("StillEncoder gives a JPEG of the frame's size and colours", async () => {
  const encoder = new StillEncoder({
    clock: new ManualClock(),
    newestFrame: () => red(5),
  });
  const still = await encoder.latest("gate");
  assert.equal(still?.stamp.ptsUs, 5);
  const { data, info } = await sharp(still.jpeg).raw()
    .toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [40, 30]);
  const [r, g, b] = data;
  assert.ok(r! > 240 && g! < 15 && b! < 15, `${r} ${g} ${b}`);
});

Deno.test("StillEncoder makes a new picture four times a second, per camera", async () => {
  const clock = new ManualClock();
  let ptsUs = 0;
  const encoder = new StillEncoder({ clock, newestFrame: () => red(++ptsUs) });
  const first = await encoder.latest("gate");
  assert.equal(encoder.waitMs("gate"), 250);
  clock.advance(249);
  assert.equal(encoder.waitMs("gate"), 1);
  assert.equal(await encoder.latest("gate"), first);
  assert.notEqual(await encoder.latest("barn"), first);
  clock.advance(1);
  assert.equal(encoder.waitMs("gate"), 0);
  assert.equal((await encoder.latest("gate"))?.stamp.ptsUs, 3);
  assert.equal(encoder.encoded, 3);
});

Deno.test("StillEncoder draws each picture into the memory of the one before, never two at once", async () => {
  const clock = new ManualClock();
  const drawnInto: unknown[] = [];
  const library = async () => {
    const sharp = await pictureLibrary();
    const spied = (pixels: Uint8ClampedArray, options: Parameters<typeof sharp>[1]) => {
      drawnInto.push(pixels);
      return sharp(pixels, options);
    };
    return Object.assign(spied, sharp) as typeof sharp;
  };
  let ptsUs = 0;
  const encoder = new StillEncoder({ clock, newestFrame: () => red(++ptsUs), library });
  await encoder.latest("gate");
  clock.advance(250);
  await encoder.latest("gate");
  assert.equal(drawnInto[1], drawnInto[0]);
  clock.advance(250);
  await Promise.all([encoder.latest("gate"), encoder.latest("barn")]);
  assert.notEqual(drawnInto[3], drawnInto[2]);
});

Deno.test("StillEncoder does not encode a frame twice, however old it gets", async () => {
  const clock = new ManualClock();
  const encoder = new StillEncoder({ clock, newestFrame: () => red(7) });
  const first = await encoder.latest("gate");
  clock.advance(60_000);
  assert.equal(await encoder.latest("gate"), first);
  assert.equal(encoder.encoded, 1);
});

Deno.test("StillEncoder does not remember that there was no frame, nor an error", async () => {
  const frames: (WholeFrame | undefined)[] = [
    undefined,
    { ...red(1), pixels: new Uint8Array(3) },
    red(2),
  ];
  const encoder = new StillEncoder({
    clock: new ManualClock(),
    newestFrame: () => frames.shift(),
  });
  assert.equal(await encoder.latest("gate"), undefined);
  await assert.rejects(encoder.latest("gate"));
  assert.equal((await encoder.latest("gate"))?.stamp.ptsUs, 2);
});

Deno.test("StillEncoder raises one alert while the library fails, and takes it back", async () => {
  const hint = "set TMPDIR to another folder";
  const fault = new Fault("unavailable", "Cannot load the library for pictures: full", {
    hint,
  });
  let fails = true;
  const alerts = new Map<string, string>();
  const encoder = new StillEncoder({
    clock: new ManualClock(),
    newestFrame: () => red(1),
    library: () => fails ? Promise.reject(fault) : pictureLibrary(),
    board: {
      raise: ({ code, words, toDo }) => void alerts.set(code, `${words} / ${toDo}`),
      clear: (code) => void alerts.delete(code),
    },
  });
  for (let i = 0; i < 3; i++) await assert.rejects(encoder.latest("gate"), fault);
  assert.deepEqual([...alerts], [
    ["pictures.failing", `There are no pictures. ${fault.message} / ${hint}`],
  ]);
  assert.equal(encoder.encoded, 0);
  fails = false;
  assert.ok(await encoder.latest("gate"));
  assert.equal(alerts.size, 0);
});
