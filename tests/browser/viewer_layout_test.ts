import assert from "node:assert/strict";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { GATE, PORT_BUSY } from "../support/server_parts.ts";

const SIZES = [
  { width: 1_440, height: 900 },
  { width: 1_024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 568 },
];

for (const { width, height } of SIZES) {
  Deno.test({
    name: `The page fits ${width} x ${height} without scrolling sideways`,
    ignore: noBrowser,
    async fn() {
      await using opened = await openFeedPage({}, { width, height });
      const { feed, page } = opened;
      feed.frame([{ type: "MOVE", blob: 1, dir: "AWAY", zone: "x".repeat(60) }]);
      await page.locator(".log-lines li").waitFor();
      await page.locator(".log-lines summary").click();
      const [content, window] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(content, window);
      const box = await page.locator(".stage-canvas").boundingBox();
      assert.ok(box && box.y + box.height < height, "the picture is above the fold");
      assert.ok(Math.abs(box.width / box.height - 16 / 9) < 0.02, "and undistorted");
    },
  });
}

Deno.test({
  name: "The page keeps the chart above the fold while a banner shows",
  ignore: noBrowser,
  async fn() {
    const feed = await openFakeFeed();
    await using opened = await openPage({ url: feed.url });
    const { page } = opened;
    await page.locator(".camera").waitFor();
    const chartEnd = () =>
      page.locator(".chart").evaluate((chart) => chart.getBoundingClientRect().bottom);
    feed.alert([PORT_BUSY]);
    await page.locator(".banner").waitFor();
    assert.ok(await chartEnd() <= 900, `an alert: ${await chartEnd()}`);
    await feed[Symbol.asyncDispose]();
    await page.getByText("The connection to StreamWare is lost").waitFor();
    assert.equal(await page.locator(".banner").count(), 2);
    assert.ok(await chartEnd() <= 900, `and no connection: ${await chartEnd()}`);
  },
});

Deno.test({
  name: "The page lays several cameras side by side and names them in the log",
  ignore: noBrowser,
  async fn() {
    const views = ["gate", "barn", "porch"].map((camera) => ({ ...GATE, camera }));
    await using opened = await openFeedPage({ views });
    const { feed, page } = opened;
    await page.locator(".camera").first().waitFor();
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    await page.locator(".log-lines li", { hasText: "gate" }).waitFor();
    const boxes = await page.locator(".camera").evaluateAll((cards) =>
      cards.map((card) => card.getBoundingClientRect().top)
    );
    assert.equal(boxes.length, 3);
    assert.equal(boxes[0], boxes[1], "two in a row");
  },
});

Deno.test({
  name: "The page has landmarks, a language, a name for every control, and one h1",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage({}, { reducedMotion: "reduce" });
    const { feed, page } = opened;
    await page.locator(".camera").first().waitFor();
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    await page.locator(".log-lines li").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.locator("h1").count(), 1);
    for (const landmark of ["main", "banner"] as const) {
      assert.equal(await page.getByRole(landmark).count(), 1, landmark);
    }
    await page.getByRole("region", { name: "Events" }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      "Skip to the events",
    );
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement?.tagName),
      "SUMMARY",
      "the keyboard reaches the events",
    );
    const seconds = await page.locator(".stage-canvas").evaluate((canvas) =>
      getComputedStyle(canvas).transitionDuration
    );
    assert.equal(seconds, "0s", "nothing glides for who wants no motion");
  },
});
