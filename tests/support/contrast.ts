/**
 * How well the texts of a page stand out from what is behind them. Knows colours only:
 * text on a canvas is a picture, and is not looked at.
 * @module
 */
import type { Page } from "playwright-core";

/** What WCAG 2.2 asks of text that is not large (1.4.3, level AA). */
export const CONTRAST_MIN = 4.5;

export interface FaintText {
  readonly text: string;
  /** From 1, which cannot be seen, to 21. */
  readonly contrast: number;
}

/**
 * The texts that can be seen on the page and stand out too little. What lies over a
 * camera's picture is judged over a white one, the worst that can come.
 */
export async function faintTexts(page: Page): Promise<readonly FaintText[]> {
  const all = await page.evaluate(() => {
    const brush = new OffscreenCanvas(1, 1).getContext("2d", {
      willReadFrequently: true,
    })!;
    const bytesOf = (...colours: readonly string[]) => {
      brush.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
      }
      return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const behind = (element: Element | null): string[] => {
      if (element === null) return ["#fff"];
      if (element.matches(".stage")) return ["#fff"];
      const colour = getComputedStyle(element).backgroundColor;
      if (bytesOf(colour)[3] === 255) return [colour];
      return [...behind(element.parentElement), colour];
    };
    /** Relative luminance of sRGB, WCAG 2.2. */
    const light = (bytes: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = bytes.map((byte) => {
        const part = byte / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const judged = (element: Element, text: string, pseudo?: string) => {
      const ground = behind(element);
      const { color } = getComputedStyle(element, pseudo);
      const lights = [light(bytesOf(...ground, color)), light(bytesOf(...ground))];
      const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
      return { text, contrast: Math.round(100 * contrast) / 100 };
    };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (text === "" || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.matches("script, style")) continue;
      found.push(judged(element, text));
    }
    for (const input of document.querySelectorAll("input[placeholder]")) {
      if (!input.checkVisibility()) continue;
      found.push(judged(input, input.getAttribute("placeholder")!, "::placeholder"));
    }
    return found;
  });
  if (all.length === 0) throw new Error("the page has no text");
  return all.filter(({ contrast }) => contrast < CONTRAST_MIN);
}
