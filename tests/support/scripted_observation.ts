/**
 * Observations and episodes as a test tells them: what it does not say is usual.
 * @module
 */
import type { ClassLine } from "../../analysis/dsl/class_line.ts";
import type { Episode } from "../../analysis/dsl/episode.ts";
import type {
  Blob,
  CauseLine,
  MotionEvent,
  Observation,
} from "../../analysis/dsl/observation.ts";

export interface ScriptedFrame {
  readonly frame: number;
  /** Default: ten frames a second. */
  readonly tMs?: number;
  readonly blobs?: readonly (Partial<Blob> & { readonly id: number })[];
  readonly events?: readonly MotionEvent[];
  readonly causes?: readonly CauseLine[];
  readonly classes?: readonly ClassLine[];
}

export function scriptedObservation(scripted: ScriptedFrame): Observation {
  const { frame, blobs = [], events = [], causes = [], classes } = scripted;
  const tMs = scripted.tMs ?? frame * 100;
  return {
    ...{ frame, tMs, ptsUs: tMs * 1_000, skipped: 0, motionPct: 1, regions: 1 },
    blobs: blobs.map((blob) => ({
      ...{ x: 0.5, y: 0.5, w: 0.1, h: 0.2, vx: 0.01, vy: 0 },
      ...{ vxPerS: 0.1, vyPerS: 0, coast: 0 },
      ...blob,
    })),
    edges: blobs.map(({ id }) => ({ blob: id, points: 8, areaPx: 99, complexity: 0.5 })),
    tracks: blobs.map(({ id }) => ({
      ...{ blob: id, frames: frame, dist: 0.1, speed: 0.01, speedPerS: 0.1 },
      moving: true,
    })),
    ...{ events, ...(classes ? { classes } : {}), causes, states: [] },
  };
}

export function scriptedEpisode(more: Partial<Episode> = {}): Episode {
  return {
    ...{ id: 1, track: 1, zone: null, startMs: 100, endMs: 100 },
    ...{ startFrame: 1, endFrame: 1, enter: "ENTER LEFT", exit: null },
    ...{ cause: null, suppressed: null },
    ...more,
  };
}
