import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret, withoutCredentials } from "./secret.ts";

Deno.test("Secret shows itself to nobody but who asks by name", () => {
  const secret = new Secret("hunter2");
  const shown = [`${secret}`, JSON.stringify({ secret }), Deno.inspect(secret)].join();
  assert.doesNotMatch(shown, /hunter2/);
  assert.match(shown, /\*\*\*/);
  assert.equal(secret.reveal(), "hunter2");
});

function check(text: string, shown: string): void {
  assert.equal(withoutCredentials(text), shown);
}

Deno.test("withoutCredentials() blots user and password out of every URL of a text", () => {
  check(
    "no rtsp://admin:p%40ss@cam/1 and https://u@h:8/x?a=b\nsee a@b",
    "no rtsp://***@cam/1 and https://***@h:8/x?a=b\nsee a@b",
  );
  check("ftp://me:SE/CRET@box", "ftp://***@box");
  check("rtsp://u:pa SECRET@h/x is down", "rtsp://***@h/x is down");
  check("rtsp://u:p\"S@E'C#R?ET@h/x", "rtsp://***@h/x");
});

Deno.test("withoutCredentials() knows a URL that is mistyped", () => {
  check("rtsp:/admin:SECRET@h/x", "rtsp:/***@h/x");
  check("RTSPS ://admin:SECRET@h", "RTSPS ://***@h");
  check("https;//admin:SECRET@h", "https;//***@h");
  check("at admin:SECRET@h/x now", "at ***@h/x now");
  check("rtp:/admin:SECRET@h", "***@h");
});

Deno.test("withoutCredentials() knows the passwords that stand in a path or a query", () => {
  check("http://h/v?user=ada&pwd=SECRET&x=1", "http://h/v?user=ada&pwd=***&x=1");
  check("rtsp://h/user=a_password=SECRET", "rtsp://h/user=a_password=***");
});

Deno.test("withoutCredentials() leaves a text without any alone", () => {
  for (
    const text of [
      "rtsp://192.168.1.20:554/stream1?x=1 is down",
      "ssh -L 8766:127.0.0.1:8766 ada@box",
      "token=3 keys=4",
      "at f (file:///a/@scope/b.js:1:2), file:///c/@d/e.js",
    ]
  ) check(text, text);
});

/** How people write the URL of a camera, and how they miss. */
const FORMS: readonly ((password: string) => string)[] = [
  (password) => `rtsp://admin:${password}@192.168.1.20/x`,
  (password) => `RTSPS://admin:${password}@h:554`,
  (password) => `http://${password}@h/?x=1`,
  (password) => `ftp://me:${password}@box`,
  (password) => `rtsp:/admin:${password}@h`,
  (password) => `rtsp:admin:${password}@h/x`,
  (password) => `rtsp//admin:${password}@h/x`,
  (password) => `RTSPS ://admin:${password}@h`,
  (password) => `https;//admin:${password}@h`,
];

Deno.test("no planted password survives in any form of a URL", () => {
  const part = fc.string({ unit: "grapheme", maxLength: 12 })
    // deno-lint-ignore no-control-regex -- no form of a URL may hold them
    .filter((text) => !/[\u0000-\u001f\u007f]/.test(text));
  const near = fc.constantFrom("/", "@", "#", "?", " ", '"', "'", ":", "12 ", "]", "%");
  const password = fc.tuple(fc.oneof(part, near), fc.oneof(part, near))
    .map(([before, after]) => `${before}Geheimnis${after}`)
    .filter((text) => !/\s[a-z][\w+.-]*:\/\//i.test(text));
  const text = fc.constantFrom("", "cannot reach ", "a=b c=", 'words="', "x: (", "\n");
  fc.assert(
    fc.property(text, fc.constantFrom(...FORMS), password, (before, form, planted) => {
      const shown = withoutCredentials(`${before}${form(planted)} is down`);
      assert.ok(!shown.includes("Geheimnis"), shown);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("no text keeps withoutCredentials() busy", () => {
  for (
    const part of [
      "a:",
      "rtsp://",
      "@",
      " ",
      "x://@ ",
      "file://",
      "_key=",
      "file://)",
      "http ",
    ]
  ) {
    assert.ok(withoutCredentials(part.repeat(20_000)).length > 0);
  }
});
