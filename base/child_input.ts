/**
 * What is written into a running program. Starts none: that is `subprocess.ts`.
 * @module
 */
import type { Writable } from "node:stream";

/** Bytes that go into a child. After its death they go nowhere, without an error. */
export interface ChildInput {
  write(bytes: Uint8Array): void;
  /** Bytes that the child has not taken yet. */
  readonly waitingBytes: number;
  close(): void;
}

/**
 * One part at a time: Deno 2.6 ends the whole program when a child dies that was being
 * written several parts at once.
 */
export function inputOf(stdin: Writable | null): ChildInput {
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isWriting = false;
  let isClosed = false;
  stdin?.on("error", () => {}); // EPIPE: whoever waits on `exited` hears of it.
  const next = () => {
    const bytes = waiting.shift();
    isWriting = bytes !== undefined && stdin?.writable === true;
    if (isWriting) {
      stdin!.write(bytes, () => {
        waitingBytes -= bytes!.length;
        next();
      });
      return;
    }
    waiting.length = 0;
    waitingBytes = 0;
    if (isClosed) stdin?.end();
  };
  return {
    write(bytes) {
      if (!stdin?.writable || isClosed) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (!isWriting) next();
    },
    get waitingBytes() {
      return waitingBytes;
    },
    close() {
      isClosed = true;
      if (!isWriting) stdin?.end();
    },
  };
}
