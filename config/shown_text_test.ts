import assert from "node:assert/strict";
import fc from "fast-check";
import { holdsPassword, shownText } from "./shown_text.ts";

function check(text: string, shown: string): void {
  assert.equal(shownText(text), shown);
}

Deno.test("a URL is shown without its password, whatever that is made of", () => {
  for (const password of ["pa#SECRET", "pa?SECRET", "pa SECRET", "p@SE/CRET", "SECRET"]) {
    check(`rtsp://admin:${password}@192.168.1.20/x`, "rtsp://***@192.168.1.20/x");
  }
  check("https://SECRET@h.de/x?user=ada&pwd=SECRET", "https://***@h.de/x?***");
  check("rtsp://h.de/user=a_password=SECRET", "rtsp://h.de/user=a_password=***");
});

Deno.test("of what cannot be read as a source only the scheme is shown", () => {
  check("rtsp:/admin:SECRET@192.168.1.20/x", "rtsp:***");
  check("admin:SECRET@192.168.1.20/x", "***");
  check("ftp://me:SE/CRET@box", "ftp://***");
  check("rtsp://admin:SECRET@192.168.1.20:99999/", "rtsp://***");
});

Deno.test("references are shown, as they are no secret", () => {
  for (
    const text of [
      "rtsp://ada:${env:CAMERA}@h/x",
      "rtsp://${file:/etc/login}@h/",
      "rtsp://${env:HOST}:554/x",
      "${credential:url}",
      "--key=${env:CAMERA}",
      "$${plain}",
    ]
  ) check(text, text);
  check("rtsp://ada:SECRET${env:A}@h/", "rtsp://***@h/");
  check("rtsp://SECRET:${env:A}SECRET@h/", "rtsp://***@h/");
});

Deno.test("what is no URL is shown as it is, but for a password among it", () => {
  for (
    const text of ["clip.mp4", "scene:street", "/dev/video0", "llava:7b", "-q", "auto"]
  ) {
    check(text, text);
  }
  check("--token=SECRET", "--token=***");
});

Deno.test("holdsPassword() knows a password from a reference to one", () => {
  for (
    const text of [
      "rtsp://a:b@h",
      "x rtsp://a:b/c@h",
      "rtsp://a:b c@h.de/",
      "http://h/?token=1",
      "rtsp://h/pass=1_a",
    ]
  ) assert.equal(holdsPassword(text), true, text);
  for (
    const text of [
      "rtsp://h",
      "rtsp://a@h",
      "rtsp://a:${file:b}@h",
      "rtsp://a:${file:/etc/b}@h",
      "http://h/?pwd=${env:A}",
      "rtsp://h/cam@2",
      "a@b",
      "http://h/?x=1",
    ]
  ) assert.equal(holdsPassword(text), false, text);
});

Deno.test("no password is shown in any form of a URL", () => {
  const near = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom("/", "@", "#", "?", " ", "'", ":", "${env:A}", "$${"),
  );
  const forms = fc.constantFrom("rtsp://u:_@10.0.0.1/x", "rtsp:/u:_@h", "u:_@h/x");
  fc.assert(
    fc.property(near, near, forms, (before, after, form) => {
      const text = form.replace("_", () => `${before}Geheimnis${after}`);
      const shown = shownText(text);
      assert.ok(!shown.includes("Geheimnis"), shown);
      assert.equal(holdsPassword(text), true, text);
    }),
    { numRuns: 1_000 },
  );
});
