/**
 * Which way a track goes: along the picture's axes, or towards the camera and away from
 * it, told by growth. Looks at a path; keeps nothing.
 *
 * A thing of size S at distance d comes nearer by d'/d = S'/S a second and goes sideways
 * by d * x' / f, f being the lens's focal length in pixels. So it goes towards the camera
 * rather than sideways when f * (ln S)' > |x'|: its distance cancels out.
 * @module
 */
import type { Direction } from "./dsl/observation.ts";
import type { PlaneShape } from "./regions.ts";
import type { PathHistory } from "./tracking/path_history.ts";
import type { Track } from "./tracking/track.ts";

/** Growth is judged over the last second, and over so many places at least. */
const GROWTH_MS = 1_000;
const PLACES_MIN = 4;
/** Less growth a second than this is a jitter of the box, not a way. */
const GROWTH_MIN_PER_S = 0.1;
/** Focal length in picture widths: a lens that sees 60 degrees across. */
const FOCAL_WIDTHS = 0.87;
/** Slower than this many sizes a second is no direction. */
const STILL_SPEED = 0.1;

/** The way a track goes now, by its last speed with evidence; STATIC if hardly any. */
export function headingOf(track: Track, shape: PlaneShape): Direction {
  const growth = growthOf(track.path, track.last.tMs - GROWTH_MS);
  const depth = alongDepth(growth, track.seenVx, shape);
  if (depth !== undefined) return depth;
  const still = STILL_SPEED * sizeOf(track);
  if (Math.hypot(track.seenVx, track.seenVy) < still) return "STATIC";
  return alongAxes(track.seenVx, track.seenVy);
}

/** The way it went since it stood at (`dx`, `dy`) before here, `fromMs`. */
export function headingSince(
  track: Track,
  way: { readonly dx: number; readonly dy: number; readonly fromMs: number },
  shape: PlaneShape,
): Direction {
  const seconds = Math.max(0.05, (track.last.tMs - way.fromMs) / 1_000);
  const growth = growthOf(track.path, way.fromMs);
  return alongDepth(growth, way.dx / seconds, shape) ?? alongAxes(way.dx, way.dy);
}

function alongDepth(
  growthPerS: number,
  vx: number,
  shape: PlaneShape,
): Direction | undefined {
  if (Math.abs(growthPerS) < GROWTH_MIN_PER_S) return undefined;
  if (Math.abs(growthPerS) * FOCAL_WIDTHS * shape.width < Math.abs(vx)) return undefined;
  return growthPerS > 0 ? "TOWARD" : "AWAY";
}

/** Change of ln(size) a second since `fromMs`: the slope of a line through all places. */
export function growthOf(path: PathHistory, fromMs: number): number {
  let n = 0;
  let time = 0;
  let size = 0;
  let timeTime = 0;
  let timeSize = 0;
  for (let back = 0; back < path.count; back++) {
    const at = path.slot(back);
    if (path.tMs[at]! < fromMs && n >= PLACES_MIN) break;
    const s = (path.tMs[at]! - fromMs) / 1_000;
    const logSize = Math.log(Math.max(1, path.w[at]! * path.h[at]!)) / 2;
    n++;
    time += s;
    size += logSize;
    timeTime += s * s;
    timeSize += s * logSize;
  }
  const spread = n * timeTime - time * time;
  return n < PLACES_MIN || spread < 1e-9 ? 0 : (n * timeSize - time * size) / spread;
}

function alongAxes(dx: number, dy: number): Direction {
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? "LEFT" : "RIGHT";
  return dy < 0 ? "UP" : "DOWN";
}

function sizeOf(track: Track): number {
  return Math.sqrt(track.w * track.h);
}
