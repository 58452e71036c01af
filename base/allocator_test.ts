import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { eventually } from "../tests/support/program.ts";
import { tidyAllocator } from "./allocator.ts";
import { residentBytes } from "./process_metrics.ts";

const BLOCK_BYTES = 16_384;
const BLOCKS = 4_000;
/** One block in so many stays, so that what is free are holes. */
const KEPT = 8;

function residentMegabytes(): number {
  return residentBytes(Deno.readTextFileSync("/proc/self/status"))! / 1e6;
}

Deno.test("tidyAllocator() gives back the holes between what stays", async () => {
  const clock = new ManualClock();
  await using tidy = tidyAllocator(clock);
  assert.ok(tidy, "the C library here is glibc");
  const libc = Deno.dlopen("libc.so.6", {
    malloc: { parameters: ["usize"], result: "pointer" },
    memset: { parameters: ["pointer", "i32", "usize"], result: "pointer" },
    free: { parameters: ["pointer"], result: "void" },
  });
  const { malloc, memset, free } = libc.symbols;
  const blocks = Array.from({ length: BLOCKS }, () => malloc(BigInt(BLOCK_BYTES)));
  for (const block of blocks) memset(block, 1, BigInt(BLOCK_BYTES));
  const isKept = (at: number) => at % KEPT === 0;
  for (const [at, block] of blocks.entries()) if (!isKept(at)) free(block);
  const fullMegabytes = residentMegabytes();
  clock.advance(10_000);
  const freedMegabytes = BLOCKS * BLOCK_BYTES * (1 - 1 / KEPT) / 1e6;
  await eventually(
    "half of what is free has gone back",
    () => residentMegabytes() < fullMegabytes - freedMegabytes / 2,
  );
  for (const [at, block] of blocks.entries()) if (isKept(at)) free(block);
  libc.close();
});
