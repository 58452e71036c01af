import assert from "node:assert/strict";
import type { FindingLevel } from "./check.ts";
import { judgeService, propertiesOf } from "./service.ts";

const RUNNING = {
  LoadState: "loaded",
  UnitFileState: "enabled",
  ActiveState: "active",
  SubState: "running",
  NRestarts: "0",
  Result: "success",
};

function check(
  changes: Partial<typeof RUNNING>,
  level: FindingLevel,
  said: RegExp,
): void {
  const finding = judgeService({ ...RUNNING, ...changes });
  assert.equal(finding.level, level, finding.words);
  assert.match(`${finding.words} -> ${finding.toDo}`, said);
}

Deno.test("judgeService() says what systemd does with it, and the line that mends it", () => {
  check({}, "good", /active \(running\), and started at boot/);
  check({ LoadState: "not-found" }, "note", /sudo streamware service install/);
  check({ LoadState: "bad-setting" }, "broken", /cannot be loaded: bad-setting/);
  check({ ActiveState: "failed", Result: "watchdog" }, "broken", /it failed: watchdog/);
  check({ ActiveState: "inactive", SubState: "dead" }, "warning", /systemctl start/);
  check({ UnitFileState: "disabled" }, "warning", /systemctl enable/);
  check({ NRestarts: "4" }, "warning", /again 4 times -> journalctl/);
});

Deno.test("propertiesOf() reads what systemctl show prints", () => {
  assert.deepEqual(propertiesOf("A=b=c\nNRestarts=3\nEmpty=\n"), {
    A: "b=c",
    NRestarts: "3",
    Empty: "",
  });
});
