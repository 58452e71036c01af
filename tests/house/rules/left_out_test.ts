import { leftOut, noNotes } from "./left_out.ts";
import { checkRule } from "./check_rule.ts";

function check(source: string, underlined: readonly string[], path = "base/a.ts"): void {
  checkRule({ rule: leftOut, path, source }, underlined);
}

Deno.test("left-out underlines what this code does without", () => {
  check("enum E { A }", ["enum E { A }"]);
  check("namespace N { }", ["namespace N { }"]);
  check("@dec class C {}", ["@dec"]);
  check("export default 1;", ["export default 1;"]);
  check("new Proxy({}, {});", ["new Proxy({}, {})"]);
  check("class C extends B {}", ["class C extends B {}"]);
  check("let x = 1;", ["let x = 1;"]);
  check("export let x = 1;", ["let x = 1;"]);
});

Deno.test("left-out lets errors inherit, the world be declared and functions have state", () => {
  check("class NoFrames extends Error {}", []);
  check("class NoCamera extends Fault {}", []);
  check("class C {}", []);
  check("declare global { interface Window { x: number } }", []);
  check("function f() { let x = 1; x++; return x; }", []);
});

Deno.test("left-out lets a stand-in of a test inherit and remember", () => {
  check("let wakes = 0;", [], "tests/support/failing_worker.ts");
  check("class FakeWorker extends EventTarget {}", [], "analysis/worker_host_test.ts");
});

Deno.test("left-out lets the lint plugin have the default export that Deno asks for", () => {
  check("export default plugin;", [], "tests/house/lint_plugin.ts");
});

Deno.test("no-notes underlines comments that promise to come back", () => {
  const notes = (source: string, underlined: readonly string[]) =>
    checkRule({ rule: noNotes, path: "base/a.ts", source }, underlined);
  notes("// TODO later\nconst x = 1;", ["// TODO later"]);
  notes("/** A thing. FIXME: it leaks. */\nconst x = 1;", [
    "/** A thing. FIXME: it leaks. */",
  ]);
  notes('// The word todo in prose.\nconst x = "TODO";', []);
});
