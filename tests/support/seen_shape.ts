/**
 * What a stand-in for a model sees: the colour that fills the middle half of a picture.
 * So a blank, wrong or uncropped picture gets another answer than the right one.
 * @module
 */
import { pictureLibrary } from "../../base/picture_library.ts";

/** Pure colours that a test paints, red, green and blue 0..255. */
const COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
};

/** JPEG and the half-size chroma of 4:2:0 move a colour by some of 255. */
const NEAR = 90;
/** So much of the middle half is of one colour: edges of a crop may cut in. */
const FILLED_PART = 0.8;

/** `red square`, or `nothing` when no colour fills the middle. */
export async function seenShape(jpeg: Uint8Array): Promise<string> {
  const library = await pictureLibrary();
  const { data, info } = await library(jpeg).raw().toBuffer({ resolveWithObject: true });
  const [width, height] = [info.width, info.height];
  const counts = new Map<string, number>();
  let pixels = 0;
  for (let y = Math.floor(height / 4); y < Math.ceil(height * 3 / 4); y++) {
    for (let x = Math.floor(width / 4); x < Math.ceil(width * 3 / 4); x++) {
      const at = (y * width + x) * info.channels;
      const colour = colourOf([data[at]!, data[at + 1]!, data[at + 2]!]);
      pixels++;
      if (colour) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most && most[1] >= FILLED_PART * pixels ? `${most[0]} square` : "nothing";
}

function colourOf(rgb: readonly [number, number, number]): string | undefined {
  for (const [name, pure] of Object.entries(COLOURS)) {
    if (pure.every((value, channel) => Math.abs(value - rgb[channel]!) < NEAR)) {
      return name;
    }
  }
  return undefined;
}
