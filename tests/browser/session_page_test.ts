import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { buildViewer } from "../../scripts/build_viewer.ts";
import { classifiedBy } from "../../analysis/dsl/class_line.ts";
import type { Narration } from "../../llm/narration.ts";
import { noBrowser, openPage } from "../support/browser.ts";
import { TestFolder } from "../support/clips.ts";
import type { SessionUnreported } from "../../store/session_format.ts";
import { faintTexts } from "../support/contrast.ts";
import { narration } from "../support/narrations.ts";
import { recordSession, SESSION_START_MS } from "../support/recorded_session.ts";

const HOSTILE = `<!--</script><script>window.hacked=1</script>` +
  `<img src=x onerror="window.hacked=1">`;

const EPISODE = {
  startMs: SESSION_START_MS + 5_000,
  endMs: SESSION_START_MS + 15_000,
} as const;

/** A session in a file, and a page that has it open from disk. */
async function openSession(
  folder: TestFolder,
  narrations: readonly Narration[],
  { unreported = [], ...size }: {
    readonly width?: number;
    readonly height?: number;
    readonly unreported?: readonly SessionUnreported[];
  } = {},
) {
  const viewerFolder = new URL(`file://${folder.path}/built/`);
  await buildViewer(viewerFolder);
  const file = folder.file("session.html");
  await recordSession({ file, viewerFolder, narrations, unreported, seconds: 80 });
  return await openPage({ url: `file://${file}`, ...size });
}

/** A number for what is on a canvas: another drawing gives another. */
function drawn(page: Page): Promise<number> {
  return page.locator(".stage-canvas").evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d")!;
    copy.drawImage(element as HTMLCanvasElement, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    return data.reduce((sum, byte, i) => (sum + byte * (i % 8_191)) % 1_000_000_007, 0);
  });
}

Deno.test({
  name: "A session page plays from disk, and asks for nothing",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    const model = { kind: "model", model: "qwen2.5vl:3b", tookMs: 3_240 } as const;
    await using opened = await openSession(folder, [
      narration(1, { ...EPISODE, text: "Something came in" }),
      narration(2, {
        ...EPISODE,
        episode: 1,
        text: "A person crossed the yard",
        author: model,
        hasPicture: true,
        moment: "closed",
      }),
    ]);
    const { page, complaints } = opened;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.reload();
    await page.getByText("A person crossed the yard").waitFor();
    assert.equal(
      await page.locator(".told-row img").evaluate(async (image) => {
        await (image as HTMLImageElement).decode();
        return (image as HTMLImageElement).naturalWidth;
      }),
      256,
    );
    await page.getByRole("button", { name: /^Play from/ }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.locator("[aria-current]", { hasText: "A person crossed" }).waitFor();
    const before = await drawn(page);
    await page.waitForFunction(() =>
      /: 1 in view$/.test(
        document.querySelector(".stage-canvas")!.getAttribute("aria-label")!,
      )
    );
    await page.locator(".player-time", { hasText: /:0[7-9]\.\d$/ }).waitFor();
    assert.notEqual(await drawn(page), before, "what is drawn goes on");
    const strange = asked.filter((url) => !/^(file|data|blob):/.test(url));
    assert.deepEqual(strange, [], "no request leaves");
    assert.equal(asked.filter((url) => url.startsWith("file:")).length, 1);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name:
    "A session page has what was not reported, with reason and camera, to be searched",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    const at = { utcMs: SESSION_START_MS + 7_000, tMs: SESSION_START_MS + 7_000 };
    const rain = { kind: "cause", why: "rain", dsl: `CAUSE rain ${HOSTILE}` } as const;
    const sway = {
      kind: "cause",
      why: "sway",
      dsl: "CAUSE sway blob=2",
      track: 2,
    } as const;
    await using opened = await openSession(folder, [], {
      unreported: [
        { ...at, ...rain, ordinal: 1, camera: "gate" },
        { ...at, ...sway, ordinal: 2, camera: "barn" },
      ],
    });
    const { page, complaints } = opened;
    const lane = page.locator(".unreported");
    await lane.locator("summary").click();
    assert.match(await lane.locator("li").first().innerText(), /barn[^]*swaying/);
    assert.equal(await lane.locator("li").count(), 2);
    await lane.getByLabel("Search").fill("gate");
    await lane.locator("li[data-why=sway]").waitFor({ state: "detached" });
    assert.match(await lane.locator("li").innerText(), /gate[^]*rain[^]*whole picture/);
    assert.deepEqual(await faintTexts(page), []);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "A session page takes hostile words for words",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    const author = { kind: "model", model: HOSTILE, tookMs: 1 } as const;
    const hostile = { ...EPISODE, text: HOSTILE, dsl: [HOSTILE], zone: HOSTILE, author };
    const verdict = { kind: "quiet", reason: "echo" } as const;
    await using opened = await openSession(folder, [
      narration(1, hostile),
      narration(2, { ...hostile, episode: 1 }),
      narration(3, { ...hostile, verdict }),
      narration(4, { ...hostile, camera: HOSTILE }),
    ]);
    const { page, complaints } = opened;
    await page.locator(".told-text", { hasText: "onerror" }).first().waitFor();
    await page.getByRole("button", { name: "DSL" }).first().click();
    await page.locator(".dsl", { hasText: "onerror" }).waitFor();
    await page.locator(".words .quiet summary").click();
    assert.equal(await page.locator(".told-text").first().innerText(), HOSTILE);
    assert.equal(await page.evaluate(() => "hacked" in globalThis), false);
    assert.equal(await page.locator("#app script, #app img").count(), 0);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "A session page lets no other script run, and nothing be fetched",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    await using opened = await openSession(folder, []);
    const { page } = opened;
    await page.getByText("Nothing was told").waitFor();
    const reached = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = 1";
      document.body.append(script);
      const fetched = await fetch("https://example.org/").then(() => true, () => false);
      return { hacked: "hacked" in globalThis, fetched };
    });
    assert.deepEqual(reached, { hacked: false, fetched: false });
  },
});

