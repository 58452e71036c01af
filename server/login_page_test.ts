import assert from "node:assert/strict";
import { loginPage } from "./login_page.ts";

Deno.test("loginPage() writes a hostile Host as text", () => {
  const page = loginPage('"><img src=x onerror=alert(1)>&');
  assert.ok(!page.includes("<img"));
  assert.ok(page.includes("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;"));
});

Deno.test("loginPage() says in words how long one has to wait", () => {
  for (
    const [waitS, words] of [
      [1, "Wait 1 second,"],
      [89, "Wait 89 seconds,"],
      [300, "Wait 5 minutes,"],
    ] as const
  ) {
    const page = loginPage("shed", { kind: "wait", waitS });
    assert.ok(page.includes(words), words);
    assert.ok(page.includes('aria-describedby="trouble"'));
  }
});
