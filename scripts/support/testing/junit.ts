/**
 * Reads the JUnit report that `deno test --junit-path` writes. Only Deno's dialect;
 * what never got into the report (a crash, a file that throws) is not known here.
 * @module
 */

/** One test, or one step of a test ("test > step"). */
export interface TestCase {
  /** Path below the repository's root. */
  readonly file: string;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What the failure says; empty for the other outcomes. */
  readonly message: string;
  readonly seconds: number;
}

/** All cases, in the report's order. A text without any gives an empty list. */
export function readJunit(xml: string): TestCase[] {
  const cases: TestCase[] = [];
  for (const [, attributes, body = ""] of xml.matchAll(CASE)) {
    const told = readAttributes(attributes ?? "");
    const failure = FAILURE.exec(body);
    cases.push({
      file: (told.get("classname") ?? "").replace(/^\.\//, ""),
      name: told.get("name") ?? "",
      outcome: failure ? "failed" : body.includes("<skipped") ? "skipped" : "passed",
      message: failure ? failureWords(failure) : "",
      seconds: Number(told.get("time") ?? 0),
    });
  }
  return cases;
}

/** In attributes and texts Deno escapes every "<" and ">", so that this is enough. */
const CASE = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const FAILURE = /<(?:failure|error)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;

/** The text holds the message and the stack; a cancelled test has only the message. */
function failureWords(failure: RegExpExecArray): string {
  const text = plain(failure[2] ?? "").trim();
  return text || (readAttributes(failure[1] ?? "").get("message") ?? "");
}

function readAttributes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map((
      [, name = "", value = ""],
    ) => [name, plain(value)]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

function plain(escaped: string): string {
  return escaped
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-fA-F]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