Deno.test({
  name: "A session page is moved by keys and pointer, at any speed, past quiet times",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    await using opened = await openSession(folder, [narration(1, EPISODE)]);
    const { page, complaints } = opened;
    const place = page.getByRole("slider");
    const second = async () => Number(await place.getAttribute("aria-valuenow"));
    await place.focus();
    await page.keyboard.press("Home");
    assert.equal(await second(), 0);
    await page.keyboard.press("ArrowRight");
    assert.equal(await second(), 5);
    const { x, y, width, height } = (await place.boundingBox())!;
    await page.mouse.click(x + width / 2, y + height / 2);
    assert.equal(await second(), 40);
    assert.match(
      await page.locator(".stage-canvas").getAttribute("aria-label") ?? "",
      /: nothing in view$/,
    );
    await page.getByRole("button", { name: "16×" }).click();
    await place.focus();
    await page.keyboard.press("Space");
    await page.waitForFunction(() =>
      Number(document.querySelector("[role=slider]")!.getAttribute("aria-valuenow")) >= 63
    );
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    assert.equal(await second(), Number(await place.getAttribute("aria-valuemax")));
    await page.getByRole("button", { name: "barn" }).click();
    await page.getByRole("region", { name: "What camera barn saw" }).waitFor();
    assert.deepEqual(complaints, []);
  },
});

for (const [width, height] of [[1_440, 900], [390, 844], [320, 568]] as const) {
  Deno.test({
    name: `A session page fits ${width} x ${height} without scrolling sideways`,
    ignore: noBrowser,
    async fn() {
      using folder = new TestFolder();
      const long = { ...EPISODE, text: "x".repeat(400), hasPicture: true };
      await using opened = await openSession(folder, [narration(1, long)], {
        width,
        height,
      });
      const { page } = opened;
      await page.locator(".told-row").waitFor();
      const [content, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(content, seen);
      const player = await page.locator(".controls").boundingBox();
      assert.ok(player && player.y + player.height <= height, "all of the player shows");
    },
  });
}

Deno.test({
  name: "A session page shows what is of one class, and all again",
  ignore: noBrowser,
  async fn() {
    using folder = new TestFolder();
    const told = (id: number, line: Parameters<typeof classifiedBy>[0]) =>
      narration(id, { ...EPISODE, text: `It is ${id}`, classified: classifiedBy(line) });
    await using opened = await openSession(folder, [
      told(1, { blob: 1, class: "person", score: 0.9 }),
      told(2, { blob: 2, class: "vehicle", score: 0.9, detail: "truck" }),
      told(3, { blob: 3, class: "unknown", score: 0.1 }),
    ]);
    const { page, complaints } = opened;
    const rows = page.locator(".told-row");
    await rows.nth(2).waitFor();
    const choice = page.getByRole("group", { name: "Show" });
    await choice.getByRole("button", { name: "Vehicles (1)" }).click();
    await rows.nth(1).waitFor({ state: "detached" });
    assert.match(await rows.first().innerText(), /It is 2/);
    await choice.getByRole("button", { name: "All" }).click();
    await rows.nth(2).waitFor();
    assert.deepEqual(complaints, []);
  },
});
