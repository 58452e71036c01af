import assert from "node:assert/strict";
import { decodePiece, encodePiece, type VideoPiece } from "./video_protocol.ts";

const PICTURE: VideoPiece = {
  kind: "picture",
  ptsUs: 259_200_000_040_000,
  ownUs: 40_000,
  ageMs: 93,
  key: true,
  bytes: Uint8Array.of(1, 2, 3),
};

Deno.test("decodePiece() gives what encodePiece() was given, of pictures and of inits", () => {
  const init: VideoPiece = { ...PICTURE, kind: "init", ptsUs: 0, ownUs: 0, key: false };
  for (const piece of [PICTURE, { ...PICTURE, key: false }, init]) {
    assert.deepEqual(decodePiece(encodePiece(piece).buffer), piece);
  }
});

Deno.test("encodePiece() keeps an age in its bounds", () => {
  const told = (ageMs: number) =>
    decodePiece(encodePiece({ ...PICTURE, ageMs }).buffer)?.ageMs;
  assert.equal(told(-3), 0);
  assert.equal(told(1e12), 0xffffffff);
});

Deno.test("decodePiece() takes nothing that has no whole header", () => {
  assert.equal(decodePiece(new ArrayBuffer(23)), undefined);
  assert.equal(decodePiece(new ArrayBuffer(24))?.bytes.length, 0);
});
