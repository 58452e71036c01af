import assert from "node:assert/strict";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { ownPorts } from "../support/own_loopback.ts";

Deno.test({
  name: "The page says that it lost the program, and recovers when it is back",
  ignore: noBrowser,
  async fn() {
    const [port] = ownPorts();
    const first = await openFakeFeed({ port });
    await using opened = await openPage({ url: first.url });
    const { page } = opened;
    {
      using _running = first.run();
      await page.locator("[data-level=good]").waitFor();
    }
    first.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    await page.locator(".log-lines li").waitFor();
    await first[Symbol.asyncDispose]();

    await page.getByText("The connection to StreamWare is lost").waitFor();
    await page.getByText(/Trying again in \d+ s/).waitFor();
    await page.locator(".veil", { hasText: "Not live" }).waitFor();
    assert.match(await page.title(), /^Not connected/);

    await using second = await openFakeFeed({ port });
    second.frame([{ type: "APPEAR", blob: 1, dir: "STATIC" }]);
    using _running = second.run();
    await page.getByText("The connection to StreamWare is lost").waitFor({
      state: "detached",
    });
    await page.locator("[data-level=good]").waitFor();
    assert.equal(await page.locator(".veil").count(), 0);
    const lines = page.locator(".log-lines li");
    await lines.nth(2).waitFor();
    const texts = await lines.allInnerTexts();
    assert.match(texts[0]!, /appeared/);
    assert.match(texts[1]!, /StreamWare was started again/);
    assert.match(texts[2]!, /came in from the left/, "the log stays");
    assert.equal(await page.locator(".log-head p").innerText(), "2 events");
  },
});

Deno.test({
  name: "The page tries at once when one asks for it",
  ignore: noBrowser,
  async fn() {
    const [port] = ownPorts();
    const first = await openFakeFeed({ port });
    await using opened = await openPage({ url: first.url });
    const { page } = opened;
    await page.locator(".camera").waitFor();
    await first[Symbol.asyncDispose]();
    await page.getByText(/Trying again in [5-9] s/).waitFor();
    await using _second = await openFakeFeed({ port });
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("Connected", { exact: true }).waitFor({ timeout: 4_000 });
  },
});
