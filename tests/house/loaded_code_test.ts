import assert from "node:assert/strict";
import { resolveImport } from "./source_place.ts";
import { programSources, tree } from "./sources.ts";

/**
 * What is loaded when `entry` is: files of ours, and packages by their names. Code that
 * was loaded stays in memory for as long as the program runs.
 */
function loadedWith(entry: string, sources: ReadonlyMap<string, string>): Set<string> {
  const loaded = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const source = sources.get(path);
    if (source === undefined) continue;
    for (const specifier of importsOf(path, source)) {
      open.push(specifier.startsWith(".") ? resolveImport(path, specifier) : specifier);
    }
  }
  return loaded;
}

/** Specifiers of its imports, without those of types alone and those on demand. */
function importsOf(path: string, source: string): readonly string[] {
  const found: string[] = [];
  const rule: Deno.lint.Rule = {
    create: () => ({
      ImportDeclaration({ source, importKind, specifiers }) {
        const isTypes = importKind === "type" || specifiers.length > 0 &&
            specifiers.every((one) =>
              one.type === "ImportSpecifier" && one.importKind === "type"
            );
        if (!isTypes) found.push(String(source.value));
      },
      ExportAllDeclaration: (node) => void found.push(String(node.source.value)),
      ExportNamedDeclaration(node) {
        if (node.source) found.push(String(node.source.value));
      },
    }),
  };
  Deno.lint.runPlugin({ name: "imports", rules: { all: rule } }, path, source);
  return found;
}

Deno.test("loadedWith() follows imports, and neither types nor what is asked for later", () => {
  const sources = tree({
    "a.ts": 'import { b } from "./b.ts"; import type { T } from "./t.ts"; ' +
      'import { type U } from "./u.ts"; await import("./later.ts");',
    "b.ts": 'import "big"; export * from "./c.ts";',
  });
  assert.deepEqual(loadedWith("a.ts", sources), new Set(["a.ts", "b.ts", "big", "c.ts"]));
});

Deno.test("a command loads no other command, nor what only others need", () => {
  const sources = programSources();
  const start = loadedWith("main.ts", sources);
  const isCommand = (path: string) =>
    /export const \w+Command\b/.test(sources.get(path) ?? "");
  assert.ok(isCommand("cli/run.ts"));
  assert.deepEqual([...start].filter(isCommand), []);
  const run = loadedWith("cli/run.ts", sources);
  const needless = ["@clack/prompts", "onvif", "selfsigned", "sharp"];
  assert.deepEqual(needless.filter((name) => run.has(name)), []);
});
