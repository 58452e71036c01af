import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { eventually } from "../tests/support/program.ts";
import { tidyAllocator } from "./allocator.ts";

const BLOCK_BYTES = 16_384;
const BLOCKS = 4_000;
/** One block in so many stays, so that what is free are holes. */
const KEPT = 8;

function openLibc() {
  return Deno.dlopen("libc.so.6", {
    malloc: { parameters: ["usize"], result: "pointer" },
    memset: { parameters: ["pointer", "i32", "usize"], result: "pointer" },
    free: { parameters: ["pointer"], result: "void" },
    mincore: { parameters: ["pointer", "usize", "buffer"], result: "i32" },
    getpagesize: { parameters: [], result: "i32" },
  });
}

/**
 * How much of the holes that begin at these places is in RAM, 0 to 1, by whole pages. Of
 * them only: what all of this process holds grows and shrinks with the tests beside it.
 */
function shareInRam(
  { mincore, getpagesize }: ReturnType<typeof openLibc>["symbols"],
  holes: readonly Deno.PointerValue[],
): number {
  const pageBytes = BigInt(getpagesize());
  const holeBytes = BigInt((KEPT - 1) * BLOCK_BYTES);
  const pages = new Uint8Array(Number(holeBytes / pageBytes) - 1);
  let there = 0;
  for (const hole of holes) {
    const first = (Deno.UnsafePointer.value(hole) + pageBytes - 1n) / pageBytes;
    const from = Deno.UnsafePointer.create(first * pageBytes);
    // It fails for what is mapped no longer, which is not in RAM either.
    const isMapped = mincore(from, BigInt(pages.length) * pageBytes, pages) === 0;
    if (isMapped) there += pages.filter((page) => (page & 1) === 1).length;
  }
  return there / (pages.length * holes.length);
}

Deno.test("tidyAllocator() gives back the holes between what stays", async () => {
  const clock = new ManualClock();
  await using tidy = tidyAllocator(clock);
  assert.ok(tidy, "the C library here is glibc");
  const libc = openLibc();
  const { malloc, memset, free } = libc.symbols;
  const blocks = Array.from({ length: BLOCKS }, () => malloc(BigInt(BLOCK_BYTES)));
  for (const block of blocks) memset(block, 1, BigInt(BLOCK_BYTES));
  const isKept = (at: number) => at % KEPT === 0;
  for (const [at, block] of blocks.entries()) if (!isKept(at)) free(block);
  // Another thread may take a block in between: what is no hole is not looked at.
  const address = (at: number) => Deno.UnsafePointer.value(blocks[at]!);
  const holes = blocks.filter((_, at) =>
    isKept(at - 1) && at + KEPT <= BLOCKS &&
    address(at + KEPT - 1) - address(at) < BigInt(KEPT * BLOCK_BYTES)
  );
  assert.ok(holes.length > BLOCKS / KEPT / 2, `${holes.length} holes`);
  const before = shareInRam(libc.symbols, holes);
  assert.ok(before > 0.9, `${before} of them is in RAM before`);
  clock.advance(10_000);
  const hasGone = () => shareInRam(libc.symbols, holes) < 0.5;
  await eventually("half of what is free has gone back", hasGone);
  for (const [at, block] of blocks.entries()) if (isKept(at)) free(block);
  libc.close();
});
