/**
 * Views of one track out of the larger pictures of their moments: asks for all in one go,
 * and believes only what shows the same as the analysed frame did. What cannot be had
 * stays as it was cut from the analysed frame: a smaller view is no error.
 * @module
 */
import type { TrackView } from "../capture/frame/crop.ts";
import type { PixelBox } from "../capture/frame/cut_out.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import {
  areaOfPart,
  areaOfUse,
  isSmall,
  likeness,
  partOfLarger,
  type Pictures,
  SAME_LEAST,
  sizeOfUse,
} from "./larger_picture.ts";
import { trackCrop } from "./track_crop.ts";

/** What is asked of who has the larger pictures. */
export interface AskedParts {
  /** Best first, of each moment one: where it begins, in pixels of the larger picture. */
  readonly parts: readonly {
    readonly ptsUs: number;
    readonly left: number;
    readonly top: number;
  }[];
  /** Of every part. */
  readonly size: FrameFormat;
  /** What each is made smaller to. */
  readonly shrunkTo: FrameFormat;
}

/** The pixels of a part (yuv420p), or why there are none. */
export type GivenPart =
  | { readonly kind: "full"; readonly pixels: Uint8Array<ArrayBuffer> }
  | { readonly kind: "gone" | "costly" | "busy" };

/** By `ptsUs`. */
export type GivenParts = ReadonlyMap<number, GivenPart>;

/**
 * What became of a view that was small: `full`; the picture is `gone` or was not there
 * yet; it was too `costly`; others were `busy` with the decoder; it was `other`, as it did
 * not show the same.
 */
export type ViewFate = "full" | "gone" | "costly" | "busy" | "other";

export interface EnlargedView {
  readonly fate: ViewFate;
  /** The larger one where there is one, else as it was. */
  readonly view: TrackView;
}

/** Whether a view would gain. */
export function isWorthEnlarging({ box }: Pick<TrackView, "box">): boolean {
  return isSmall({ w: box.width, h: box.height });
}

/**
 * @param views that gain, of one track, best first
 * @param take gives the parts; what it throws comes out
 */
export async function enlarged(
  views: readonly TrackView[],
  pictures: Pictures,
  take: (asked: AskedParts) => Promise<GivenParts>,
): Promise<EnlargedView[]> {
  if (views.length === 0) return [];
  const areas = views.map(({ box }) => areaOfUse(boxOf(box), pictures));
  const plain = areas.map((area) => partOfLarger(area, pictures));
  const size = {
    width: Math.max(...plain.map(({ width }) => width)),
    height: Math.max(...plain.map(({ height }) => height)),
  };
  const cut = areas.map((area) => partOfLarger(area, pictures, size));
  const shrunkTo = sizeOfUse(size);
  const parts = views.map(({ ptsUs }, at) => {
    const { left, top } = cut[at]!;
    return { ptsUs, left, top };
  });
  const given = await take({ parts, size, shrunkTo });
  return views.map((view, at) => {
    const part = given.get(view.ptsUs);
    if (part?.kind !== "full") return { fate: part?.kind ?? "gone", view };
    const { x, y, w, h } = areaOfPart(cut[at]!, pictures);
    const area = { left: x, top: y, width: w, height: h };
    const larger = { ...view, format: shrunkTo, pixels: part.pixels, area };
    const isSame = likeness(trackCrop(view), trackCrop(larger)) >= SAME_LEAST;
    return isSame ? { fate: "full", view: larger } : { fate: "other", view };
  });
}

function boxOf({ left, top, width, height }: PixelBox) {
  return { x: left, y: top, w: width, h: height };
}
