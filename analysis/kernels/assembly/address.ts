/**
 * Where the planes of `../planes.ts` lie: a table of numbers at a fixed place of the
 * memory, which `../kernels_wasm.ts` fills in this order. Holds nothing itself.
 *
 * Guarded planes and means are told by the address of pixel (0, 0), so pixel (x, y)
 * of a plane of bytes is at `plane() + y * stride() + x`, of a mean at twice that.
 * @module
 */
/// <reference types="./assemblyscript.d.ts" />

const TABLE: usize = 64;

export function width(): i32 {
  return load<i32>(TABLE, 0);
}
export function height(): i32 {
  return load<i32>(TABLE, 4);
}
export function stride(): i32 {
  return load<i32>(TABLE, 8);
}
/** Bytes before pixel (0, 0) of a guarded plane. */
export function origin(): i32 {
  return load<i32>(TABLE, 12);
}

export function y(): usize {
  return load<usize>(TABLE, 16);
}
export function u(): usize {
  return load<usize>(TABLE, 20);
}
export function v(): usize {
  return load<usize>(TABLE, 24);
}
export function backY(): usize {
  return load<usize>(TABLE, 28);
}
export function meanY(): usize {
  return load<usize>(TABLE, 32);
}
export function meanU(): usize {
  return load<usize>(TABLE, 36);
}
export function meanV(): usize {
  return load<usize>(TABLE, 40);
}
export function samples(): usize {
  return load<usize>(TABLE, 44);
}
export function raw(): usize {
  return load<usize>(TABLE, 48);
}
export function shadow(): usize {
  return load<usize>(TABLE, 52);
}
export function candidate(): usize {
  return load<usize>(TABLE, 56);
}
export function mask(): usize {
  return load<usize>(TABLE, 60);
}
export function rawBefore(): usize {
  return load<usize>(TABLE, 64);
}
export function maskBefore(): usize {
  return load<usize>(TABLE, 68);
}
export function nearest(): usize {
  return load<usize>(TABLE, 72);
}
export function noise(): usize {
  return load<usize>(TABLE, 76);
}
export function blink(): usize {
  return load<usize>(TABLE, 80);
}
export function ghost(): usize {
  return load<usize>(TABLE, 84);
}
export function yBefore(): usize {
  return load<usize>(TABLE, 88);
}
export function base(): usize {
  return load<usize>(TABLE, 92);
}
export function hold(): usize {
  return load<usize>(TABLE, 96);
}
export function random(): usize {
  return load<usize>(TABLE, 100);
}
export function runStart(): usize {
  return load<usize>(TABLE, 104);
}
export function runEnd(): usize {
  return load<usize>(TABLE, 108);
}
export function runParent(): usize {
  return load<usize>(TABLE, 112);
}
export function runVotes(): usize {
  return load<usize>(TABLE, 116);
}
export function rowRuns(): usize {
  return load<usize>(TABLE, 120);
}
/** Scratch of 4 * (stride + 16) bytes. */
export function columns(): usize {
  return load<usize>(TABLE, 124);
}
export function histogram(): usize {
  return load<usize>(TABLE, 128);
}
export function groups(): usize {
  return load<usize>(TABLE, 132);
}
/** Luma of every second pixel of every second row; rows of half a stride. */
export function seenBefore(): usize {
  return load<usize>(TABLE, 136);
}
/** Words, one for each cell and one more. */
export function cellChange(): usize {
  return load<usize>(TABLE, 140);
}
export function cellBrighter(): usize {
  return load<usize>(TABLE, 144);
}

/** Of cells: bytes, one for each and one more; words and sixteen numbers of the active ones. */
export function cellRaw(): usize {
  return load<usize>(TABLE, 148);
}
export function cellShadow(): usize {
  return load<usize>(TABLE, 152);
}
export function cellMask(): usize {
  return load<usize>(TABLE, 156);
}
export function cellActive(): usize {
  return load<usize>(TABLE, 160);
}
export function cellSums(): usize {
  return load<usize>(TABLE, 164);
}

/** Bytes of a guarded plane, both guards included. */
export function guardedBytes(): i32 {
  return stride() * height() + 2 * origin();
}
