import assert from "node:assert/strict";
import type { FindingLevel } from "./check.ts";
import { type DiskFound, judgeDisk } from "./disk.ts";

Deno.test("judgeDisk() tells each way in which nothing can be written", () => {
  const levels: Record<DiskFound["state"], FindingLevel> = {
    writable: "good",
    missing: "note",
    forbidden: "note",
    readonly: "broken",
    full: "broken",
  };
  for (const [state, level] of Object.entries(levels)) {
    const found = { folder: "/var/lib/streamware", freeBytes: 9e9 };
    const finding = judgeDisk({ ...found, state: state as DiskFound["state"] });
    assert.equal(finding.level, level, state);
  }
  const few = judgeDisk({ folder: "/x", state: "writable", freeBytes: 5_000_000 });
  assert.deepEqual([few.level, few.toDo], ["warning", "df -h /x"]);
});
