import assert from "node:assert/strict";
import type { Page, WebSocketRoute } from "playwright-core";
import { pictureLibrary } from "../../base/picture_library.ts";
import type { Narration } from "../../llm/narration.ts";
import { noBrowser, openPage } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { openFakeFeed } from "../support/fake_feed.ts";
import { narration } from "../support/narrations.ts";
import { GATE, PORT_BUSY } from "../support/server_parts.ts";

const HOSTILE =
  `<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>`;

const MODEL = { kind: "model", model: "qwen2.5vl:3b", tookMs: 3_240 } as const;

async function jpegPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await pictureLibrary();
  const create = { width: 90, height: 60, channels: 3, background: "teal" } as const;
  return new Uint8Array(await sharp({ create }).jpeg().toBuffer());
}

function sentences(page: Page): Promise<string[]> {
  return page.locator(".told-text").allInnerTexts();
}

Deno.test({
  name: "The page tells each episode in one row, whose newest sentence stands",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    const jpeg = await jpegPicture();
    await page.locator(".camera").waitFor();
    feed.tell(narration(1, { text: "A dog came" }));
    feed.tell(narration(2, { text: "Something came", hasPicture: true }), jpeg);
    const grown = { episode: 2, text: "A person came in", author: MODEL } as const;
    await page.locator(".told-row").nth(1).waitFor();
    feed.tell(narration(3, { ...grown, moment: "closed", hasPicture: true }), jpeg);
    await page.getByText("A person came in").first().waitFor();
    assert.deepEqual(await sentences(page), ["A person came in", "A dog came"]);
    const row = page.locator(".told-row").first();
    assert.match(await row.innerText(), /qwen2\.5vl:3b, 3\.2 s/);
    const image = row.locator("img");
    await image.waitFor();
    assert.match(await image.getAttribute("alt") ?? "", /^What camera gate saw at/);
    assert.match(await image.getAttribute("src") ?? "", /^\/picture\/3\.jpg\?start=\d+$/);
    const width = await image.evaluate(async (element) => {
      await (element as HTMLImageElement).decode();
      return (element as HTMLImageElement).naturalWidth;
    });
    assert.equal(width, 90);
    await row.getByRole("button", { name: "1 earlier" }).click();
    assert.match(await row.locator(".told-earlier").innerText(), /Something came/);
    await row.getByRole("button", { name: "DSL" }).focus();
    await page.keyboard.press("Enter");
    assert.match(await row.locator(".dsl").innerText(), /EVENT type=ENTER blob=3/);
    assert.equal(
      await page.getByRole("status").filter({ hasText: "A person" }).count(),
      1,
    );
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page leaves room for no picture that is not kept any more",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    feed.tell(narration(1, { hasPicture: true }));
    await page.locator(".told-row").waitFor();
    await page.locator(".told-row img").waitFor({ state: "detached" });
  },
});

Deno.test({
  name: "The page keeps quiet words apart and says why they are quiet",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    feed.tell(narration(1, { text: "A person came in" }));
    const verdict = { kind: "quiet", reason: "repeated" } as const;
    feed.tell(narration(2, { episode: 1, text: "A person came again", verdict }));
    const lane = page.locator(".words .quiet");
    await lane.waitFor();
    assert.deepEqual(await sentences(page), ["A person came in"]);
    assert.equal(await lane.getByText("A person came again").isVisible(), false);
    await lane.locator("summary").focus();
    await page.keyboard.press("Enter");
    await lane.getByText("Kept quiet: it said the same as before").waitFor();
    assert.equal(await lane.getByText("A person came again").isVisible(), true);
  },
});

Deno.test({
  name: "The page takes a model's hostile words for words",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage({
      views: [GATE, { ...GATE, camera: HOSTILE }],
    });
    const { feed, page } = opened;
    await page.locator(".camera").first().waitFor();
    const hostile: Partial<Narration> = {
      camera: HOSTILE,
      text: HOSTILE,
      author: { ...MODEL, model: HOSTILE },
      dsl: [HOSTILE],
    };
    feed.tell(narration(1, { ...hostile, text: "before" }));
    feed.tell(narration(2, { ...hostile, episode: 1 }));
    const verdict = { kind: "quiet", reason: "echo" } as const;
    feed.tell(narration(3, { ...hostile, verdict }));
    feed.alert([{ ...PORT_BUSY, severity: "note", words: HOSTILE, toDo: HOSTILE }]);
    await page.locator(".told-text", { hasText: "onerror" }).waitFor();
    await page.getByRole("button", { name: "DSL" }).click();
    await page.locator(".words .quiet summary").click();
    await page.locator(".quiet-text", { hasText: "onerror" }).waitFor();
    await page.locator(".note", { hasText: "onerror" }).waitFor();
    assert.equal(await page.locator("#app img, #app script").count(), 0);
    assert.equal(await page.evaluate(() => "hacked" in globalThis), false);
  },
});

