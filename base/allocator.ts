/**
 * What the C library's allocator does with memory that was freed: glibc keeps it, in a
 * pool for each thread that ever asked, and the pictures that pass through here leave
 * holes between what stays. Measures nothing and frees nothing that is in use.
 * @module
 */
import type { Clock } from "./clock.ts";

/** Parameter of mallopt(3): how many pools there may be. */
const M_ARENA_MAX = -8;
/**
 * One for the main thread, one for all others, whose many small pools would each keep
 * its own holes: six drawn cameras with pictures and a session page keep 30 MB of free
 * memory instead of 65.
 */
const POOLS_MAX = 2;
/** A walk of a millisecond or two, on a thread of its own. */
const PERIOD_MS = 10_000;

/**
 * From now on no more than two pools are begun, and every ten seconds whole pages that
 * are free go back to the system. Undefined, and nothing happens, where the C library is
 * not glibc.
 */
export function tidyAllocator(clock: Clock): AsyncDisposable | undefined {
  const glibc = openGlibc();
  if (!glibc) return undefined;
  glibc.symbols.mallopt(M_ARENA_MAX, POOLS_MAX);
  let walk: Promise<unknown> | undefined;
  const timer = clock.every(PERIOD_MS, () => {
    walk ??= glibc.symbols.malloc_trim(0n).finally(() => walk = undefined);
  });
  return {
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]();
      await walk;
      // The library stays loaded; only its handle is given back.
      glibc.close();
    },
  };
}

function openGlibc() {
  try {
    return Deno.dlopen("libc.so.6", {
      mallopt: { parameters: ["i32", "i32"], result: "i32" },
      malloc_trim: { parameters: ["usize"], result: "i32", nonblocking: true },
    });
  } catch {
    return undefined; // musl has neither
  }
}
