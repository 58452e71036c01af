/**
 * Pictures that effects are laid over: windows of real footage and of the drawn street,
 * as raw frames in memory, with what moves in them. Windows of even seeds are tuned on,
 * windows of odd seeds are reported: they never share a frame of a clip's truth.
 * @module
 */
import type { PlacedBox } from "../../capture/scene/effect.ts";
import { sceneFormat } from "../../capture/scene/scenes.ts";
import { Street } from "../../capture/scene/street/street.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { type BoxRow, linkBoxes, readCsvBoxes, readMotBoxes } from "./cause_truth.ts";
import { run } from "./raw_video.ts";
import { StillPicture } from "./still_picture.ts";

/** A window of footage, or of the street; times in seconds. */
export interface BaseWindow {
  readonly name: string;
  readonly parity: "odd" | "even";
  /** Relative to the footage; undefined: the street with this seed. */
  readonly clip?: string;
  readonly street?: number;
  readonly fps: number;
  readonly fromS: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** True boxes, and the file's own rate and size; without: what a run without effect finds. */
  readonly truth?: {
    readonly file: string;
    readonly kind: "mot" | "csv";
    readonly fps: number;
    readonly scale: number;
  };
  /** Causes that are there without any effect. */
  readonly natural: readonly string[];
}

/** One thing's boxes by the window's frame (from 0). */
export type StayBoxes = ReadonlyMap<number, PlacedBox>;

export interface Base {
  readonly window: BaseWindow;
  readonly format: FrameFormat;
  readonly frames: readonly Uint8Array[];
  /** Undefined: not known; what is found without an effect stands in. */
  readonly stays: readonly StayBoxes[] | undefined;
  /** Tells real movement where there are no true boxes. */
  readonly still?: StillPicture;
}

const PETS = {
  ...{ clip: "pets2009_s2l1/vtest.mp4", fps: 10, seconds: 18, width: 512, height: 384 },
  truth: { file: "pets2009_s2l1/gt.txt", kind: "mot", fps: 10, scale: 512 / 768 },
  natural: [],
} as const;
const PEDESTRIANS = {
  ...{ clip: "cdnet_pedestrians/cdnet_pedestrians.mp4", fps: 12.5, seconds: 16 },
  ...{ width: 360, height: 240, natural: ["shadow"] },
  truth: { file: "cdnet_pedestrians/gt_boxes.csv", kind: "csv", fps: 25, scale: 1 },
} as const;
const HIGHWAY = {
  ...{ clip: "cdnet_highway/cdnet_highway.mp4", fps: 12.5, seconds: 16 },
  ...{ width: 320, height: 240, natural: ["sway", "shadow", "shake"] },
  truth: { file: "cdnet_highway/gt_boxes.csv", kind: "csv", fps: 25, scale: 1 },
} as const;
const CARS = {
  ...{ clip: "intel_sample_videos/car-detection.mp4", fps: 12.5, seconds: 16 },
  ...{ width: 512, height: 288, natural: ["light", "shadow"] },
} as const;
const PERSON = {
  clip: "intel_sample_videos/one-by-one-person-detection.mp4",
  ...{ fps: 10, seconds: 18, width: 512, height: 288, natural: ["shadow"] },
} as const;
const TRAFFIC = {
  ...{ clip: "dvr_scan/traffic_camera.mp4", fps: 12.5, seconds: 16 },
  ...{ width: 640, height: 360, natural: ["sway", "shadow", "shake"] },
} as const;

export const REAL_WINDOWS: readonly BaseWindow[] = [
  { ...PETS, name: "pets-0s", parity: "even", fromS: 0 },
  { ...PETS, name: "pets-42s", parity: "odd", fromS: 42 },
  { ...PEDESTRIANS, name: "pedestrians-8s", parity: "even", fromS: 8 },
  { ...PEDESTRIANS, name: "pedestrians-26s", parity: "odd", fromS: 26 },
  { ...HIGHWAY, name: "highway-20s", parity: "even", fromS: 20 },
  { ...HIGHWAY, name: "highway-44s", parity: "odd", fromS: 44 },
  { ...CARS, name: "cars-0s", parity: "even", fromS: 0 },
  { ...CARS, name: "cars-14s", parity: "odd", fromS: 14 },
  { ...PERSON, name: "person-2s", parity: "even", fromS: 2 },
  { ...PERSON, name: "person-84s", parity: "odd", fromS: 84 },
  { ...TRAFFIC, name: "traffic-0s", parity: "even", fromS: 0 },
  { ...TRAFFIC, name: "traffic-7s", parity: "odd", fromS: 7 },
];

