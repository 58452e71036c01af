import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { GATE, PORT_BUSY } from "../support/server_parts.ts";

/**
 * What is on the canvas, in percent of it: `colourful` as boxes, chips and trails are,
 * `opaque` as a picture is.
 */
function drawn(page: Page): Promise<{ colourful: number; opaque: number }> {
  return page.locator(".stage-canvas").evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    // A copy: reading the page's own canvas back would change how it is kept.
    const copy = new OffscreenCanvas(width, height).getContext("2d")!;
    copy.drawImage(element as HTMLCanvasElement, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let [colourful, opaque] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      if (Math.max(r, g, b) - Math.min(r, g, b) > 60) colourful++;
      if (data[i + 3] === 255) opaque++;
    }
    const share = 100 / (width * height);
    return { colourful: colourful * share, opaque: opaque * share };
  });
}

Deno.test({
  name: "The page shows what moves, over the picture, without a complaint",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    using _running = feed.run();
    await using opened = await openPage({ url: feed.url });
    const { page, complaints } = opened;
    await page.getByText("Online").waitFor();
    await page.getByText("0.", { exact: false }).first().waitFor();
    await page.locator(".facts dd", { hasText: "2" }).first().waitFor();
    await page.locator(".facts dd", { hasText: "10/s" }).waitFor();
    await page.waitForResponse((response) => response.url().endsWith("/still/gate.jpg"));
    await page.waitForResponse((response) => response.url().endsWith("/still/gate.jpg"));
    const { colourful, opaque } = await drawn(page);
    assert.ok(colourful > 0.3 && colourful < 30, `${colourful} % is coloured`);
    assert.ok(opaque > 99, `the picture fills ${opaque} % of its place`);
    assert.equal(
      await page.locator(".stage-canvas").getAttribute("aria-label"),
      "Camera gate: 2 in view",
    );
    assert.deepEqual(complaints, []);
  },
});

/**
 * Where the first thing of the fake feed is on the canvas, in percent of its width:
 * `picture` by its brightness, `box` by the colour of the lines drawn round it.
 */
function firstThing(page: Page): Promise<{ picture: number[]; box: number[] }> {
  return page.locator(".stage-canvas").evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d")!;
    copy.drawImage(element as HTMLCanvasElement, 0, 0);
    // Through its upper part: below are the arrow, the trail and the other thing.
    const { data } = copy.getImageData(0, Math.round(0.32 * height), width, 1);
    const [bright, coloured]: [number[], number[]] = [[], []];
    for (let x = 0; x < width; x++) {
      const [r, g, b] = [data[4 * x]!, data[4 * x + 1]!, data[4 * x + 2]!];
      const isColoured = Math.max(r, g, b) - Math.min(r, g, b) > 60;
      (isColoured ? coloured : Math.min(r, g, b) > 100 ? bright : []).push(x);
    }
    const ends = (found: number[]) =>
      [found[0]!, found.at(-1)!].map((x) => 100 * x / width);
    return { picture: ends(bright), box: ends(coloured) };
  });
}

Deno.test({
  name: "The page draws each box on the thing that the picture shows, at every moment",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    using _running = feed.run();
    await using opened = await openPage({ url: feed.url });
    const { page } = opened;
    await page.locator(".facts dd", { hasText: "10/s" }).waitFor();
    const seen = new Set<number>();
    let first: number | undefined;
    for (let look = 0; seen.size < 8 && look < 200; look++) {
      const { picture: [left, right], box: [boxLeft, boxRight] } = await firstThing(page);
      // The first one may be from before the page heard of anything in it.
      first ??= left;
      if (left === first) continue;
      if (!(left! > 2 && right! < 98)) continue; // cut off by the picture's edge
      seen.add(left!);
      const words = `${left}..${right} in the picture, box ${boxLeft}..${boxRight}`;
      assert.ok(Math.abs(left! - boxLeft!) < 0.6, words);
      assert.ok(Math.abs(right! - boxRight!) < 0.6, words);
      await page.waitForTimeout(40);
    }
    assert.equal(seen.size, 8, "the picture goes on");
  },
});

