import assert from "node:assert/strict";
import { asksForLogin } from "./login_check.ts";

Deno.test("asksForLogin() knows a 401 and a redirect to the login from all else", () => {
  const at = (url: string) => ({ status: 200, redirected: true, url });
  assert.equal(asksForLogin({ status: 401, redirected: false, url: "" }), true);
  assert.equal(asksForLogin(at("https://box.local:8766/login")), true);
  assert.equal(asksForLogin(at("https://box.local:8766/login?next=/")), true);
  assert.equal(asksForLogin(at("https://box.local:8766/elsewhere")), false);
  assert.equal(asksForLogin(at("no address")), false);
  for (const status of [200, 403, 500, 503]) {
    const url = "https://box.local:8766/login";
    assert.equal(asksForLogin({ status, redirected: false, url }), false, `${status}`);
  }
});
