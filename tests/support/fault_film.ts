/**
 * Films of a drawn street to which nobody comes, with the noise of a sensor: whatever is
 * reported of them is false. Says nothing of how they are sent.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { applyEffects } from "../../capture/scene/effect.ts";
import { sensorEffect } from "../../capture/scene/effect_sensor.ts";
import { Street } from "../../capture/scene/street/street.ts";
import { ffmpeg, type TestFolder } from "./clips.ts";

const FORMAT = { width: 640, height: 360 };
export const FILM_FPS = 15;
const FRAMES = 4 * FILM_FPS;
const SEED = 11;

/** The same street in the ways in which a camera may send it; a keyframe a second. */
export interface QuietFilms {
  /** 640x360, H.264. */
  readonly usual: string;
  /** 480x270, H.264. */
  readonly smaller: string;
  /** 640x360, H.265. */
  readonly hevc: string;
}

export async function makeQuietFilms(folder: TestFolder): Promise<QuietFilms> {
  const raw = folder.file("street.yuv");
  drawStreet(raw);
  const { width, height } = FORMAT;
  const input = [
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", `${FILM_FPS}`, "-i", raw],
  ];
  const h264 = [
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-pix_fmt", "yuv420p"],
    ...["-g", `${FILM_FPS}`, "-sc_threshold", "0", "-bf", "0"],
  ];
  const keys = `keyint=${FILM_FPS}:min-keyint=${FILM_FPS}:scenecut=0`;
  const hevc = [
    ...["-c:v", "libx265", "-preset", "superfast", "-crf", "28"],
    ...["-x265-params", `${keys}:bframes=0:log-level=none`],
  ];
  const make = async (name: string, coding: readonly string[]) => {
    const path = folder.file(`${name}.mp4`);
    await ffmpeg([...input, ...coding, path]);
    return path;
  };
  const films = {
    usual: await make("usual", h264),
    smaller: await make("smaller", ["-vf", "scale=480:270:flags=area", ...h264]),
    hevc: await make("hevc", hevc),
  };
  Deno.removeSync(raw);
  return films;
}

function drawStreet(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const street = new Street({
    format: FORMAT,
    seed: SEED,
    withTruth: false,
    comes: () => false,
  });
  const pixels = new Uint8Array(frameBytes(FORMAT));
  const effects = [sensorEffect(SEED)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const timeMs = (1_000 * frame) / FILM_FPS;
    street.paint(timeMs, pixels);
    applyEffects(pixels, FORMAT, { effects, seed: SEED, timeMs });
    for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
  }
}
