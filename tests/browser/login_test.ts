import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { Secret } from "../../base/secret.ts";
import { ensureCertificate } from "../../server/certificate.ts";
import { writePassword } from "../../server/password.ts";
import { openProtection } from "../../server/protection.ts";
import { noBrowser, openPage } from "../support/browser.ts";
import { CHEAP_COST } from "../support/cheap_password.ts";
import { TestFolder } from "../support/clips.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { openTlsProxy } from "../support/tls_proxy.ts";

const PASSWORD = "correct horse & battery";
const PHONE = { width: 390, height: 844, ignoreHTTPSErrors: true };

/** A live page behind a password, and TLS beyond loopback. */
async function openGuardedFeed(listen = "0.0.0.0", names: string[] = []) {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(new TestFolder());
  await writePassword(folder.path, new Secret(PASSWORD), CHEAP_COST);
  const settings = { listen, names, port: 0 };
  const parts = { stateFolder: folder.path, clock: systemClock, log: silentLog };
  const protection = stack.use(await openProtection({ ...parts, settings }))!;
  const feed = stack.use(await openFakeFeed({ protection, names }));
  stack.use(feed.run());
  return { feed, folder, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

Deno.test({
  name: "One logs in on a phone, watches live over TLS, and logs out",
  ignore: noBrowser,
  async fn() {
    await using guarded = await openGuardedFeed();
    const { url } = guarded.feed;
    await using opened = await openPage({ url, ...PHONE });
    const { page, complaints } = opened;
    assert.equal(new URL(page.url()).pathname, "/login");
    const field = page.getByLabel("Password");
    assert.ok(await field.evaluate((element) => element === document.activeElement));
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(scrolled <= PHONE.width, "nothing lies beside the screen");
    await field.fill("a wrong password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").getByText("That is not the password").waitFor();
    const before = complaints.length; // Chromium complains of the 403

    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[data-level=good]").waitFor();
    await page.locator(".camera").waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    assert.deepEqual(complaints.slice(before), []);
    const cookies = await page.context().cookies();
    const { name, httpOnly, secure, sameSite } = cookies[0]!;
    assert.deepEqual({ name, httpOnly, secure, sameSite }, {
      name: "__Host-streamware",
      httpOnly: true,
      secure: true,
      sameSite: "Strict",
    });

    await page.getByRole("link", { name: "Log out" }).click();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Password").waitFor();
    assert.deepEqual(await page.context().cookies(), []);
    await page.goto(url);
    assert.equal(new URL(page.url()).pathname, "/login");
  },
});

Deno.test({
  name: "An open page asks for the password again when it was changed",
  ignore: noBrowser,
  async fn() {
    await using guarded = await openGuardedFeed();
    const { feed, folder } = guarded;
    await using opened = await openPage({ url: feed.url, ...PHONE });
    const { page } = opened;
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[data-level=good]").waitFor();
    await writePassword(folder.path, new Secret("another password"), CHEAP_COST);
    await page.getByLabel("Password").waitFor();
    await page.getByLabel("Password").fill("another password");
    await page.keyboard.press("Enter");
    await page.locator("[data-level=good]").waitFor();
  },
});

Deno.test({
  name: "A page of a name that was rebound to the box shows nothing, not even the login",
  ignore: noBrowser,
  async fn() {
    await using guarded = await openGuardedFeed();
    const { port } = guarded.feed.server;
    const flags = ["--host-resolver-rules=MAP evil.example 127.0.0.1"];
    const url = `https://evil.example:${port}/login`;
    await using opened = await openPage({ url, ...PHONE, flags });
    const text = await opened.page.locator("body").innerText();
    assert.match(text, /^Refused: "evil.example" is neither loopback nor/);
  },
});

Deno.test({
  name: "One logs in by a proxy that has a certificate, and watches live",
  ignore: noBrowser,
  async fn() {
    const names = ["cams.example"];
    await using guarded = await openGuardedFeed("127.0.0.1", names);
    const { feed, folder } = guarded;
    const own = { stateFolder: folder.path, names, addresses: [], clock: systemClock };
    await using proxy = openTlsProxy(feed.server.port, await ensureCertificate(own));
    const flags = [`--host-resolver-rules=MAP cams.example:443 127.0.0.1:${proxy.port}`];
    const url = "https://cams.example/";
    await using opened = await openPage({ url, ...PHONE, flags });
    const { page, complaints } = opened;
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[data-level=good]").waitFor();
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map(({ secure, domain }) => [secure, domain]), [
      [true, "cams.example"],
    ]);
    await page.getByRole("link", { name: "Log out" }).click();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Password").waitFor();
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(complaints, []);
  },
});
