/**
 * Measures files and functions. A file is one idea, a function one thought: past the
 * caps it is two. Tables are not functions, so they do not count as long ones.
 * @module
 */

/** Files that may be longer than the cap, with the reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

export interface SizeCaps {
  readonly fileLinesMax: number;
  readonly fileLinesMedianMax: number;
  readonly functionLinesMax: number;
  readonly functionLinesP90Max: number;
}

/**
 * Taken from a dozen codebases that read well, in three languages: their median function
 * has 10 to 20 lines and one in ten more than 35 to 60, their median file 60 to 240.
 */
export const SIZE_CAPS: SizeCaps = {
  fileLinesMax: 400,
  fileLinesMedianMax: 150,
  functionLinesMax: 70,
  functionLinesP90Max: 50,
};

/** One function, method or arrow function. */
export interface MeasuredFunction {
  readonly name: string;
  /** Line of its first line, from 1. */
  readonly line: number;
  readonly lines: number;
}

/** Number of lines of a text; a final newline does not begin another. */
export function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

/** All functions of a source, in order of their beginning. */
export function measureFunctions(path: string, source: string): MeasuredFunction[] {
  const found: MeasuredFunction[] = [];
  const measure = (node: Deno.lint.Node, name: string) => {
    const [from, to] = node.range;
    found.push({
      name,
      line: countLines(source.slice(0, from) + "x"),
      lines: countLines(source.slice(from, to)),
    });
  };
  const rule: Deno.lint.Rule = {
    create: () => ({
      FunctionDeclaration: (node) => measure(node, node.id?.name ?? "function"),
      FunctionExpression: (node) => measure(node, methodName(node.parent)),
      ArrowFunctionExpression: (node) => measure(node, "arrow function"),
    }),
  };
  Deno.lint.runPlugin({ name: "measure", rules: { all: rule } }, path, source);
  return found.sort((a, b) => a.line - b.line);
}

function methodName(node: Deno.lint.Node): string {
  if (node.type !== "MethodDefinition" && node.type !== "Property") return "function";
  if (node.key.type === "PrivateIdentifier") return `#${node.key.name}`;
  return node.key.type === "Identifier" ? node.key.name : "method";
}

/** Files and functions over their caps, one sentence each. */
export function tooLong(sources: ReadonlyMap<string, string>, caps: SizeCaps): string[] {
  const wrong: string[] = [];
  for (const [path, source] of sources) {
    const lines = countLines(source);
    if (lines > caps.fileLinesMax && !Object.hasOwn(LONG_FILES, path)) {
      wrong.push(`${path} has ${lines} lines, at most ${caps.fileLinesMax}`);
    }
    for (const one of measureFunctions(path, source)) {
      if (one.lines <= caps.functionLinesMax) continue;
      wrong.push(
        `${path}:${one.line} ${one.name} has ${one.lines} lines, at most ${caps.functionLinesMax}`,
      );
    }
  }
  return wrong;
}

/** What the whole of the sources is too long in, one sentence each. */
export function tooLongOnTheWhole(
  sources: ReadonlyMap<string, string>,
  caps: SizeCaps,
): string[] {
  const wrong: string[] = [];
  const median = quantile([...sources.values()].map(countLines), 0.5);
  if (median >= caps.fileLinesMedianMax) {
    wrong.push(`the median file has ${median} lines, under ${caps.fileLinesMedianMax}`);
  }
  const functions = [...sources].flatMap(([path, source]) =>
    measureFunctions(path, source).map(({ lines }) => lines)
  );
  const p90 = quantile(functions, 0.9);
  if (p90 >= caps.functionLinesP90Max) {
    wrong.push(`one function in ten has ${p90} lines, under ${caps.functionLinesP90Max}`);
  }
  return wrong;
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
}
