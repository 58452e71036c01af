/**
 * The known picture of a model of the user's own: the one that its description names, or
 * the drawn bicycle. What is done with who does not know it is not decided here.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import { knownPicture } from "./known_picture.ts";
import type { OwnModel } from "./own_model.ts";
import { pictureOfPpm } from "./ppm_picture.ts";
import type { KnownPicture } from "./self_check.ts";

/**
 * The picture, and what the model has to say of it: its class, at its own threshold.
 * @throws Fault unavailable when it is not there, config when it is no such picture
 */
export function ownKnownPicture(
  { folder, known, threshold }: Pick<OwnModel, "folder" | "known" | "threshold">,
): KnownPicture {
  if (known === undefined) {
    return { crop: knownPicture(), class: "bike", scoreMin: threshold };
  }
  const path = `${folder}/${known.picture}`;
  const { format, pixels } = pictureOfPpm(bytesOf(path), path);
  const area = { x: 0, y: 0, w: format.width, h: format.height };
  const [x, y, w, h] = known.box ?? [0, 0, area.w, area.h];
  if (x + w > area.w || y + h > area.h) {
    const size = `${format.width} x ${format.height}`;
    throw new Fault("config", `Cannot use ${path}: known.box lies outside its ${size}`);
  }
  const crop = { format, pixels, area, motion: { x, y, w, h } };
  return { crop, class: known.class, scoreMin: threshold };
}

function bytesOf(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (cause) {
    const isAway = cause instanceof Deno.errors.NotFound;
    const state = isAway ? "it is not there" : wordsOf(cause);
    throw new Fault("unavailable", `Cannot read ${path}: ${state}`, { cause });
  }
}
