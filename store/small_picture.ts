/**
 * Makes pictures small enough that many fit into one page.
 * @module
 */
import { encodeBase64 } from "../base/base64.ts";
import { pictureLibrary } from "../base/picture_library.ts";

export interface SmallPictureOptions {
  /** Pixels; a picture that is smaller stays as large as it is. */
  readonly widthMax: number;
  readonly heightMax: number;
  /** 1..100, as JPEG has it. */
  readonly quality: number;
}

/**
 * @returns a JPEG as base64
 * @throws when `jpeg` is none, or the picture library cannot be loaded
 */
export async function smallPicture(
  jpeg: Uint8Array,
  { widthMax, heightMax, quality }: SmallPictureOptions,
): Promise<string> {
  const sharp = await pictureLibrary();
  const size = { width: widthMax, height: heightMax, fit: "inside" } as const;
  const small = await sharp(jpeg).resize({ ...size, withoutEnlargement: true })
    .jpeg({ quality }).toBuffer();
  return encodeBase64(small);
}
