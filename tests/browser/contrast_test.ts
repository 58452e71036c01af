import assert from "node:assert/strict";
import { noBrowser, openPage } from "../support/browser.ts";
import { faintTexts } from "../support/contrast.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { narration } from "../support/narrations.ts";
import { GATE, PORT_BUSY } from "../support/server_parts.ts";

const SWAY = { cause: "sway", score: 0.9, blob: 2, suppressed: true } as const;
const ZONE = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }];
const PLACES = { zones: [{ name: "porch", points: ZONE }], masks: [], lines: [] };

for (const [width, height] of [[1_440, 900], [390, 844]] as const) {
  Deno.test({
    name: `Every text of the page stands out from what is behind it, ${width} wide`,
    ignore: noBrowser,
    async fn() {
      await using opened = await openFeedPage({ views: [{ ...GATE, places: PLACES }] }, {
        width,
        height,
      });
      const { feed, page } = opened;
      feed.alert([PORT_BUSY, { ...PORT_BUSY, code: "a.b", severity: "critical" }]);
      feed.tell(narration(1, { text: "A dog came" }));
      feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
      feed.frame([], { causes: [SWAY], suppressed: { 2: "sway" } });
      await page.locator(".unreported summary").click();
      await page.locator(".unreported li").waitFor();
      await page.getByRole("button", { name: "Zones" }).click();
      await page.getByRole("button", { name: "Noise" }).click();
      await page.locator(".legend").waitFor();
      await page.locator(".log-lines summary").first().click();
      assert.deepEqual(await faintTexts(page), []);
    },
  });
}

Deno.test({
  name: "Every text stands out while the camera is gone and the program is lost",
  ignore: noBrowser,
  async fn() {
    const feed = await openFakeFeed();
    await using opened = await openPage({ url: feed.url });
    const { page } = opened;
    const state = { state: "offline", sinceMs: 1, why: "auth" } as const;
    await page.locator(".camera").waitFor();
    feed.say({ ...GATE, state, words: "The camera refuses the password" });
    await page.locator(".badge", { hasText: "Offline" }).waitFor();
    assert.deepEqual(await faintTexts(page), []);
    await feed[Symbol.asyncDispose]();
    await page.getByText("The connection to StreamWare is lost").waitFor();
    assert.deepEqual(await faintTexts(page), []);
  },
});
