import assert from "node:assert/strict";
import { ringBytes } from "../../capture/frame/frame_ring.ts";
import { settings } from "../../config/schema.ts";
import type { FindingLevel } from "./check.ts";
import { availableBytes, judgeMemory, type MemoryFound, neededBytes } from "./memory.ts";

const FOUND: MemoryFound = {
  folder: "/dev/shm/streamware",
  isTmpfs: true,
  isWritable: true,
  sizeBytes: 64_000_000,
  freeBytes: 60_000_000,
  neededBytes: 4_000_000,
  isRunning: false,
  lacking: undefined,
  availableBytes: 900_000_000,
};

function check(changes: Partial<MemoryFound>, level: FindingLevel, words: RegExp): void {
  const finding = judgeMemory({ ...FOUND, ...changes });
  assert.equal(finding.level, level, finding.words);
  assert.match(`${finding.words} -> ${finding.toDo}`, words);
}

Deno.test("judgeMemory() believes the running program that it has too little", () => {
  const words = "No memory for frames, nothing is analysed";
  const lacking = { severity: "critical", words, toDo: "make it bigger" } as const;
  check({ isRunning: true, lacking }, "broken", /nothing is analysed -> make it bigger/);
  const short = { ...lacking, severity: "warning" } as const;
  check({ isRunning: true, lacking: short }, "warning", /No memory for frames/);
});

Deno.test("judgeMemory() compares what is free with what the cameras need", () => {
  check({}, "good", /60 MB free of 64 MB in \/dev\/shm\/streamware; .* need 4 MB/);
  check({ freeBytes: 3_000_000 }, "broken", /remount,size=65M \/dev\/shm/);
  check({ freeBytes: 3_000_000, isRunning: true }, "good", /3 MB free.* have 4 MB/);
  check({ isTmpfs: false }, "warning", /is no tmpfs/);
  check({ isWritable: false }, "broken", /cannot be written/);
  check({ availableBytes: 1_000_000 }, "warning", /only 1 MB of RAM is left/);
  check({ availableBytes: undefined }, "good", /free/);
});

Deno.test("neededBytes() is exact where the picture is known, and careful where it is not", () => {
  const { cameras, memory } = settings.parse({
    cameras: { gate: { url: "scene:street" }, yard: { url: "scene:street", width: 320 } },
  });
  const unknown = ringBytes({ width: 640, height: 480 }, 8) +
    ringBytes({ width: 320, height: 240 }, 8);
  assert.equal(neededBytes({ cameras, memory }, undefined), unknown);
  const size = { width: 640, height: 360 };
  const gate = { camera: "gate", source: "", sinceUtcMs: 0, words: "", size };
  const program = { cameras: [{ ...gate, state: "online" as const }] };
  const known = ringBytes(size, 8) + ringBytes({ width: 320, height: 240 }, 8);
  assert.equal(neededBytes({ cameras, memory }, program), known);
});

Deno.test("availableBytes() reads /proc/meminfo", () => {
  assert.equal(availableBytes("MemTotal: 9 kB\nMemAvailable:   1024 kB\n"), 1_048_576);
  assert.equal(availableBytes(""), undefined);
});
