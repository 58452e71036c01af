import assert from "node:assert/strict";
import fc from "fast-check";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import {
  parseSourceUrl,
  revealUrl,
  shownUrl,
  type StreamUrl,
  withLogin,
} from "./source_url.ts";

function withPassword(url: string, user: string, password: string): StreamUrl {
  const login = { user, password: new Secret(password) };
  const source = withLogin(parseSourceUrl(url), login);
  assert.ok(source.kind === "rtsp");
  return source;
}

function refusal(url: string, login: { user?: string; password?: Secret }): string {
  try {
    withLogin(parseSourceUrl(url), login);
  } catch (thrown) {
    assert.ok(thrown instanceof Fault && thrown.kind === "config");
    return thrown.message;
  }
  return "";
}

Deno.test("withLogin() gives any password to the camera, encoded once", () => {
  const text = fc.string({ minLength: 1, unit: "grapheme" });
  fc.assert(fc.property(text, text, (user, password) => {
    const url = revealUrl(withPassword("rtsp://10.0.0.9/s", user, password)).reveal();
    const read = new URL(url.replace("rtsp", "http"));
    assert.equal(decodeURIComponent(read.password), password.toWellFormed());
    assert.equal(decodeURIComponent(read.username), user.toWellFormed());
    assert.equal(read.host, "10.0.0.9");
  }));
});

Deno.test("withLogin() never shows the password", () => {
  const source = withPassword("rtsp://10.0.0.9/s", "admin", "p@ss/word");
  assert.equal(shownUrl(source), "rtsp://10.0.0.9/s");
  assert.doesNotMatch(JSON.stringify(source), /p@ss/);
});

Deno.test("withLogin() refuses a login in two places, half a login, and one for a file", () => {
  const password = new Secret("x");
  assert.match(refusal("rtsp://a:b@10.0.0.9/s", { user: "c" }), /the URL has its own/);
  assert.match(refusal("rtsp://10.0.0.9/s", { password }), /there is no user/);
  assert.match(
    refusal("scene:street", { user: "c", password }),
    /scene:street takes none/,
  );
  assert.equal(refusal("scene:street", {}), "");
});
