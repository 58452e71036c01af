import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { scriptedEpisode } from "../support/scripted_observation.ts";
import { GATE } from "../support/server_parts.ts";

const HALF = [{ x: 0, y: 0 }, { x: 0.5, y: 0 }, { x: 0.5, y: 1 }, { x: 0, y: 1 }];
const PLACES = {
  zones: [{ name: "porch", points: HALF.map(({ x, y }) => ({ x: x + 0.5, y })) }],
  masks: [{ name: "clock", points: HALF.map(({ x, y }) => ({ x: x / 2, y: y / 8 })) }],
  lines: [{ name: "fence", points: [{ x: 0.2, y: 0.8 }, { x: 0.6, y: 0.8 }] }],
};
const RAIN = { cause: "rain", score: 0.8, suppressed: true } as const;
const SWAY = { cause: "sway", score: 0.9, blob: 2, suppressed: true } as const;

/** The colour at a place of the picture, 0..1, as red, green, blue. */
function colourAt(page: Page, x: number, y: number): Promise<readonly number[]> {
  return page.locator(".stage-canvas").evaluate((element, [x, y]) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d")!;
    copy.drawImage(element as HTMLCanvasElement, 0, 0);
    return [...copy.getImageData(x! * width, y! * height, 1, 1).data].slice(0, 3);
  }, [x, y]);
}

/** Waits until the colour at a place is as wanted: pictures come four times a second. */
async function colourWhen(
  page: Page,
  [x, y]: readonly [number, number],
  isWanted: (rgb: readonly number[]) => boolean,
): Promise<void> {
  let rgb: readonly number[] = [];
  for (let tries = 0; tries < 100; tries++) {
    rgb = await colourAt(page, x, y);
    if (isWanted(rgb)) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`the colour at ${x}, ${y} is ${rgb}`);
}

function isWarm([red = 0, , blue = 0]: readonly number[]): boolean {
  return red > blue + 60;
}

Deno.test({
  name: "The page lays the noise of the picture over it with its legend, while asked to",
  ignore: noBrowser,
  async fn() {
    const cells = new Uint8Array(32 * 18);
    for (let i = 0; i < cells.length; i++) cells[i] = i % 32 < 8 ? 90 : 0;
    await using opened = await openFeedPage({ heat: { columns: 32, rows: 18, cells } });
    const { feed, page, complaints } = opened;
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    using _running = feed.run();
    await page.locator("[data-level=good]").waitFor();
    await colourWhen(page, [0.1, 0.95], (rgb) => rgb[0]! > 20 && !isWarm(rgb));
    assert.equal(asked.some((path) => path.startsWith("/heat/")), false);
    const button = page.getByRole("button", { name: "Noise" });
    await button.click();
    await page.getByText("restless: faint motion is missed here").waitFor();
    await colourWhen(page, [0.1, 0.95], isWarm);
    assert.equal(isWarm(await colourAt(page, 0.9, 0.05)), false, "it is calm there");
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await button.click();
    await colourWhen(page, [0.1, 0.95], (rgb) => !isWarm(rgb));
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page shows what was drawn in a camera's picture, with names, when asked to",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage({ views: [{ ...GATE, places: PLACES }] });
    const { feed, page, complaints } = opened;
    using _running = feed.run();
    await page.locator("[data-level=good]").waitFor();
    // In the mask, which darkens; on the line, which is yellow.
    await colourWhen(page, [0.2, 0.1], ([red = 0]) => red > 25);
    await page.getByRole("button", { name: "Zones" }).click();
    await colourWhen(page, [0.2, 0.1], ([red = 99]) => red <= 25);
    await colourWhen(page, [0.35, 0.8], ([red = 0, , blue = 99]) => red > blue + 60);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page offers no zones of a camera in whose picture nobody drew any",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    await using opened = await openPage({ url: feed.url });
    await opened.page.getByRole("button", { name: "Noise" }).waitFor();
    assert.equal(await opened.page.getByRole("button", { name: "Zones" }).count(), 0);
  },
});

Deno.test({
  name: "The page keeps what was not reported in a lane with reason, place and length",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    const lane = page.locator(".unreported");
    await lane.locator("summary").click();
    await lane.getByText("Nothing was kept quiet so far").waitFor();
    feed.frame([], { causes: [RAIN], suppressed: { 2: "sway" } });
    feed.frame([], { causes: [SWAY], suppressed: { 2: "sway" } });
    await lane.locator("li").nth(1).waitFor();
    assert.match(await lane.locator("li").nth(0).innerText(), /swaying[^]*lower right/);
    assert.match(await lane.locator("li").nth(1).innerText(), /rain[^]*whole picture/);
    const episode = scriptedEpisode({ track: 2, endMs: 12_100, suppressed: "sway" });
    feed.episode({ kind: "closed", episode });
    await lane.locator("li", { hasText: "12 s" }).waitFor();
    assert.equal(await lane.locator("li").count(), 2, "the stay stands for its cause");
    assert.equal(await page.locator(".told-row").count(), 0, "and nobody was told");
    await lane.getByLabel("Reason").selectOption("rain");
    assert.equal(await lane.locator("li").count(), 1);
    assert.equal(await lane.locator("li").getAttribute("data-why"), "rain");
    await lane.getByLabel("Reason").selectOption("");
    await lane.getByLabel("Search").fill("right sway");
    await lane.locator("li[data-why=rain]").waitFor({ state: "detached" });
    assert.equal(await lane.locator("li").count(), 1);
    await lane.getByLabel("Search").fill("hail");
    await lane.getByText("Nothing like that").waitFor();
    await page.reload();
    await page.locator(".unreported summary .count", { hasText: "2" }).waitFor();
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page counts and draws what is kept quiet apart from what is in view",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    feed.frame([], { suppressed: { 2: "sway" } });
    await page.locator(".stage-canvas[aria-label='Camera gate: 1 in view']").waitFor();
    const figures = await page.locator(".facts dd").allInnerTexts();
    assert.deepEqual(figures.slice(0, 2), ["1", "1"], "in view, moving");
  },
});
