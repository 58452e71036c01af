/**
 * The one door to npm:sharp, opened at the first picture: a box that nobody looks at
 * does not pay for it. Says nothing of what is done with pictures.
 * @module
 */
import type sharp from "sharp";

/** npm:sharp's own function: `sharp(input, options)`. */
export type PictureLibrary = typeof sharp;

/** @throws when the library or its native part cannot be loaded */
export async function pictureLibrary(): Promise<PictureLibrary> {
  const { default: library } = await import("sharp");
  return library;
}