Deno.test({
  name: "The page writes events in plain words, newest first, with their DSL",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    await page.getByText("Nothing has happened yet").waitFor();
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT" }]);
    feed.frame([{ type: "STOP", blob: 1, dir: "STATIC", sinceMs: 5 }]);
    const lines = page.locator(".log-lines li");
    await lines.nth(1).waitFor();
    assert.match(await lines.nth(0).innerText(), /1\s+stopped/);
    assert.match(await lines.nth(1).innerText(), /1\s+came in from the left/);
    assert.equal(await page.locator(".log-head p").innerText(), "2 events");
    await lines.nth(1).locator("summary").focus();
    await page.keyboard.press("Enter");
    const dsl = await lines.nth(1).locator(".dsl").innerText();
    assert.match(dsl, /^FRAME 1 @ /);
    assert.match(dsl, /EVENT type=ENTER blob=1 dir=LEFT/);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page says that frames are old, greys the picture, and is glad again",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    {
      using _running = feed.run();
      await page.locator("[data-level=good]").waitFor();
    }
    await page.locator("[data-level=warn]").waitFor();
    await page.locator("[data-level=bad]").waitFor();
    assert.equal(await page.locator(".badge").innerText(), "No new frames");
    assert.match(
      await page.locator(".veil").innerText(),
      /Not live: the last frame is \d+\.\d s old/,
    );
    assert.match(await page.title(), /^gate: No new frames/);
    assert.equal(await page.locator(".stage-canvas.is-old").count(), 1);
    const ageS = async () =>
      parseFloat(
        await page.locator(".veil").innerText().then(
          (text) => /is ([\d.]+) s/.exec(text)![1]!,
        ),
      );
    const before = await ageS();
    await page.waitForFunction(
      (before) =>
        parseFloat(
          /is ([\d.]+) s/.exec(document.querySelector(".veil")!.textContent)![1]!,
        ) >
          before + 1,
      before,
    );
    assert.ok((await drawn(page)).colourful < 0.05, "no box on an old picture");
    using _running = feed.run();
    await page.locator("[data-level=good]").waitFor();
    assert.equal(await page.locator(".veil").count(), 0);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page shows the state of a camera and the alerts of the box",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    feed.say({
      ...GATE,
      state: { state: "offline", sinceMs: 1, why: "auth" },
      words: "The camera refuses the password",
    });
    await page.locator(".badge", { hasText: "Offline" }).waitFor();
    await page.locator(".veil", { hasText: "refuses the password" }).waitFor();
    feed.alert([PORT_BUSY]);
    await page.locator(".banner.warning", { hasText: PORT_BUSY.words }).waitFor();
    feed.alert([]);
    await page.locator(".banner").waitFor({ state: "detached" });
  },
});

Deno.test({
  name: "The page takes hostile words for words",
  ignore: noBrowser,
  async fn() {
    const hostile =
      `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
    const view = {
      ...GATE,
      words: hostile,
      state: { state: "dirty", sinceMs: 1 },
    } as const;
    await using opened = await openFeedPage({
      views: [view, { ...view, camera: `"><b>${hostile}` }],
    });
    const { feed, page } = opened;
    await page.locator(".camera").first().waitFor();
    feed.alert([{ ...PORT_BUSY, words: hostile, toDo: hostile }]);
    feed.frame([{ type: "ENTER", blob: 1, dir: "LEFT", zone: hostile }]);
    await page.locator(".log-lines", { hasText: "onerror" }).waitFor();
    await page.locator(".banner", { hasText: "onerror" }).waitFor();
    await page.locator(".camera-words", { hasText: "onerror" }).first().waitFor();
    await page.locator("h2", { hasText: "onerror" }).waitFor();
    assert.equal(await page.locator("img, #app script").count(), 0);
    assert.equal(await page.evaluate(() => "hacked" in globalThis), false);
  },
});
