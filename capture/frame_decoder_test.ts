import assert from "node:assert/strict";
import {
  type CodedClip,
  codedClip,
  DecoderBox,
  ringed,
} from "../tests/support/coded_stream.ts";
import { FrameGrid } from "./frame_grid.ts";

const FRAMES = 120;
const GOP = 10;

for (const bFrames of [0, 2]) {
  Deno.test({
    name:
      `FrameDecoder renews its child and gives each picture once (${bFrames} B-frames)`,
    async fn() {
      const clip = await codedClip({ frames: FRAMES, gop: GOP, bFrames });
      // Children are renewed after 25 packets.
      await using box = new DecoderBox(clip, 25);
      const pids = new Set<number>();
      for (const [at, packet] of clip.packets.entries()) {
        // A decoder holds back some pictures for reordering, and its reader one.
        if (packet.key) await box.until(() => box.given.length >= at - 4);
        if (box.decoder.pid !== undefined) pids.add(box.decoder.pid);
        const told = ringed(clip, packet);
        box.decoder.push(box.ring.push(told), told);
      }
      await box.until(() => box.given.length >= FRAMES - 4);
      const inOrder = box.given.map((_, number) => ({ number }));
      assert.deepEqual(box.given, inOrder, "in order, none twice or lost");
      assert.ok(pids.size >= 3, `${pids.size} children`);
      assert.deepEqual(box.faults, { restarts: 0, errors: 0, dropped: 0, doubts: 0 });
    },
  });

  Deno.test({
    name: `after glances what was held back comes, and no picture is lost (${bFrames})`,
    async fn() {
      const clip = await codedClip({ frames: 60, gop: GOP, bFrames });
      await using box = new DecoderBox(clip);
      await box.started();
      const [glanced, stirsAt] = [40, 30];
      const shown = clip.packets.map((packet) => ringed(clip, packet));
      for (const told of shown.slice(0, glanced + 3)) {
        box.decoder.pushAlone({ sequence: box.ring.push(told), packet: told }, "glance");
      }
      await box.until(() => box.given.length === 5);
      const glances = [0, 10, 20, 30, 40].map((number) => ({ number, role: "glance" }));
      assert.deepEqual(box.given.splice(0), glances, "each keyframe, by itself");

      // It was seen late that something moves in the last but one.
      box.decoder.goOn(shown[stirsAt - GOP]!.ptsUs);
      for (const told of shown.slice(glanced + 3)) {
        box.decoder.push(box.ring.push(told), told);
      }
      await box.until(() => (box.given.at(-1)?.number ?? 0) >= 60 - 4);
      const numbers = box.given.map(({ number }) => number);
      assert.deepEqual(numbers, numbers.map((_, at) => 21 + at), "from there on, all");
      const owed = box.given.filter(({ role }) => role === "owed").length;
      assert.ok(owed >= 20 && owed <= 25, `${owed} were held back`);
      assert.deepEqual(box.faults, { restarts: 0, errors: 0, dropped: 0, doubts: 0 });
    },
  });
}

Deno.test("what is owed while the decoder is being replaced comes from the next one", async () => {
  const clip = await codedClip({ frames: 60, gop: GOP, bFrames: 0 });
  await using box = new DecoderBox(clip);
  await box.started();
  const shown = clip.packets.map((packet) => ringed(clip, packet));
  for (const told of shown.slice(0, 31)) {
    box.decoder.pushAlone({ sequence: box.ring.push(told), packet: told }, "glance");
  }
  await box.until(() => box.given.length === 4);
  box.given.length = 0;
  Deno.kill(box.decoder.pid!, "SIGKILL");
  await box.failed();
  box.decoder.goOn(shown[20]!.ptsUs);
  await box.started();
  for (const told of shown.slice(31)) box.decoder.push(box.ring.push(told), told);
  await box.until(() => (box.given.at(-1)?.number ?? 0) >= 60 - 4);
  const numbers = box.given.map(({ number }) => number);
  assert.deepEqual(numbers, numbers.map((_, at) => 21 + at));
});

for (
  const { codec, bFrames } of [
    { codec: "libx264", bFrames: 1 },
    { codec: "libx264", bFrames: 3 },
    { codec: "libx265", bFrames: 3 },
  ] as const
) {
  const of = `${codec}, ${bFrames} B-frames`;
  Deno.test(`what nobody needs is not decoded, and what is wanted is the same (${of})`, async () => {
    const clip = await codedClip({ frames: 90, gop: 30, bFrames, codec });
    const all = await decoded(clip, () => true);
    assert.equal(all.spared, 0);
    const grid = new FrameGrid(10);
    const some = await decoded(clip, (ptsUs) => grid.take(ptsUs));
    const { restarts, errors, dropped, doubts } = some.faults;
    assert.deepEqual([restarts, errors, dropped, doubts], [0, 0, 0, 0]);
    // As many as the encoder made that are of no further use, but for those wanted.
    assert.ok(some.spared >= 90 / 6, `${some.spared} were left out`);
    const came = [...some.pictures.values()].map(({ ptsUs }) => ptsUs);
    assert.deepEqual(came, some.wantedUs.slice(0, came.length), "in order, each");
    assert.ok(all.pictures.size >= 80, `${all.pictures.size} to compare with`);
    for (const [number, { pixels, ptsUs }] of some.pictures) {
      // The last ones may still be in the other decoder.
      if (number >= all.pictures.size) continue;
      const whole = all.pictures.get(number);
      assert.equal(ptsUs, whole?.ptsUs, `picture ${number}`);
      assert.deepEqual(pixels, whole!.pixels, `picture ${number} to the pixel`);
    }
  });
}

Deno.test("after a picture that was left out the next one is not taken for lost", async () => {
  const clip = await codedClip({ frames: 40, gop: 40, bFrames: 1 });
  const { faults, spared } = await decoded(clip, (ptsUs) => ptsUs < 1);
  assert.ok(spared >= 15, `${spared} were left out`);
  assert.equal(faults.dropped, 0);
});

/** Decodes a clip of which the pictures are wanted that `isWanted` says. */
async function decoded(clip: CodedClip, isWanted: (ptsUs: number) => boolean) {
  await using box = new DecoderBox(clip);
  await box.started();
  const wantedUs: number[] = [];
  for (const packet of clip.packets) {
    const ring = ringed(clip, packet);
    const told = { ...ring, wanted: isWanted(ring.ptsUs) };
    if (told.wanted) wantedUs.push(ring.ptsUs);
    box.decoder.push(box.ring.push(told), told);
  }
  // A decoder holds back some pictures for reordering, and its reader one.
  await box.until(() => box.given.length >= wantedUs.length - 4);
  const { pictures, faults, decoder: { spared } } = box;
  return { pictures, spared, faults, wantedUs: wantedUs.toSorted((a, b) => a - b) };
}
