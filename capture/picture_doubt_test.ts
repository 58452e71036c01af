import assert from "node:assert/strict";
import { PictureDoubt } from "./picture_doubt.ts";

Deno.test("PictureDoubt believes pictures until something is missing", () => {
  const doubt = new PictureDoubt();
  assert.equal(doubt.step({ ptsUs: 0, torn: false }, 0), false);
  assert.equal(doubt.isRecent(0), false);
  assert.equal(doubt.step({ ptsUs: 40_000, torn: true }, 40), true);
  assert.equal(doubt.isRecent(2_039), true);
  assert.equal(doubt.isRecent(2_040), false);
});

Deno.test("PictureDoubt ends at the keyframe after a decoder's complaint, not at an older one", () => {
  const doubt = new PictureDoubt();
  doubt.keyframe(0);
  doubt.decoderComplained(100);
  assert.equal(doubt.why, "decoder");
  assert.equal(doubt.step({ ptsUs: 80_000, torn: false }, 110), true);
  doubt.keyframe(1_000_000);
  doubt.keyframe(2_000_000);
  assert.equal(
    doubt.step({ ptsUs: 960_000, torn: false }, 1_000),
    true,
    "still before it",
  );
  assert.equal(doubt.step({ ptsUs: 1_000_000, torn: false }, 1_040), false);
});

Deno.test("PictureDoubt of a session that is over does not reach the next one's pictures", () => {
  const doubt = new PictureDoubt();
  doubt.decoderComplained(100);
  doubt.begin();
  assert.equal(doubt.step({ ptsUs: 0, torn: false }, 200), false);
  assert.equal(doubt.isRecent(200), true, "but the camera is not well yet");
});
