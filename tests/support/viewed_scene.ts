/**
 * Films of a still scene with edges, drawn pixel by pixel, and what the analysis says of
 * the camera: for tests of what the picture as a whole tells.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { wholeSnapshot } from "../../analysis/snapshot.ts";
import { frameBytes } from "../../capture/frame/frame.ts";
import { noiseOf } from "./watched_view.ts";

export const SCENE_FORMAT = { width: 320, height: 240 } as const;
const FPS = 5;

/** Luma of a pixel at a time; chroma is grey but for a shade. */
export type SceneLuma = (x: number, y: number, second: number) => number;

/** What else happens, in seconds of the film. */
export interface SceneTroubles {
  /** No pictures come for `forS` seconds, which the film does not show. */
  readonly outage?: { readonly atS: number; readonly forS: number };
  /** The program is started anew, with what it kept; zones are drawn anew if it says so. */
  readonly restart?: { readonly atS: number; readonly drawsAnew?: boolean };
}

/** Analyses it with a sensor's noise of two grey levels. @returns one observation a frame */
export function analyzeScene(
  luma: SceneLuma,
  seconds: number,
  { outage, restart }: SceneTroubles = {},
): Observation[] {
  const { width, height } = SCENE_FORMAT;
  let analyzer = analyzerOf("gate");
  const noise = noiseOf(5, 2);
  const pixels = new Uint8Array(frameBytes(SCENE_FORMAT)).fill(124);
  const told: Observation[] = [];
  for (let i = 0; i < seconds * FPS; i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const seen = luma(x, y, i / FPS) + noise(x, y);
        pixels[y * width + x] = Math.max(0, Math.min(255, Math.round(seen)));
      }
    }
    const lateS = outage && i / FPS >= outage.atS ? outage.forS : 0;
    const tMs = Math.round(1_000 * (i / FPS + lateS));
    if (restart && i === restart.atS * FPS) {
      const kept = wholeSnapshot(analyzer.snapshot());
      analyzer = analyzerOf(restart.drawsAnew ? "another gate" : "gate");
      if (!analyzer.restore(kept)) throw new Error("The snapshot is not taken");
    }
    told.push(analyzer.step({
      ...{ pixels, tMs, ptsUs: tMs * 1_000, number: i + 1, skipped: 0, doubtful: false },
    }));
  }
  return told;
}

function analyzerOf(drawn: string): Analyzer {
  return new Analyzer({
    ...{ camera: "scene", format: SCENE_FORMAT, fps: FPS, clock: "media", drawn },
    kernels: kernelsHere(),
  });
}

/** The states told, each with its whole second. */
export function statesOf(told: readonly Observation[]): string[] {
  return told.flatMap(({ states }) =>
    states.map(({ state, sinceMs }) => `${state} ${Math.floor(sinceMs / 1_000)}`)
  );
}
