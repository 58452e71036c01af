/**
 * The live page of a program that is played, open in a browser: how nearly every test of
 * the page begins.
 * @module
 */
import type { Page } from "playwright-core";
import { openPage, type PageOptions } from "./browser.ts";
import { type FakeFeed, openFakeFeed } from "./fake_feed.ts";

export interface FeedPage extends AsyncDisposable {
  readonly feed: FakeFeed;
  readonly page: Page;
  /** Errors and warnings of the page so far. */
  readonly complaints: readonly string[];
}

/** Plays a program with a camera and opens its page; both are closed together. */
export async function openFeedPage(
  given: Parameters<typeof openFakeFeed>[0] = {},
  options: Omit<PageOptions, "url"> = {},
): Promise<FeedPage> {
  await using opened = new AsyncDisposableStack();
  const feed = opened.use(await openFakeFeed(given));
  const { page, complaints } = opened.use(await openPage({ url: feed.url, ...options }));
  await page.locator(".camera").first().waitFor();
  const closing = opened.move();
  return { feed, page, complaints, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}
