/**
 * A scene as frames one after the other, for offline work. Live: `synthetic_source.ts`.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import { frameBytes, type FrameFormat } from "../frame/frame.ts";
import { sceneName } from "../source_url.ts";
import { makeScene, sceneFormat } from "./scenes.ts";
import { type SceneTruth, TruthKeeper } from "./truth.ts";

export interface SceneFramesOptions {
  readonly seed: number;
  /** Frames per second; 10 when absent. */
  readonly fps?: number | undefined;
  /** Pixels, 640 when absent; the height is 9/16 of it, both even. */
  readonly width?: number | undefined;
  /** Length of the clip. */
  readonly seconds: number;
}

const FPS = 10;
const WIDTH = 640;

/** `pixels` (yuv420p) are lent until the next frame is asked for. */
export interface SceneFrame {
  readonly pixels: Uint8Array;
  readonly ptsUs: number;
}

export interface SceneFrames {
  readonly format: FrameFormat;
  /** Call once: it draws while it is read. */
  frames(): Iterable<SceneFrame>;
  /** The truth of the frames that were read so far. */
  truth(): SceneTruth;
}

/**
 * Opens `scene:street` or `street`.
 * @throws Fault usage for an unknown name, or numbers that make no frame
 */
export function openScene(name: string, options: SceneFramesOptions): SceneFrames {
  const { seed, fps = FPS, width = WIDTH, seconds } = options;
  const scene = sceneName(name);
  const count = Math.round(seconds * fps);
  if (!(fps > 0) || !(count >= 1) || !Number.isFinite(count)) {
    throw new Fault("usage", `Cannot draw ${seconds} s at ${fps} fps: that is no frame`, {
      hint: "--seconds 60 --fps 10",
    });
  }
  const format = sceneFormat(width);
  const keeper = new TruthKeeper();
  const drawn = makeScene({ name: scene, seed, format, withTruth: true });
  function* frames(): Iterable<SceneFrame> {
    const pixels = new Uint8Array(frameBytes(format));
    for (let index = 0; index < count; index++) {
      const ptsUs = Math.round(index * 1e6 / fps);
      keeper.add(ptsUs / 1_000, drawn.drawFrame(ptsUs / 1_000, pixels));
      yield { pixels, ptsUs };
    }
  }
  return {
    format,
    frames,
    truth: () =>
      keeper.truth({
        ...{ scene, seed, picture: format, fps },
        causes: drawn.causes(keeper.untilMs),
        states: drawn.states(keeper.untilMs),
      }),
  };
}
