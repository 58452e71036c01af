/**
 * Is there room for the raw frames of every camera?
 * @module
 */
import { dirname } from "node:path";
import { statfsSync } from "node:fs";
import { frameBytes } from "../../capture/frame/frame.ts";
import { ringBytes } from "../../capture/frame/frame_ring.ts";
import type { Alert } from "../../base/alerts.ts";
import type { Settings } from "../../config/schema.ts";
import type { ControlStatus } from "../../server/control_protocol.ts";
import { bytesWords } from "../terminal_text.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

/** `f_type` of a tmpfs: statfs(2). */
const TMPFS = 0x01021994;

export const check: Check = { name: "memory", timeoutMs: 5_000, run };

function run({ configuration, program }: CheckContext): Promise<readonly Finding[]> {
  const { settings } = configuration;
  const { folder } = settings.memory;
  const place = existing(folder);
  const found = statfsSync(place);
  return Promise.resolve([judgeMemory({
    folder,
    isTmpfs: found.type === TMPFS,
    isWritable: canWrite(place),
    sizeBytes: found.blocks * found.bsize,
    freeBytes: found.bavail * found.bsize,
    neededBytes: neededBytes(settings, program),
    isRunning: program !== undefined,
    lacking: program?.alerts.find(({ code }) => code === "memory.full"),
    availableBytes: availableBytes(Deno.readTextFileSync("/proc/meminfo")),
  })]);
}

export interface MemoryFound {
  readonly folder: string;
  readonly isTmpfs: boolean;
  readonly isWritable: boolean;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  /** Of the rings of all cameras. */
  readonly neededBytes: number;
  /** The rings of the running program are part of what is used already. */
  readonly isRunning: boolean;
  /** The alert of the running program that it has too little. */
  readonly lacking: Pick<Alert, "severity" | "words" | "toDo"> | undefined;
  /** What the kernel can give without swapping; undefined when it does not say. */
  readonly availableBytes: number | undefined;
}

/** Whether the frames' folder is a tmpfs with room for the cameras. */
export function judgeMemory(found: MemoryFound): Finding {
  const { folder, sizeBytes, freeBytes, neededBytes, availableBytes } = found;
  const facts = { folder, sizeBytes, freeBytes, neededBytes };
  const room = `${bytesWords(freeBytes)} free of ${bytesWords(sizeBytes)} in ${folder}`;
  // What a running program has taken is not free any more.
  const needs = `the cameras ${found.isRunning ? "have" : "need"} ${
    bytesWords(neededBytes)
  }`;
  if (!found.isWritable) {
    const words = `${folder} cannot be written`;
    const toDo = `ls -ld ${folder} /dev/shm (/dev/shm is root's, with mode 1777)`;
    return { level: "broken", words, toDo, facts };
  }
  if (found.lacking) {
    const { severity, words, toDo } = found.lacking;
    const level = severity === "critical" ? "broken" : "warning";
    return { level, words: `${room}. ${words}`, toDo, facts };
  }
  if (!found.isRunning && freeBytes < neededBytes) {
    return {
      level: "broken",
      words: `${room}, but ${needs}`,
      toDo: `df -h ${folder}; sudo mount -o remount,size=${
        Math.ceil((sizeBytes - freeBytes + neededBytes) / 1e6)
      }M /dev/shm`,
      facts,
    };
  }
  if (!found.isTmpfs) {
    const words = `${folder} is no tmpfs: raw frames would be written to a disk`;
    return {
      level: "warning",
      words,
      toDo: "set memory.folder to /dev/shm/streamware",
      facts,
    };
  }
  if (!found.isRunning && availableBytes !== undefined && availableBytes < neededBytes) {
    const words = `${needs}, but only ${bytesWords(availableBytes)} of RAM is left`;
    return {
      level: "warning",
      words,
      toDo: "free -h; lower memory.slots or width",
      facts,
    };
  }
  return { level: "good", words: `${room}; ${needs}`, facts };
}

/** Exact where the picture's size is known; else of a picture that is 4:3, the tallest usual. */
export function neededBytes(
  { cameras, memory }: Pick<Settings, "cameras" | "memory">,
  program: Pick<ControlStatus, "cameras"> | undefined,
): number {
  let bytes = 0;
  for (const [name, { width }] of Object.entries(cameras)) {
    const known = program?.cameras.find(({ camera }) => camera === name)?.size;
    bytes += ringBytes(
      known ?? { width, height: Math.ceil(width * 3 / 4) },
      memory.slots,
    );
  }
  // Without a camera: what the first one will take, by the settings' own defaults.
  return bytes || memory.slots * frameBytes({ width: 640, height: 480 });
}

/** The folder, or the nearest one above it that is there. */
function existing(folder: string): string {
  for (let place = folder;; place = dirname(place)) {
    try {
      if (Deno.statSync(place).isDirectory || place === "/") return place;
    } catch {
      if (place === "/" || place === ".") return place;
    }
  }
}

function canWrite(folder: string): boolean {
  try {
    const file = Deno.makeTempFileSync({ dir: folder, prefix: ".streamware-doctor-" });
    Deno.removeSync(file);
    return true;
  } catch {
    return false; // which is what is asked
  }
}

/** `MemAvailable` of /proc/meminfo, bytes. */
export function availableBytes(meminfo: string): number | undefined {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}
