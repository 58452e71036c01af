import assert from "node:assert/strict";
import { readState, serviceReport } from "../service_state.ts";
import type { FindingLevel } from "./check.ts";
import { judgeService } from "./service.ts";

const RUNNING = {
  LoadState: "loaded",
  UnitFileState: "enabled",
  ActiveState: "active",
  SubState: "running",
  NRestarts: "0",
  Result: "success",
  ExecMainStatus: "0",
};

function stateOf(changes: Partial<typeof RUNNING>) {
  const properties = Object.entries({ ...RUNNING, ...changes });
  return readState(properties.map(([name, value]) => `${name}=${value}`).join("\n"));
}

function check(
  changes: Partial<typeof RUNNING>,
  level: FindingLevel,
  said: RegExp,
): void {
  const finding = judgeService(stateOf(changes));
  assert.equal(finding.level, level, finding.words);
  assert.match(`${finding.words} -> ${finding.toDo}`, said);
}

Deno.test("judgeService() says what systemd does with it, and the line that mends it", () => {
  check({}, "good", /^it runs since .*; It starts at boot/);
  check({ LoadState: "not-found" }, "note", /sudo streamware service install/);
  check({ LoadState: "bad-setting" }, "broken", /cannot use \(bad-setting\)/);
  check({ LoadState: "masked" }, "broken", /systemctl unmask/);
  const failed = { ActiveState: "failed", Result: "watchdog" };
  check(failed, "broken", /it hung.* -> sudo streamware logs/);
  check({ ActiveState: "inactive", SubState: "dead" }, "broken", /systemctl start/);
  check({ UnitFileState: "disabled" }, "warning", /systemctl enable/);
  check({ NRestarts: "3" }, "good", /again 3 times/);
  check({ NRestarts: "4" }, "warning", /again 4 times.* -> journalctl/);
});

Deno.test("judgeService() calls a loop of crashes broken, as service status does", () => {
  const loop = {
    ActiveState: "activating",
    SubState: "auto-restart",
    Result: "exit-code",
    ExecMainStatus: "2",
    NRestarts: "40",
  };
  check(loop, "broken", /it does not run: it ended with 2.*started it again 40 times/);
  assert.equal(serviceReport(stateOf(loop)).exitCode, 2);
});
