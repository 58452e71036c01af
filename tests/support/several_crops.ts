/**
 * Crops that the detector is shown on every processor: what we drew, and, where footage is
 * at hand, people and cars of it. Knows no labels: that they are the same is all that counts.
 * @module
 */
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { cutOut } from "../../capture/frame/cut_out.ts";
import { Street } from "../../capture/scene/street/street.ts";
import type { TrackCrop } from "../../classes/track_crop.ts";
import { areaToKeep, type Box } from "../../classes/crop_area.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { footage } from "./footage.ts";

export interface NamedCrop {
  readonly name: string;
  readonly crop: TrackCrop;
}

/** The same ones each time; some of them are unknown to the detector, some are not. */
export async function severalCrops(): Promise<readonly NamedCrop[]> {
  return [...drawnCrops(), ...await realCrops()];
}

function drawnCrops(): NamedCrop[] {
  const known = knownPicture();
  const wheel = { ...known, motion: { x: 108, y: 94, w: 70, h: 70 } };
  return [
    { name: "the known picture", crop: known },
    { name: "one of its wheels", crop: wheel },
    ...STREET.flatMap(({ timeMs, boxes }) => streetCrops(timeMs, boxes)),
  ];
}

/** Where the drawn street shows somebody, and nobody at the end. */
const STREET: readonly { readonly timeMs: number; readonly boxes: readonly Box[] }[] = [
  { timeMs: 20_000, boxes: [{ x: 318, y: 332, w: 91, h: 135 }] },
  {
    timeMs: 26_000,
    boxes: [
      { x: 0, y: 304, w: 359, h: 161 },
      { x: 616, y: 309, w: 35, h: 129 },
      { x: 127, y: 437, w: 62, h: 103 },
      { x: 800, y: 60, w: 80, h: 60 },
    ],
  },
];

function streetCrops(timeMs: number, boxes: readonly Box[]): NamedCrop[] {
  const format = { width: 960, height: 540 };
  const pixels = new Uint8Array(frameBytes(format));
  const street = new Street({ format, seed: 1, withTruth: false, comes: () => true });
  street.paint(timeMs, pixels);
  return boxes.map((box, index) => ({
    name: `the drawn street, ${timeMs} ms, box ${index}`,
    crop: cropOf(pixels, format, box),
  }));
}

/** Boxes of the annotation, in pixels of the clip. */
const REAL: readonly {
  readonly clip: string;
  readonly format: FrameFormat;
  /** Counts from 0. */
  readonly frame: number;
  readonly boxes: readonly Box[];
}[] = [
  {
    clip: "pets2009_s2l1/vtest.mp4",
    format: { width: 768, height: 576 },
    frame: 0,
    boxes: [
      { x: 499, y: 158, w: 31, h: 75 },
      { x: 258, y: 219, w: 33, h: 89 },
      { x: 633, y: 242, w: 42, h: 81 },
    ],
  },
  {
    clip: "cdnet_highway/cdnet_highway.mp4",
    format: { width: 320, height: 240 },
    frame: 1_543,
    boxes: [{ x: 129, y: 132, w: 95, h: 108 }],
  },
  {
    clip: "cdnet_highway/cdnet_highway.mp4",
    format: { width: 320, height: 240 },
    frame: 1_229,
    boxes: [{ x: 29, y: 158, w: 89, h: 82 }, { x: 200, y: 20, w: 60, h: 40 }],
  },
];

async function realCrops(): Promise<NamedCrop[]> {
  const crops: NamedCrop[] = [];
  for (const { clip, format, frame, boxes } of REAL) {
    const path = footage(clip);
    if (path === undefined) continue;
    const pixels = await framePixels(path, frame);
    for (const [index, box] of boxes.entries()) {
      const name = `${clip}, frame ${frame}, box ${index}`;
      crops.push({ name, crop: cropOf(pixels, format, box) });
    }
  }
  return crops;
}

function cropOf(pixels: Uint8Array, frame: FrameFormat, motion: Box): TrackCrop {
  const area = areaToKeep(motion, frame);
  const at = { left: area.x, top: area.y, width: area.w, height: area.h };
  return { ...cutOut(pixels, frame, at), area, motion };
}

async function framePixels(path: string, frame: number): Promise<Uint8Array> {
  const { success, stdout } = await new Deno.Command("ffmpeg", {
    args: [
      ...["-nostdin", "-v", "error", "-i", path, "-vf", `select=eq(n\\,${frame})`],
      ...["-frames:v", "1", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"],
    ],
    stdin: "null",
  }).output();
  if (!success) throw new Error(`no frame ${frame} of ${path}`);
  return stdout;
}
