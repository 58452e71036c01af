/**
 * What is written in a source beside its code: the doc comment that opens it, reasons
 * for silenced rules, and words that belong to one machine only.
 * @module
 */

/** Sources that do not open with a module doc comment, one sentence each. */
export function withoutModuleDoc(sources: ReadonlyMap<string, string>): string[] {
  return [...sources]
    .filter(([, source]) =>
      !/^\/\*\*(?:(?!\*\/)[\s\S])*@module(?:(?!\*\/)[\s\S])*\*\//.test(source)
    )
    .map(([path]) => `${path} does not open with a doc comment that holds @module`);
}

/** Silenced rules without a reason ("-- why"), and wholesale silence, one sentence each. */
export function silencedWithoutReason(sources: ReadonlyMap<string, string>): string[] {
  const wrong: string[] = [];
  for (const [path, source] of sources) {
    source.split("\n").forEach((line, index) => {
      const at = `${path}:${index + 1}`;
      if (
        /^\s*(\/\/|\/\*)\s*(deno-lint-ignore-file|@ts-ignore|@ts-nocheck)\b/.test(line)
      ) {
        wrong.push(`${at} silences more than one rule at one place`);
      }
      if (
        /^\s*\/\/\s*(deno-lint-ignore|@ts-expect-error)\b(?!-)/.test(line)
      ) {
        if (!/\s--\s+\S/.test(line)) {
          wrong.push(`${at} silences a rule without saying why: -- reason`);
        }
      }
    });
  }
  return wrong;
}

/**
 * Places of one machine and of the registries that it fetches from. Written in pieces,
 * so that this file does not hold what it looks for.
 */
const ONE_MACHINE: readonly RegExp[] = [
  new RegExp("/" + "work/"),
  new RegExp("/" + "tmp/work"),
  new RegExp("/" + "root/"),
  new RegExp("/" + "home/[a-z]"),
  new RegExp("/" + "Users/[A-Za-z]"),
  new RegExp("registry\\." + "npmjs"),
  new RegExp("deb\\." + "debian\\.org"),
  new RegExp("pypi\\." + "org"),
];

/** Lines of any text file that name one machine's places, one sentence each. */
export function machineWords(texts: ReadonlyMap<string, string>): string[] {
  const wrong: string[] = [];
  for (const [path, text] of texts) {
    text.split("\n").forEach((line, index) => {
      const found = ONE_MACHINE.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
      if (found) {
        wrong.push(`${path}:${index + 1} names a place of one machine: ${found}`);
      }
    });
  }
  return wrong;
}
