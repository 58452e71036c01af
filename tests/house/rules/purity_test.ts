import { purity } from "./purity.ts";
import { checkRule } from "./check_rule.ts";

function check(path: string, source: string, underlined: readonly string[]): void {
  checkRule({ rule: purity, path, source }, underlined);
}

Deno.test("purity underlines what acts or waits in a place that decides", () => {
  check("analysis/regions.ts", 'Deno.readTextFileSync("a");', ["Deno.readTextFileSync"]);
  check("analysis/regions.ts", 'fetch("a");', ['fetch("a")']);
  check("analysis/regions.ts", "async function f() {}", ["async function f() {}"]);
  check("server/viewer/state.ts", "const f = async () => 1;", ["async () => 1"]);
});

Deno.test("purity leaves the files that meet the world alone", () => {
  check("analysis/worker_host.ts", "async function f() { await g(); }", []);
  check("analysis/regions_test.ts", 'Deno.readTextFileSync("a");', []);
  check("capture/probe.ts", "async function f() {}", []);
});

Deno.test("purity lets a suite that twins share register its tests", () => {
  check("analysis/kernels/kernels_promises.ts", 'Deno.test("a", f);', []);
});
