/**
 * Tracks whose class is known, over all footage that we have: annotated ones, and those
 * that our own analysis finds, judged against what is annotated or known of the clip.
 * Boxes only; their pixels are `class_crops.ts`.
 * @module
 */
import type { Box } from "../../classes/crop_area.ts";
import { intersectionOverUnion, type TrackRow } from "./mot.ts";

/** What a sample truly is; `nothing` is background, or light and leaves that moved. */
export type TrueClass = "person" | "vehicle" | "bike" | "nothing";

/** Where a sample's boxes come from. */
export type SampleSource = "annotated" | "tracked" | "background" | "flicker";

export interface FrameBox extends Box {
  /** From 1, as MOT counts. */
  readonly frame: number;
}

export interface Sample {
  readonly clip: string;
  readonly source: SampleSource;
  /** Names it within clip and source. */
  readonly id: string;
  readonly truth: TrueClass;
  readonly boxes: readonly FrameBox[];
}

/** A clip and how its truth is told. */
export interface ClassClip {
  readonly clip: string;
  /** What everything that moves in it is, bar what `bikes` names. */
  readonly truth: "person" | "vehicle";
  /** Annotation in MOT's format, or boxes of components by frame. */
  readonly tracks?: string;
  readonly components?: string;
  /** Frames that are annotated; all of them without it. */
  readonly annotated?: readonly [first: number, last: number];
  /** The frames in which a cyclist rides: what lives in them alone is he. */
  readonly bikes?: readonly [first: number, last: number];
  /** Frames in which nothing moves, where nothing is annotated. */
  readonly empty?: readonly [first: number, last: number];
  /** What stands there all the time and is of a class: its place is no background. */
  readonly standing?: readonly Box[];
  /** Two points of a line down the picture, pixels: left of it only grass moves. */
  readonly verge?: readonly [Point, Point];
}

type Point = readonly [x: number, y: number];

export const CLASS_CLIPS: readonly ClassClip[] = [
  {
    clip: "pets2009_s2l1/vtest.mp4",
    truth: "person",
    tracks: "pets2009_s2l1/gt.txt",
    annotated: [1, 795],
    standing: [{ x: 645, y: 35, w: 123, h: 70 }], // a van and a car
  },
  {
    clip: "cdnet_highway/cdnet_highway.mp4",
    truth: "vehicle",
    components: "cdnet_highway/gt_boxes.csv",
    annotated: [470, 1_700],
  },
  {
    clip: "cdnet_pedestrians/cdnet_pedestrians.mp4",
    truth: "person",
    components: "cdnet_pedestrians/gt_boxes.csv",
    annotated: [300, 1_099],
    bikes: [474, 504],
    standing: [
      { x: 32, y: 0, w: 55, h: 35 }, // a bicycle
      { x: 230, y: 0, w: 32, h: 28 }, // a scooter
      { x: 328, y: 0, w: 32, h: 48 }, // a car
    ],
  },
  {
    clip: "intel_sample_videos/one-by-one-person-detection.mp4",
    truth: "person",
    empty: [705, 735],
  },
  {
    clip: "intel_sample_videos/car-detection.mp4",
    truth: "vehicle",
    empty: [125, 170],
  },
  {
    clip: "dvr_scan/traffic_camera.mp4",
    truth: "vehicle",
    verge: [[510, 290], [300, 400]],
  },
];

/** A clip as it is analysed at `share` of its size: its places in those pixels. */
export function smallerClip(clip: ClassClip, share: number): ClassClip {
  const { standing, verge } = clip;
  const point = ([x, y]: Point): Point => [x * share, y * share];
  return {
    ...clip,
    ...(standing === undefined ? {} : {
      standing: standing.map(({ x, y, w, h }) => (
        { x: x * share, y: y * share, w: w * share, h: h * share }
      )),
    }),
    ...(verge === undefined ? {} : { verge: [point(verge[0]), point(verge[1])] }),
  };
}

/** An annotated person that stays long is several samples: there are few of them. */
const PIECE_BOXES = 60;
/** What is shorter was hardly there. */
const TRACK_BOXES_MIN = 8;

/** @param rows all annotated tracks of the clip */
export function annotatedSamples(clip: ClassClip, rows: readonly TrackRow[]): Sample[] {
  const most = clip.tracks === undefined ? Infinity : PIECE_BOXES;
  return piecesOf(rows, most).map(({ id, boxes }) => ({
    ...{ clip: clip.clip, source: "annotated", id, boxes },
    truth: isBike(clip, boxes) ? "bike" : clip.truth,
  }));
}

