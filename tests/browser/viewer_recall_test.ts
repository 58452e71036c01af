import assert from "node:assert/strict";
import type { Page, WebSocketRoute } from "playwright-core";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { openFakeFeed } from "../support/fake_feed.ts";

function eventTexts(page: Page): Promise<string[]> {
  return page.locator(".log-words").allInnerTexts();
}

Deno.test({
  name: "The page knows when it is opened what was before, and still when it is reloaded",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    feed.frame([{ type: "STOP", blob: 1, dir: "STATIC" }]);
    const before = ["stopped", "came in from the left"];
    await using opened = await openPage({ url: feed.url });
    const { page, complaints } = opened;
    await page.locator(".log-lines li").nth(1).waitFor();
    assert.deepEqual(await eventTexts(page), before);
    assert.doesNotMatch(
      await page.locator(".chart-canvas").getAttribute("aria-label") ?? "",
      /–/,
      "the chart knows the motion",
    );
    feed.frame([{ type: "EXIT", blob: 1, dir: "RIGHT" }]);
    await page.locator(".log-lines li").nth(2).waitFor();
    await page.reload();
    await page.locator(".log-lines li").nth(2).waitFor();
    assert.deepEqual(await eventTexts(page), ["went out on the right", ...before]);
    assert.equal(await page.locator(".log-head p").innerText(), "3 events");
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page fills in what it missed while it was not connected, and nothing twice",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/ws$/, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.reload();
    await page.locator(".camera").waitFor();
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    await page.locator(".log-lines li").waitFor();
    await sockets[0]!.close();
    await page.getByText("The connection to StreamWare is lost").waitFor();
    feed.frame([{ type: "STOP", blob: 1, dir: "STATIC" }]);
    await page.locator(".log-lines li").nth(1).waitFor();
    assert.deepEqual(await eventTexts(page), ["stopped", "came in from the left"]);
  },
});