export const DRAWN_WINDOWS: readonly BaseWindow[] = [
  { street: 2, parity: "even", fromS: 0 } as const,
  { street: 4, parity: "even", fromS: 12 } as const,
  { street: 6, parity: "even", fromS: 30 } as const,
  { street: 1, parity: "odd", fromS: 0 } as const,
  { street: 3, parity: "odd", fromS: 12 } as const,
  { street: 5, parity: "odd", fromS: 30 } as const,
].map((one) => ({
  ...one,
  name: `street${one.street}-${one.fromS}s`,
  ...{ fps: 10, seconds: 18, natural: [], ...sceneFormat(480) },
}));

/** Undefined when its footage is not there. */
export async function loadBase(
  window: BaseWindow,
  footage: string,
): Promise<Base | undefined> {
  if (window.clip === undefined) return drawStreet(window);
  try {
    await Deno.stat(`${footage}/${window.clip}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const { width, height } = window;
  const format = { width, height };
  const frames = await decode(window, `${footage}/${window.clip}`);
  const stays = staysOf(window, footage);
  const still = stays ? {} : { still: new StillPicture(frames, format) };
  return { window, format, frames, stays, ...still };
}

async function decode(window: BaseWindow, clip: string): Promise<Uint8Array[]> {
  const folder = await Deno.makeTempDir({ prefix: "streamware-causes-" });
  try {
    const { fps, fromS, seconds, width, height } = window;
    const path = `${folder}/frames.yuv`;
    await run("ffmpeg", [
      ...["-nostdin", "-v", "error", "-ss", String(fromS), "-i", clip],
      ...["-t", String(seconds), "-vf", `fps=${fps},scale=${width}:${height}:flags=area`],
      ...["-pix_fmt", "yuv420p", "-f", "rawvideo", path],
    ]);
    const all = await Deno.readFile(path);
    const bytes = frameBytes(window);
    const count = Math.floor(all.length / bytes);
    return Array.from(
      { length: count },
      (_, i) => all.subarray(i * bytes, (i + 1) * bytes),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** True boxes of the window, in its own frames and pixels. */
function staysOf(window: BaseWindow, footage: string): StayBoxes[] | undefined {
  const { truth } = window;
  if (!truth) return undefined;
  const text = Deno.readTextFileSync(`${footage}/${truth.file}`);
  const rows = truth.kind === "mot" ? readMotBoxes(text) : readCsvBoxes(text);
  const step = truth.fps / window.fps;
  const first = window.fromS * truth.fps;
  const kept = rows.flatMap((row): BoxRow[] => {
    const frame = (row.frame - 1 - first) / step;
    if (!Number.isInteger(frame) || frame < 0) return [];
    if (frame >= window.seconds * window.fps) return [];
    const { scale } = truth;
    const [x, y, w, h] = [row.x * scale, row.y * scale, row.w * scale, row.h * scale];
    return [{ ...row, frame, x, y, w, h }];
  });
  return linkBoxes(kept);
}

/** Less of a thing than this is nobody. */
const SLIVER_PX = 16;

/** The street without its sensor's noise: that comes after effects of light and lens. */
function drawStreet(window: BaseWindow): Base {
  const { width, height, fps, fromS, seconds } = window;
  const format = { width, height };
  const street = new Street({ format, seed: window.street ?? 1, withTruth: true });
  const frames: Uint8Array[] = [];
  const boxes: BoxRow[] = [];
  for (let frame = 0; frame < seconds * fps; frame++) {
    const pixels = new Uint8Array(frameBytes(format));
    const seen = street.paint(1_000 * (fromS + frame / fps), pixels);
    frames.push(pixels);
    for (const one of seen) {
      if (one.pixels < SLIVER_PX) continue;
      const { x, y, w, h } = one;
      boxes.push({ frame, id: one.key, x, y, w, h });
    }
  }
  return { window, format, frames, stays: linkBoxes(boxes) };
}
