import assert from "node:assert/strict";
import { readLite } from "./tflite_file.ts";

/** A file of one operator: field numbers and distances written out by hand. */
function tinyFile(operator: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(128));
  view.setUint32(0, 28, true);
  new Uint8Array(view.buffer).set(new TextEncoder().encode("TFL3"), 4);
  // The model's fields: of five the second (operators' kinds) and the third (graphs).
  [14, 12, 0, 4, 8, 0, 0].forEach((at, index) => view.setUint16(8 + 2 * index, at, true));
  view.setInt32(28, 28 - 8, true);
  view.setUint32(32, 48 - 32, true);
  view.setUint32(36, 80 - 36, true);
  // A list of one kind: its byte says which.
  view.setUint32(48, 1, true);
  view.setUint32(52, 68 - 52, true);
  [6, 8, 4].forEach((at, index) => view.setUint16(60 + 2 * index, at, true));
  view.setInt32(68, 68 - 60, true);
  view.setUint8(72, operator);
  // A list of one graph, which has no field.
  view.setUint32(80, 1, true);
  view.setUint32(84, 96 - 84, true);
  [4, 4].forEach((at, index) => view.setUint16(90 + 2 * index, at, true));
  view.setInt32(96, 96 - 90, true);
  return new Uint8Array(view.buffer);
}

Deno.test("readLite() reads a graph of nothing as nothing", () => {
  const { tensors, operators } = readLite(tinyFile(3));
  assert.deepEqual([tensors, operators], [[], []]);
});

Deno.test("readLite() refuses operators that it does not know", () => {
  assert.throws(() => readLite(tinyFile(99)), /operator 99 is not known/);
});

Deno.test("readLite() refuses what is no such file", () => {
  assert.throws(() => readLite(new Uint8Array(4)), /no TFL3/);
  assert.throws(() => readLite(new Uint8Array(64)), /no TFL3/);
});
