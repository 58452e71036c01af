/**
 * An exclusive lock on a file, freed by the kernel when its owner dies (flock).
 *
 * Through libc: Deno 2.6.8, which our binary is built with, has no lock that
 * returns at once when the file is taken.
 * @module
 */
import { Fault } from "./fault.ts";

const O_RDWR = 0o2;
const O_CREAT = 0o100;
const O_CLOEXEC = 0o2000000;
/** Differs by processor: asm-generic on x86-64, arm's own on arm64. */
const O_NOFOLLOW = Deno.build.arch === "aarch64" ? 0o100000 : 0o400000;
const LOCK_EX_NB = 2 | 4;

const SYMBOLS = {
  open: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  flock: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/** The lock, or undefined when another process holds it. Symlinks are refused. */
export function tryLockFile(path: string): Disposable | undefined {
  const libc = Deno.dlopen("libc.so.6", SYMBOLS);
  const name = new TextEncoder().encode(path + "\0");
  const flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  const file = libc.symbols.open(name, flags, 0o600);
  if (file < 0) {
    libc.close();
    throw new Fault("unavailable", `Cannot open the lock file ${path}: is it a link?`);
  }
  const free = () => {
    libc.symbols.close(file);
    libc.close();
  };
  if (libc.symbols.flock(file, LOCK_EX_NB) === 0) return { [Symbol.dispose]: free };
  free();
  return undefined;
}
