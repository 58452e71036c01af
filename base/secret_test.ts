import assert from "node:assert/strict";
import { Secret, withoutCredentials } from "./secret.ts";

Deno.test("Secret shows itself to nobody but who asks by name", () => {
  const secret = new Secret("hunter2");
  const shown = [`${secret}`, JSON.stringify({ secret }), Deno.inspect(secret)].join();
  assert.doesNotMatch(shown, /hunter2/);
  assert.match(shown, /\*\*\*/);
  assert.equal(secret.reveal(), "hunter2");
});

Deno.test("withoutCredentials() blots user and password out of every URL of a text", () => {
  assert.equal(
    withoutCredentials("no rtsp://admin:p%40ss@cam/1 and https://u@h:8/x?a=b@c, see a@b"),
    "no rtsp://***@cam/1 and https://***@h:8/x?a=b@c, see a@b",
  );
});
