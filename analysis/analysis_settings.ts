/**
 * What people set about how pixels are looked at, and what that makes of a picture's
 * pixels. None of it can be replayed: observations made with other values say less or
 * more. What acts on observations (zones, lines, sizes) is `place_stage.ts`.
 * @module
 */
import { BASE_RADIUS, IGNORED } from "./kernels/planes.ts";
import { ABSORB_AFTER_S } from "./stillness/stillness.ts";
import { eachRun } from "./raster.ts";
import type { Point } from "./zones.ts";

/** A named polygon, 0..1 of the picture. */
export interface NamedArea {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A part of the picture that is looked at more or less closely than the rest. */
export interface SensitiveArea extends NamedArea {
  /** 1..10, as that of the camera. */
  readonly sensitivity: number;
}

export interface AnalysisSettings {
  /** Where nothing is ever motion. */
  readonly masks: readonly NamedArea[];
  /** 1 only what stands out clearly … 10 the faintest; `SENSITIVITY_USUAL` is tuned. */
  readonly sensitivity: number;
  /** Where another sensitivity holds; where several do, the highest. */
  readonly areas: readonly SensitiveArea[];
  /** How long what stands still is followed before it becomes background, seconds. */
  readonly absorbAfterS: number;
  /** Match radius at the usual sensitivity, grey levels, before noise widens it. */
  readonly matchRadius: number;
  /** Smallest region at the usual sensitivity, percent of the picture. */
  readonly regionAreaPct: number;
}

export const SENSITIVITY_USUAL = 5;

/** What holds when nobody has set anything. */
export const USUAL_ANALYSIS: AnalysisSettings = {
  masks: [],
  sensitivity: SENSITIVITY_USUAL,
  areas: [],
  absorbAfterS: ABSORB_AFTER_S,
  matchRadius: BASE_RADIUS,
  regionAreaPct: 0.036, // 40 pixels of 384x288
};

/** Four steps of sensitivity halve the radius: 1 is 24 grey levels, 10 is 5. */
const RADIUS_STEPS = 4;
/** The radius saturates at 48 once noise has widened it; 3 is what a sensor makes. */
const RADIUS_MIN = 3;
const RADIUS_MAX = 40;
/** Two and a half steps halve the area: 1 asks three times as much, 10 a quarter. */
const AREA_STEPS = 2.5;

/** The match radius of a sensitivity, whole grey levels. */
export function radiusOf(settings: AnalysisSettings, sensitivity: number): number {
  const factor = 2 ** ((SENSITIVITY_USUAL - sensitivity) / RADIUS_STEPS);
  const radius = Math.round(settings.matchRadius * factor);
  return Math.min(RADIUS_MAX, Math.max(RADIUS_MIN, radius));
}

/**
 * How many times the usual area the smallest region that counts has, 1 when nothing is
 * set: that of the most sensitive part of the picture, for all of it.
 */
export function regionFactorOf(settings: AnalysisSettings): number {
  const { areas, sensitivity, regionAreaPct } = settings;
  const highest = Math.max(sensitivity, ...areas.map((area) => area.sensitivity));
  const steps = (SENSITIVITY_USUAL - highest) / AREA_STEPS;
  return regionAreaPct / USUAL_ANALYSIS.regionAreaPct * 2 ** steps;
}

/**
 * The match radius of every pixel at work size, `IGNORED` under a mask: pixel (x, y) is
 * at `y * width + x`. A pixel belongs where its centre lies.
 */
export function basePlaneOf(
  settings: AnalysisSettings,
  work: { readonly width: number; readonly height: number },
): Uint8Array {
  const plane = new Uint8Array(work.width * work.height)
    .fill(radiusOf(settings, settings.sensitivity));
  // The least sensitive first: what comes later wins.
  const rising = settings.areas.toSorted((a, b) => a.sensitivity - b.sensitivity);
  for (const { points, sensitivity } of rising) {
    const radius = radiusOf(settings, sensitivity);
    eachRun(points, work, (from, to) => plane.fill(radius, from, to));
  }
  for (const { points } of settings.masks) {
    eachRun(points, work, (from, to) => plane.fill(IGNORED, from, to));
  }
  return plane;
}

/** For a digest: the same for the same settings, names left out as they change nothing. */
export function settingsText(settings: AnalysisSettings): string {
  const { masks, areas, sensitivity, absorbAfterS, matchRadius, regionAreaPct } =
    settings;
  return JSON.stringify([
    masks.map(({ points }) => points.map(({ x, y }) => [x, y])),
    areas.map(({ points, sensitivity: own }) => [own, points.map(({ x, y }) => [x, y])]),
    [sensitivity, absorbAfterS, matchRadius, regionAreaPct],
  ]);
}
