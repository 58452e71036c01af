import { timeAndChance } from "./time_and_chance.ts";
import { checkRule } from "./check_rule.ts";

function check(path: string, source: string, underlined: readonly string[]): void {
  checkRule({ rule: timeAndChance, path, source }, underlined);
}

const CLOCKS = "Date.now(); performance.now(); new Date();";
const WAITS = "setTimeout(f, 1); setInterval(f, 1); AbortSignal.timeout(1);";

Deno.test("time-and-chance underlines every way to read time, wait and throw dice", () => {
  check("capture/probe.ts", CLOCKS, ["Date.now", "performance.now", "new Date()"]);
  check("capture/probe.ts", WAITS, [
    "setTimeout(f, 1)",
    "setInterval(f, 1)",
    "AbortSignal.timeout",
  ]);
  check("capture/probe.ts", "const f = Math.random;", ["Math.random"]);
});

Deno.test("time-and-chance lets a date be made of a number", () => {
  check("capture/probe.ts", "new Date(utcMs).toISOString();", []);
});

Deno.test("time-and-chance lets base and the page read time", () => {
  check("base/clock.ts", CLOCKS + WAITS + "Math.random();", []);
  check("server/viewer/connection.ts", CLOCKS + WAITS, []);
  check("server/viewer/connection.ts", "Math.random();", ["Math.random"]);
});

Deno.test("time-and-chance lets tests look at the clock and feed, but not sleep", () => {
  check("capture/probe_test.ts", CLOCKS, []);
  check("capture/probe_test.ts", "setInterval(feed, 50); setTimeout(aTurn);", []);
  check("capture/probe_test.ts", "setTimeout(f, 1);", ["setTimeout(f, 1)"]);
  check("tests/integration/a_test.ts", "AbortSignal.timeout(1);", [
    "AbortSignal.timeout",
  ]);
  check("tests/support/program.ts", CLOCKS + WAITS, []);
  check("tests/support/program.ts", "Math.random();", ["Math.random"]);
});

Deno.test("time-and-chance lets the wiring hand chance out", () => {
  check("app/appliance.ts", "start({ chance: Math.random });", []);
  check("server/viewer/main.tsx", "start({ chance: Math.random });", []);
});
