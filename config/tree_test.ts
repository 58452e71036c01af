import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { Fault } from "../base/fault.ts";
import { loadSettings } from "./load.ts";

const SECRET = "hunter2hunter2";

/** A file with a secret in every place that one belongs in. */
const TEXT = `cameras:
  front:
    url: rtsp://ada:${SECRET}@192.168.1.20/stream1
    fps: 5
    zones:
      door: {points: [[0, 0], [1, 0], [1, 1]], judge: touch}
  back: {url: "rtsp://192.168.1.21/", user: ada, password: "${SECRET}"}
  side:
    url: http://192.168.1.22/video?user=ada&pwd=${SECRET}
  shed:
    url: rtsp://192.168.1.23/
    user: ada
    password: |
      ${SECRET}
webhook:
  url: https://example.org/${SECRET}
  token: ${SECRET}
log:
  level: info
`;

/** All that people get to see of a file; only a fault of its own may be thrown. */
function seen(text: string): string {
  try {
    const { shown, warnings, origins } = loadSettings({
      path: "/nowhere/s.yaml",
      text,
      env: () => undefined,
    });
    return JSON.stringify([shown, warnings, [...origins]]);
  } catch (thrown) {
    assert.ok(thrown instanceof Fault, String((thrown as Error).stack));
    assert.equal(thrown.kind, "config");
    return `${thrown.message}${thrown.hint}`;
  }
}

Deno.test("a good file with secrets shows none of them", () => {
  const text = seen(TEXT);
  assert.match(text, /"password":"\*\*\*"/);
  assert.ok(!text.includes(SECRET), text);
});

Deno.test("whatever is in a file, only a fault of kind config comes of it", () => {
  const words = fc.constantFrom(
    ..."cameras: front url fps zones points - [ ] { } : , \n   \" ' | > & * ! # % @ << ${file:a} ${ null"
      .split(" "),
    "\n",
    "\n  ",
    "\n    ",
    ": ",
    "- ",
    "\t",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(words, { maxLength: 60 }).map((parts) => parts.join("")),
    fc.jsonValue({ maxDepth: 5 }).map((value) => stringify(value)),
    fc.jsonValue({ maxDepth: 3 }).map((value) => stringify({ cameras: { a: value } })),
  );
  fc.assert(fc.property(texts, (text) => void seen(text)), { numRuns: 500 });
});

Deno.test("a file that was damaged anywhere shows no secret", () => {
  const lines = TEXT.split("\n");
  // What ends a secret's line or its key makes it the value of something else.
  const places = fc.integer({ min: 0, max: lines.length - 1 })
    .filter((line) =>
      !lines[line]!.includes(SECRET) && !lines[line + 1]?.includes(SECRET)
    );
  const damages = fc.record({
    line: places,
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.integer({ min: 0, max: 6 }),
    insert: fc.constantFrom(
      "",
      "x",
      "\t",
      " ",
      "\n",
      '"',
      "'",
      "[",
      "{",
      "}",
      ":",
      ": ",
      "- ",
      "*",
      "&",
      "|",
    ),
  });
  fc.assert(
    fc.property(fc.array(damages, { minLength: 1, maxLength: 3 }), (list) => {
      const damaged = [...lines];
      for (const { line, from, drop, insert } of list) {
        const text = damaged[line]!;
        const at = Math.floor(from * text.length);
        damaged[line] = text.slice(0, at) + insert + text.slice(at + drop);
      }
      const text = seen(damaged.join("\n"));
      assert.ok(!text.includes(SECRET), text);
    }),
    { numRuns: 500 },
  );
});

Deno.test("every mistyped name of a secret hides what stands behind it", () => {
  const text = "cameras:\n  a:\n    url: rtsp://h/\n    user: u\n    password: SECRET\n";
  for (let at = 0; at < "password".length; at++) {
    const name = "password".slice(0, at) + "password".slice(at + 1);
    const report = seen(text.replace("password", name).replace("SECRET", SECRET));
    assert.match(report, /did you mean password\?/);
    assert.ok(!report.includes(SECRET), report);
  }
});

Deno.test("no large or deep file keeps the reader busy", () => {
  // Each took minutes, or all memory, when something looked at every pair of its parts.
  const large = [
    Array.from({ length: 30_000 }, (_, n) => `k${n}: 1`).join("\n"),
    `cameras: {${Array.from({ length: 5_000 }, (_, n) => `k${n}: {url: x, fps: 99}`)}}`,
    "[".repeat(100_000),
    Array.from({ length: 600 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
    `a: "${"x ".repeat(120_000)}`,
    `a: &a 1\nb: [${Array(60_000).fill("*a")}]`,
    "a: ".repeat(60_000),
  ];
  for (const text of large) assert.match(seen(text), /^Cannot use/);
});
