/**
 * Keeps documents true: links lead somewhere, decisions are numbered and listed, the
 * table of exit codes is the one of the code. Judges no prose.
 * @module
 */

/** Links of markdown texts that lead nowhere, one sentence each. */
export function brokenLinks(
  documents: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): string[] {
  const wrong: string[] = [];
  for (const [path, text] of documents) {
    for (const link of linksOf(text)) {
      const [target = "", heading] = link.split("#");
      const file = target === "" ? path : joined(path, target);
      if (!exists(file)) wrong.push(`${path}: ${link} leads nowhere`);
      else if (
        heading && documents.has(file) && !headingsOf(documents.get(file)!).has(heading)
      ) {
        wrong.push(`${path}: ${link} names a heading that is not there`);
      }
    }
  }
  return wrong;
}

/** Decisions that are misnamed, misnumbered or not listed in the index, one sentence each. */
export function adrFaults(adrs: ReadonlyMap<string, string>, index: string): string[] {
  const wrong: string[] = [];
  [...adrs].sort(([a], [b]) => a < b ? -1 : 1).forEach(([name, text], position) => {
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1];
    if (number === undefined) {
      wrong.push(`${name} is not named NNNN-what-was-decided.md`);
      return;
    }
    if (Number(number) !== position + 1) {
      wrong.push(`${name}: a number before it is missing or taken`);
    }
    const title = /^# (\d{4}) (.+)$/m.exec(text);
    if (title?.[1] !== number) {
      wrong.push(`${name} does not begin with "# ${number} Title"`);
    }
    if (!/^Status: (accepted|superseded by \d{4})/m.test(text)) {
      wrong.push(`${name} has no line "Status: accepted"`);
    }
    if (!index.includes(`](${name})`)) {
      wrong.push(`${name} is not listed in docs/adr/README.md`);
    }
  });
  return wrong;
}

/** Exit codes that the page and the code do not agree on, one sentence each. */
export function exitCodeFaults(
  page: string,
  codes: Readonly<Record<string, number>>,
): string[] {
  const told = new Map<number, string>();
  for (const [, code = "", kinds = ""] of page.matchAll(/^\| *(\d+) *\| *([^|]*)\|/gm)) {
    told.set(Number(code), kinds);
  }
  const wrong = Object.entries(codes)
    .filter(([kind, code]) => !told.get(code)?.includes(`\`${kind}\``))
    .map(([kind, code]) => `docs/ref/exit-codes.md does not say that ${kind} is ${code}`);
  const known = new Set([...Object.values(codes), 0, 130]);
  for (const code of told.keys()) {
    if (!known.has(code)) {
      wrong.push(`docs/ref/exit-codes.md has ${code}, the code has not`);
    }
  }
  return wrong;
}

/** Relative links; the web is not asked. Code is not searched. */
function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function withoutCode(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
}

/** Names of a document's headings, as GitHub makes them. */
function headingsOf(text: string): Set<string> {
  const plain = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
  return new Set(
    [...plain.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
    ),
  );
}

function joined(from: string, target: string): string {
  return decodeURIComponent(new URL(target, `file:///${from}`).pathname.slice(1)).replace(
    /\/$/,
    "",
  );
}
