/**
 * Can what must survive a restart be written?
 * @module
 */
import { wordsOf } from "../../base/fault.ts";
import { freeBytes } from "../../capture/frame/free_bytes.ts";
import { bytesWords } from "../terminal_text.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "disk", timeoutMs: 5_000, run };

function run({ places }: CheckContext): Promise<readonly Finding[]> {
  const folder = places.stateFolder;
  return Promise.resolve([judgeDisk({
    folder,
    ...tryToWrite(folder),
    freeBytes: freeBytes(folder),
  })]);
}

export interface DiskFound {
  readonly folder: string;
  readonly state: "writable" | "missing" | "forbidden" | "readonly" | "full" | "unusable";
  /** What the system said. */
  readonly said?: string;
  readonly freeBytes: number | undefined;
}

/** A disk that is nearly full is told before it is. */
const FREE_BYTES_FEW = 100_000_000;

/** Whether the state folder can be written and has room, bytes. */
export function judgeDisk({ folder, state, said, freeBytes }: DiskFound): Finding {
  const facts = { folder, ...(freeBytes === undefined ? {} : { freeBytes }) };
  const df = `df -h ${folder}`;
  switch (state) {
    case "missing":
      return {
        level: "note",
        words: `${folder} is not there yet: it is made when it is needed`,
        facts,
      };
    case "forbidden":
      return {
        level: "note",
        words: `${folder} may not be written by this user`,
        toDo: "sudo streamware doctor looks again as root",
        facts,
      };
    case "readonly":
      return {
        level: "broken",
        words: `${folder} lies on a file system that cannot be written`,
        toDo:
          "dmesg | tail -n 30 (a worn SD card turns read-only); sudo mount -o remount,rw /",
        facts,
      };
    case "full":
      return { level: "broken", words: `${folder} is full`, toDo: df, facts };
    case "unusable":
      return {
        level: "broken",
        words: `${folder} cannot be written: ${said}`,
        toDo: `ls -ld ${folder}; ${df}`,
        facts,
      };
    case "writable": {
      const free = freeBytes === undefined ? "" : `, ${bytesWords(freeBytes)} free`;
      const words = `${folder} can be written${free}`;
      if (freeBytes === undefined || freeBytes >= FREE_BYTES_FEW) {
        return { level: "good", words, facts };
      }
      return { level: "warning", words, toDo: df, facts };
    }
  }
}

/** Exported for a test with real folders. */
export function tryToWrite(folder: string): Pick<DiskFound, "state" | "said"> {
  try {
    const file = Deno.makeTempFileSync({ dir: folder, prefix: ".streamware-doctor-" });
    try {
      Deno.writeFileSync(file, new Uint8Array(65_536));
    } finally {
      Deno.removeSync(file);
    }
    return { state: "writable" };
  } catch (thrown) {
    return stateOf(thrown);
  }
}

/** By the codes of errno(3), which Deno gives with what the system refused. */
function stateOf(thrown: unknown): Pick<DiskFound, "state" | "said"> {
  if (thrown instanceof Deno.errors.NotFound) return { state: "missing" };
  if (thrown instanceof Deno.errors.PermissionDenied) return { state: "forbidden" };
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "EROFS") return { state: "readonly" };
  if (code === "ENOSPC" || code === "EDQUOT") return { state: "full" };
  return { state: "unusable", said: wordsOf(thrown).replace(/ \(os error.*$/s, "") };
}
