/**
 * A headless Chromium for tests, and whether there is one.
 * @module
 */
import { type Browser, chromium, type Page } from "playwright-core";

const EXECUTABLE = "/usr/bin/chromium";

/** For `ignore:` of tests that need a browser. */
export const noBrowser: boolean = !exists(EXECUTABLE);

/** Flags that were tried: no sandbox as root, nothing that talks to the network. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page and what went wrong on it: errors of the console and uncaught ones. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export interface PageOptions {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: "reduce" | "no-preference";
  /** The box made its certificate itself: a person would click past the warning. */
  readonly ignoreHTTPSErrors?: boolean;
  /** More of Chromium's own flags. */
  readonly flags?: readonly string[];
}

/** Opens `url` in a browser of its own, which is closed with the page. */
export async function openPage(options: PageOptions): Promise<OpenPage> {
  const { url, width = 1_440, height = 900, reducedMotion = "no-preference" } = options;
  const { ignoreHTTPSErrors = false, flags = [] } = options;
  const args = [...FLAGS, ...flags];
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args });
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      reducedMotion,
      ignoreHTTPSErrors,
    });
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on("console", (line) => {
      if (line.type() === "error" || line.type() === "warning") {
        complaints.push(line.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(url);
    return { page, complaints, [Symbol.asyncDispose]: () => close(browser) };
  } catch (thrown) {
    await close(browser);
    throw thrown;
  }
}

async function close(browser: Browser): Promise<void> {
  await browser.close();
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
