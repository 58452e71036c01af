/**
 * Who uses what: finds files that nothing reaches and exports that nobody asks for.
 * Names only; whether a use makes sense is for the type checker.
 * @module
 */
import { isTest, isTestFile, resolveImport } from "./source_place.ts";

/** What one file takes from others, and what it offers. */
interface SourceLinks {
  /** Names by the file they are taken from; "*" is all of them. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
  readonly offered: readonly string[];
  /** How often each identifier is written. */
  readonly written: ReadonlyMap<string, number>;
}

/** Files of the program that only tests use, with the reason. */
const ONLY_FOR_TESTS: Readonly<Record<string, string>> = {
  "analysis/kernels/kernels_naive.ts": "the slow twin that the fast one is compared with",
};

/** Paths and texts of sources. */
type Sources = ReadonlyMap<string, string>;

/**
 * Files of the program that no other file of it reaches, one sentence each. What is
 * named by its path (a command's program, a worker, an entry of a bundle) is reached.
 * @param mentions texts that may name a file: commands, deno.json
 */
export function deadFiles(sources: Sources, mentions: readonly string[]): string[] {
  const reached = new Set<string>();
  for (const [path, source] of sources) {
    for (const target of linksOf(path, source).taken.keys()) {
      if (target !== path && (!isTest(path) || isTest(target))) reached.add(target);
    }
  }
  const texts = [...mentions, ...sources.values()];
  const isNamed = (path: string) => texts.some((text) => text.includes(path));
  return [...sources.keys()]
    .filter((path) => !isTestFile(path) && !Object.hasOwn(ONLY_FOR_TESTS, path))
    .filter((path) => !reached.has(path) && !isNamed(path))
    .map((path) => `${path} is reached by no file of the program`);
}

/**
 * Exports that nobody uses, one sentence each. One that its own file uses may stand:
 * a type that a signature shows, a limit that a reader looks for.
 */
export function unusedExports(sources: Sources): string[] {
  const links = new Map(
    [...sources].map(([path, source]) => [path, linksOf(path, source)]),
  );
  const taken = new Map<string, Set<string>>();
  for (const one of links.values()) {
    for (const [target, names] of one.taken) {
      const known = taken.get(target) ?? new Set();
      names.forEach((name) => known.add(name));
      taken.set(target, known);
    }
  }
  const unused: string[] = [];
  for (const [path, { offered, written }] of links) {
    const names = taken.get(path) ?? new Set();
    for (const name of offered) {
      if (names.has(name) || names.has("*") || (written.get(name) ?? 0) > 1) continue;
      unused.push(`${path} exports ${name}, which nobody uses`);
    }
  }
  return unused;
}

function linksOf(path: string, source: string): SourceLinks {
  const taken = new Map<string, Set<string>>();
  const offered: string[] = [];
  const written = new Map<string, number>();
  const take = (specifier: unknown, names: readonly string[]) => {
    if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
    const target = resolveImport(path, specifier);
    const known = taken.get(target) ?? new Set();
    names.forEach((name) => known.add(name));
    taken.set(target, known);
  };
  const rule: Deno.lint.Rule = {
    create: () => ({
      Identifier: (node) =>
        void written.set(node.name, (written.get(node.name) ?? 0) + 1),
      ImportDeclaration: (node) =>
        take(node.source.value, node.specifiers.map(importedName)),
      ImportExpression(node) {
        if (node.source.type === "Literal") take(node.source.value, ["*"]);
      },
      'NewExpression[callee.name="URL"]'(node: Deno.lint.NewExpression) {
        const [address] = node.arguments;
        if (address?.type === "Literal") take(address.value, ["*"]);
      },
      ExportAllDeclaration: (node) => take(node.source.value, ["*"]),
      ExportNamedDeclaration(node) {
        if (node.source) {
          take(
            node.source.value,
            node.specifiers.map(({ local }) => nameOf(local)),
          );
        }
        offered.push(...offersOf(node));
      },
    }),
  };
  Deno.lint.runPlugin({ name: "links", rules: { all: rule } }, path, source);
  return { taken, offered, written };
}

function importedName(
  specifier: Deno.lint.ImportDeclaration["specifiers"][number],
): string {
  if (specifier.type === "ImportSpecifier") return nameOf(specifier.imported);
  return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
}

function offersOf(node: Deno.lint.ExportNamedDeclaration): string[] {
  const { declaration } = node;
  if (!declaration) return node.specifiers.map(({ exported }) => nameOf(exported));
  const ids = declaration.type === "VariableDeclaration"
    ? declaration.declarations.map(({ id }) => id)
    : "id" in declaration
    ? [declaration.id]
    : [];
  return ids.flatMap((id) => id?.type === "Identifier" ? [id.name] : []);
}

function nameOf(node: Deno.lint.Identifier | Deno.lint.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}
