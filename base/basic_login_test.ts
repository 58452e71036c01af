import assert from "node:assert/strict";
import { basicLogin } from "./basic_login.ts";

Deno.test("basicLogin() is the header of the user and password in a URL", () => {
  const cases = [
    ["http://host", undefined],
    ["http://me:secret@host", "me:secret"],
    ["http://me@host", "me:"],
    ["http://:secret@host", ":secret"],
    ["http://me:p%C3%A4ss%20word@host/path", "me:p\u00c3\u00a4ss word"],
    ["http://a%zz:b@host", "a%zz:b"],
    ["http://a:50%@host", "a:50%"],
  ] as const;
  for (const [url, login] of cases) {
    const header = login === undefined ? undefined : `Basic ${btoa(login)}`;
    assert.equal(basicLogin(new URL(url)), header, url);
  }
});
