/**
 * The model as one run of bytes, and the model moved: for a restart, and for a camera
 * that was turned a little. Knows which planes a model is made of, not what they mean.
 *
 * Bytes: magic "SWB2", width, height, turn, age and time since the ghost pass in ms (32
 * bits each, little endian), the five words of chance, then the planes row by row
 * without guards.
 * @module
 */
import { repeatEdges } from "./kernels/edges.ts";
import {
  BLOCK,
  BLOCK_BYTES,
  type Planes,
  sampleIndex,
  SAMPLES,
} from "./kernels/planes.ts";
import { bytesIn, type SnapshotParts } from "./snapshot.ts";

const MAGIC = 0x32425753;
const HEADER_WORDS = 6;

/** What is remembered beside the planes. */
export interface ModelAge {
  readonly turn: number;
  readonly ageMs: number;
  /** Since the last look for ghosts. */
  readonly ghostMs: number;
}

/** The model in bytes, one part after the other: views of the planes behind a head. */
export function snapshotOf(planes: Planes, age: ModelAge): SnapshotParts {
  const { random } = planes;
  const head = new Uint8Array(4 * HEADER_WORDS + random.byteLength);
  const view = new DataView(head.buffer);
  const { turn, ageMs, ghostMs } = age;
  [MAGIC, planes.width, planes.height, turn, ageMs, ghostMs, ...random].forEach((
    word,
    at,
  ) => view.setUint32(4 * at, word, true));
  return [head, ...partsOf(planes)];
}

/**
 * Fills the planes from a snapshot; undefined, and nothing is changed, when it is of
 * another version or size, or cut off.
 */
export function restoreFrom(planes: Planes, bytes: Uint8Array): ModelAge | undefined {
  const parts = partsOf(planes);
  const { random } = planes;
  const start = 4 * HEADER_WORDS + random.byteLength;
  if (bytes.length !== start + bytesIn(parts)) return undefined;
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number) => head.getUint32(4 * at, true);
  if (word(0) !== MAGIC || word(1) !== planes.width || word(2) !== planes.height) {
    return undefined;
  }
  // A generator whose state is 0 would stay there.
  random.forEach((_, lane) => random[lane] = word(HEADER_WORDS + lane) || 1);
  let at = start;
  for (const part of parts) {
    part.set(bytes.subarray(at, at + part.length));
    at += part.length;
  }
  refresh(planes);
  return { turn: word(3), ageMs: word(4), ghostMs: word(5) };
}

/**
 * Moves the model by whole work pixels, right and down; what comes in at an edge is
 * what stood there. Sensitivity and masks stay: they belong to the picture.
 */
export function shiftModel(planes: Planes, dx: number, dy: number): void {
  if (dx === 0 && dy === 0) return;
  const { width, height, stride, origin, samples, meanY, meanU, meanV } = planes;
  const fromOf = (x: number, y: number) =>
    Math.max(0, Math.min(height - 1, y - dy)) * stride +
    Math.max(0, Math.min(width - 1, x - dx));
  const { noise, blink, ghost, yBefore, rawBefore, maskBefore } = planes;
  const bytes = [noise, blink, ghost, yBefore, rawBefore, maskBefore];
  const move = <Plane extends Uint8Array | Uint16Array>(plane: Plane, start: number) => {
    const before = plane.slice();
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        plane[start + y * stride + x] = before[start + fromOf(x, y)]!;
      }
    }
  };
  for (const plane of bytes) move(plane, origin);
  for (const plane of [meanY, meanU, meanV]) move(plane, 0);
  const before = samples.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = sampleIndex(y * stride + x, 0, 0);
      const from = sampleIndex(fromOf(x, y), 0, 0);
      for (let step = 0; step < 3 * SAMPLES * BLOCK; step += BLOCK) {
        samples[to + step] = before[from + step]!;
      }
    }
  }
  refresh(planes);
}

/** The planes that a model is, as bytes. */
function partsOf(planes: Planes): Uint8Array[] {
  const { meanY, meanU, meanV, samples, origin, count } = planes;
  const { noise, blink, ghost, yBefore, rawBefore, maskBefore } = planes;
  const bytesOf = (mean: Uint16Array) =>
    new Uint8Array(mean.buffer, mean.byteOffset, mean.byteLength);
  const inside = [noise, blink, ghost, yBefore, rawBefore, maskBefore]
    .map((plane) => plane.subarray(origin, origin + count));
  return [
    samples.subarray(0, (count / BLOCK) * BLOCK_BYTES),
    ...[meanY, meanU, meanV].map(bytesOf),
    ...inside,
  ];
}

/** What follows from the other planes. */
function refresh(planes: Planes): void {
  const { meanY, backY, origin } = planes;
  for (let pixel = 0; pixel < meanY.length; pixel++) {
    backY[origin + pixel] = meanY[pixel]! >> 8;
  }
  repeatEdges(planes, backY);
}
