import { imports } from "./imports.ts";
import { checkRule } from "./check_rule.ts";

function check(path: string, source: string, underlined: readonly string[]): void {
  checkRule({ rule: imports, path, source }, underlined);
}

Deno.test("imports underlines the works of another stage, however they are reached", () => {
  check("server/routes.ts", 'import { x } from "../capture/probe.ts";', [
    '"../capture/probe.ts"',
  ]);
  check("server/routes.ts", 'export { x } from "../capture/probe.ts";', [
    '"../capture/probe.ts"',
  ]);
  check("server/routes.ts", 'export * from "../capture/probe.ts";', [
    '"../capture/probe.ts"',
  ]);
  check("server/routes.ts", 'await import("../capture/probe.ts");', [
    '"../capture/probe.ts"',
  ]);
  check(
    "server/routes.ts",
    'new Worker(new URL("../analysis/worker.ts", import.meta.url));',
    ['"../analysis/worker.ts"'],
  );
});

Deno.test("imports lets a stage use another stage's words, and its own files", () => {
  check(
    "server/routes.ts",
    'import type { X } from "../analysis/dsl/observation.ts";',
    [],
  );
  check("server/routes.ts", 'import { x } from "./access.ts";', []);
  check("server/routes.ts", 'new URL("./viewer/dist/", import.meta.url);', []);
  check("server/routes.ts", "export const x = 1;\nexport { x as y };", []);
});

Deno.test("imports underlines an address and a package of another owner", () => {
  check("server/routes.ts", 'import { z } from "zod";', ['"zod"']);
  check("server/routes.ts", 'import { z } from "npm:zod@4";', ['"npm:zod@4"']);
  check("server/routes.ts", 'import { Hono } from "hono";', []);
});
