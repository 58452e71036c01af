import assert from "node:assert/strict";
import { CodedFeed } from "../capture/coded_feed.ts";
import type { InitSegment } from "../capture/fmp4.ts";
import type { RingPacket } from "../capture/packet_ring.ts";
import { videoFeedOf } from "./video_feed.ts";

const INIT: InitSegment = {
  ...{ bytes: Uint8Array.of(1), timescale: 90_000, width: 640, height: 480 },
};

/** A picture that the camera shows at 2 s of its own, we at 9 s. */
const PACKET: RingPacket = {
  ...{ bytes: Uint8Array.of(2), key: true, dts: 180_000, pts: 180_000, arrivalMs: 7 },
  ...{ ptsUs: 9_000_000, wanted: true, torn: false, intervalMs: 40 },
  places: { tfdt: 0, wide: false, composition: -1 },
};

const PICTURE = {
  ...{ bytes: PACKET.bytes, key: true, arrivalMs: 7 },
  ...{ ptsUs: 9_000_000, ownUs: 2_000_000 },
};

Deno.test("videoFeedOf() passes on what comes, with the fragment's own time", () => {
  const coded = new CodedFeed({ seconds: 15, bytesMax: 1_000 });
  const feed = videoFeedOf(coded)!;
  assert.equal(feed.init(), undefined);
  assert.deepEqual(feed.newestGop(), []);
  const heard: unknown[] = [];
  const listening = feed.listen({
    begins: ({ width, codec }) => heard.push({ width, codec }),
    picture: (picture) => heard.push(picture),
  });
  coded.begin(INIT);
  coded.push(PACKET);
  listening[Symbol.dispose]();
  coded.push(PACKET);
  assert.deepEqual(heard, [{ width: 640, codec: undefined }, PICTURE]);
  assert.equal(feed.init()?.height, 480);
  assert.deepEqual(feed.newestGop(), [PICTURE]);
});

Deno.test("videoFeedOf() is the same for the same stream, and none without one", () => {
  const coded = new CodedFeed({ seconds: 15, bytesMax: 1_000 });
  assert.equal(videoFeedOf(coded), videoFeedOf(coded));
  assert.equal(videoFeedOf(undefined), undefined);
});
