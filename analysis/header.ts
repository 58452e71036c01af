/**
 * What an analyser says of itself at the head of a journal: sizes, rate, version, and a
 * digest of the settings that change what is found; and a digest of what people drew.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import {
  type AnalysisSettings,
  settingsText,
  USUAL_ANALYSIS,
} from "./analysis_settings.ts";
import type { Header } from "./dsl/observation.ts";
import type { PlaceSettings } from "./place_stage.ts";
import type { WorkSize } from "./work_size.ts";

/** Changes whenever the same frames may give other observations. */
const ANALYSER_VERSION = "streamware-2";

/** What a header tells of. */
export interface Described {
  readonly camera: string;
  readonly format: FrameFormat;
  readonly fps: number;
  readonly clock: "media" | "utc";
  readonly settings?: AnalysisSettings;
}

/** The header of an analyser with these options, working at this size. */
export function headerOf(options: Described, work: WorkSize): Header {
  const { camera, format, fps, clock, settings = USUAL_ANALYSIS } = options;
  const size = `${format.width}x${format.height}`;
  const known = `${ANALYSER_VERSION} ${size} fps=${fps} ${settingsText(settings)}`;
  return {
    version: 1,
    camera,
    width: format.width,
    height: format.height,
    workWidth: work.width,
    workHeight: work.height,
    fps,
    clock,
    analyser: ANALYSER_VERSION,
    settings: digestOf(known),
  };
}

/** Tells what is drawn in a picture from what is drawn another time, names aside. */
export function drawnDigest({ zones, lines }: Pick<PlaceSettings, "zones" | "lines">) {
  const drawn = [zones, lines].map((of) => of.map(({ points }) => points));
  return digestOf(JSON.stringify(drawn));
}

/** FNV-1a, 32 bits: tells settings apart, hides nothing. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
