import { positionalParameters, topLevelFunction } from "./functions.ts";
import { checkRule } from "./check_rule.ts";

Deno.test("top-level-function underlines a function that is written as a constant", () => {
  const check = (source: string, underlined: readonly string[]) =>
    checkRule({ rule: topLevelFunction, path: "base/a.ts", source }, underlined);
  check("const f = () => 1;", ["f"]);
  check("export const f = async (x) => { await x; };", ["f"]);
  check("const f = function () {};", ["f"]);
  check("const table = { f: () => 1 };", []);
  check("function g() { const f = () => 1; return f; }", []);
});

function check(source: string, underlined: readonly string[], path = "base/a.ts"): void {
  checkRule({ rule: positionalParameters, path, source }, underlined);
}

Deno.test("positional-parameters underlines three plain values in a row", () => {
  check("export function f(a: number, b: number, c: number) {}", ["f"]);
  check("export function f(a: Plan, b: number, c: number, d: number) {}", ["f"]);
  check("export class C { m(a: number, b: string, c: boolean) {} }", ["m"]);
  check("export class C { constructor(a: A, b: B, c: C, d: D) {} }", ["constructor"]);
});

Deno.test("positional-parameters lets two values stand beside one object", () => {
  check("export function f(a: number, b: number) {}", []);
  check("export function f(a: number, b: number, options: Options = {}) {}", []);
  check("export function f(a: number, b: number, { c }: { c: number }) {}", []);
  check("export function f(plan: Plan, attempt: number, chance: number) {}", []);
});

Deno.test("positional-parameters leaves private functions, hot loops and tests alone", () => {
  check("function f(a: number, b: number, c: number) {}", []);
  check("export class C { #m(a: number, b: number, c: number) {} }", []);
  check(
    "export function f(a: number, b: number, c: number) {}",
    [],
    "analysis/kernels/a.ts",
  );
  check(
    "export function f(a: number, b: number, c: number) {}",
    [],
    "tests/support/a.ts",
  );
});
