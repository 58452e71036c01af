import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { DEFAULTS_ASKER } from "./ask.ts";
import { chooseCamera, type GivenCamera } from "./setup_camera.ts";

const NOBODY = { kind: "none", why: "auth", said: "" } as const;

/** User and password that are looked with, nobody being there to ask. */
async function loginOf(given: Omit<GivenCamera, "name">): Promise<string> {
  const parts = {
    asker: DEFAULTS_ASKER,
    say: () => {},
    probe: () => Promise.resolve(NOBODY),
  };
  const { source } = await chooseCamera({ name: "gate", ...given }, parts);
  assert.ok(source.kind === "rtsp");
  return `${source.user}:${source.password?.reveal()}`;
}

Deno.test("chooseCamera() takes user and password from flags, or the user from the URL", async () => {
  const url = "rtsp://10.0.0.2/stream1";
  const password = new Secret("p/w@");
  assert.equal(await loginOf({ url, user: "ada", password }), "ada:p/w@");
  assert.equal(await loginOf({ url, user: "ada", password: undefined }), "ada:undefined");
  const named = "rtsp://ada@10.0.0.2/stream1";
  assert.equal(await loginOf({ url: named, user: undefined, password }), "ada:p/w@");
});

Deno.test("chooseCamera() drops no half of a login, and takes none twice", async () => {
  const password = new Secret("p/w@");
  const cases: readonly [Omit<GivenCamera, "name">, RegExp][] = [
    [
      { url: "rtsp://10.0.0.2/x", user: undefined, password },
      /--camera-password-stdin: no user is named -> add --camera-user USER/,
    ],
    [
      { url: "rtsp://ada:x@10.0.0.2/x", user: undefined, password },
      /--camera-password-stdin: the URL holds a password too -> leave one/,
    ],
    [
      { url: "rtsp://ada@10.0.0.2/x", user: "ada", password },
      /--camera-user: the URL names a user too -> leave one/,
    ],
    [
      { url: "scene:street", user: undefined, password },
      /--camera-password-stdin: scene:street takes none/,
    ],
  ];
  for (const [given, said] of cases) {
    await assert.rejects(loginOf(given), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "usage");
      assert.match(`${thrown.message} -> ${thrown.hint}`, said);
      assert.doesNotMatch(`${thrown.message} -> ${thrown.hint}`, /p\/w/);
      return true;
    });
  }
});