/**
 * Our own tracks, whole. Where there is an annotation, one that is mostly of nothing that
 * is annotated is left out (there are people and cars that nobody annotated); where there
 * is none, all that moves on the road is what the clip shows.
 */
export function trackedSamples(
  clip: ClassClip,
  rows: readonly TrackRow[],
  annotation: readonly TrackRow[] | undefined,
): Sample[] {
  const byFrame = Map.groupBy(annotation ?? [], ({ frame }) => frame);
  const [first, last] = clip.annotated ?? [0, Infinity];
  const within = rows.filter(({ frame }) => frame >= first && frame <= last);
  return piecesOf(within, Infinity).flatMap(({ id, boxes }): Sample[] => {
    const sample = { clip: clip.clip, source: "tracked", id, boxes } as const;
    if (isBike(clip, boxes)) return [{ ...sample, truth: "bike" }];
    if (isOnVerge(clip, boxes)) return [{ ...sample, truth: "nothing" }];
    const met = boxes.filter((box) =>
      annotation === undefined ||
      (byFrame.get(box.frame) ?? []).some((row) => isSame(box, row))
    );
    return met.length >= boxes.length / 2 ? [{ ...sample, truth: clip.truth }] : [];
  });
}

/** Components that overlap from frame to frame are one track. */
export function linked(rows: readonly TrackRow[]): TrackRow[] {
  const open: TrackRow[] = [];
  let ids = 0;
  return rows.toSorted((a, b) => a.frame - b.frame).map((row) => {
    const [best] = open
      .map((was, at) => ({ was, at, iou: intersectionOverUnion(was, row) }))
      .filter(({ was, iou }) =>
        iou >= 0.3 && row.frame > was.frame && row.frame - was.frame <= 3
      )
      .sort((a, b) => b.iou - a.iou);
    const linkedRow = { ...row, id: best?.was.id ?? ++ids };
    if (best) open[best.at] = linkedRow;
    else open.push(linkedRow);
    return linkedRow;
  });
}

interface Piece {
  readonly id: string;
  readonly boxes: readonly FrameBox[];
}

function piecesOf(rows: readonly TrackRow[], boxesMax: number): Piece[] {
  const pieces: Piece[] = [];
  for (const [id, all] of Map.groupBy(rows, (row) => row.id)) {
    for (let at = 0; at < all.length; at += boxesMax) {
      const boxes = all.slice(at, at + boxesMax);
      if (boxes.length >= TRACK_BOXES_MIN) pieces.push({ id: `${id}.${at}`, boxes });
    }
  }
  return pieces;
}

function isBike({ bikes }: ClassClip, boxes: readonly FrameBox[]): boolean {
  if (bikes === undefined) return false;
  const [first, last] = bikes;
  const within = boxes.filter(({ frame }) => frame >= first && frame <= last);
  return within.length >= 0.6 * boxes.length;
}

function isOnVerge({ verge }: ClassClip, boxes: readonly FrameBox[]): boolean {
  if (verge === undefined) return false;
  const [[x1, y1], [x2, y2]] = verge;
  const left = boxes.filter(({ x, y, w, h }) =>
    x + w / 2 < x1 + (x2 - x1) * (y + h / 2 - y1) / (y2 - y1)
  );
  return left.length > boxes.length / 2;
}

/** About the same, or the one in the other: shadows and parts are common. */
function isSame(a: FrameBox, b: TrackRow): boolean {
  if (intersectionOverUnion({ ...a, id: 0 }, b) >= 0.25) return true;
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 && w * h >= 0.6 * Math.min(a.w * a.h, b.w * b.h);
}

/**
 * The best moments of a track: large, whole in the picture, apart in time.
 * @param frame size in pixels
 */
export function bestMoments(
  boxes: readonly FrameBox[],
  frame: { readonly width: number; readonly height: number },
  count: number,
): FrameBox[] {
  const apart = (boxes.at(-1)!.frame - boxes[0]!.frame) / 10;
  const worth = (box: FrameBox) => box.w * box.h * (isCut(box, frame) ? 0.25 : 1);
  const taken: FrameBox[] = [];
  for (const box of boxes.toSorted((a, b) => worth(b) - worth(a))) {
    const isApart = taken.every((other) => Math.abs(other.frame - box.frame) >= apart);
    if (taken.length < count && isApart) taken.push(box);
  }
  return taken;
}

function isCut(
  { x, y, w, h }: Box,
  frame: { readonly width: number; readonly height: number },
): boolean {
  return x <= 1 || y <= 1 || x + w >= frame.width - 1 || y + h >= frame.height - 1;
}