Deno.test({
  name: "The page knows what was told before it came, and after it was away, once",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    feed.tell(narration(1, { text: "before" }));
    await using opened = await openPage({ url: feed.url });
    const { page } = opened;
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/ws$/, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.reload();
    await page.getByText("before").waitFor();
    feed.tell(narration(2, { text: "while it is here" }));
    await page.locator(".told-text", { hasText: "while it is here" }).waitFor();
    await sockets[0]!.close();
    await page.getByText("The connection to StreamWare is lost").waitFor();
    feed.tell(narration(3, { text: "while it was away" }));
    await page.getByText("while it was away").waitFor();
    assert.deepEqual(await sentences(page), [
      "while it was away",
      "while it is here",
      "before",
    ]);
  },
});

Deno.test({
  name: "The page has no place for words when none come, and one when they will",
  ignore: noBrowser,
  async fn() {
    await using feed = await openFakeFeed();
    using _running = feed.run();
    await using opened = await openPage({ url: feed.url });
    const { page } = opened;
    await page.locator("[data-level=good]").waitFor();
    assert.equal(await page.locator(".words").count(), 0);
    await using wordful = await openFakeFeed({ words: true });
    await page.goto(wordful.url);
    await page.locator(".words", { hasText: "Nothing to tell yet" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Log out" }).count(), 0);
  },
});

for (const [width, height] of [[1_440, 900], [390, 844], [320, 568]] as const) {
  Deno.test({
    name: `The page with words fits ${width} x ${height}, the picture near the words`,
    ignore: noBrowser,
    async fn() {
      await using feed = await openFakeFeed();
      using _running = feed.run();
      await using opened = await openPage({ url: feed.url, width, height });
      const { page } = opened;
      const jpeg = await jpegPicture();
      await page.locator(".camera").waitFor();
      for (let id = 1; id <= 12; id++) {
        const text = `${"word ".repeat(12)}${id}`;
        feed.tell(narration(id, { hasPicture: true, text }), jpeg);
      }
      feed.tell(narration(13, { text: "x".repeat(400), author: MODEL }));
      await page.locator(".told-text", { hasText: "xxx" }).waitFor();
      const [content, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(content, seen, "nothing scrolls sideways");
      const words = await page.locator(".words").boundingBox();
      const picture = await page.locator(".stage-canvas").boundingBox();
      assert.ok(words && picture && words.y < height / 3, "the words come first");
      const isBeside = picture.x > words.x + words.width - 1 &&
        picture.y + picture.height < height;
      const isBelow = picture.y - (words.y + words.height) < 80;
      assert.ok(isBeside || isBelow, JSON.stringify({ words, picture }));
    },
  });
}

Deno.test({
  name: "The page lets a note be sent away, and tells a camera's alert on its card only",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page } = opened;
    const note = { ...PORT_BUSY, severity: "note", code: "words.no_model" } as const;
    feed.alert([
      { ...note, words: "No model looks at pictures" },
      { ...PORT_BUSY, code: "camera.offline", subject: "gate", words: "It is unplugged" },
      { ...PORT_BUSY },
      { ...PORT_BUSY, code: "a.b", words: "No old viewers", dependsOn: PORT_BUSY.code },
    ]);
    await page.locator(".camera-alert", { hasText: "It is unplugged" }).waitFor();
    assert.equal(await page.getByText("It is unplugged").count(), 1);
    assert.equal(await page.locator(".banner").count(), 1);
    await page.locator(".banner .caused", { hasText: "No old viewers" }).waitFor();
    await page.getByRole("button", { name: "Dismiss: No model looks" }).click();
    await page.locator(".note").waitFor({ state: "detached" });
    feed.alert([note]);
    await page.locator(".note").waitFor();
    await page.locator(".banner").waitFor({ state: "detached" });
  },
});
