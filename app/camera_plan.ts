/**
 * What a camera's settings say, in the words of the analysis. Decides nothing.
 * @module
 */
import type { AnalysisSettings, NamedArea } from "../analysis/analysis_settings.ts";
import type { PlaceSettings } from "../analysis/place_stage.ts";
import type { Point } from "../analysis/zones.ts";
import type { CameraView } from "../server/live_protocol.ts";
import type { CameraSettings, ExpertSettings } from "../config/schema.ts";

/** What is judged on observations. */
export function placesOf(camera: CameraSettings): PlaceSettings {
  const { zones, lines, minSize, minSizeFar = minSize } = camera;
  return {
    zones: Object.entries(zones).map(([name, { points, judge, minSize: sizeMin }]) => ({
      ...areaOf(name, points),
      judge,
      ...(sizeMin === undefined ? {} : { sizeMin }),
    })),
    judge: "foot",
    lines: Object.entries(lines).map(([name, { points, direction }]) => ({
      ...areaOf(name, points),
      direction,
    })),
    sizeMin: { upper: minSizeFar, lower: minSize },
  };
}

/** What decides how pixels are looked at. */
export function analysisOf(
  camera: CameraSettings,
  { matchRadius, regionArea }: ExpertSettings,
): AnalysisSettings {
  const { masks, zones, sensitivity, absorbAfter } = camera;
  return {
    masks: Object.entries(masks).map(([name, { points }]) => areaOf(name, points)),
    sensitivity,
    areas: Object.entries(zones).flatMap(([name, zone]) =>
      zone.sensitivity === undefined
        ? []
        : [{ ...areaOf(name, zone.points), sensitivity: zone.sensitivity }]
    ),
    absorbAfterS: absorbAfter,
    matchRadius,
    regionAreaPct: regionArea,
  };
}

/** What people drew in the picture, for the page; nothing when they drew nothing. */
export function drawnPlaces(
  { zones, lines }: PlaceSettings,
  analysis?: AnalysisSettings,
): Pick<CameraView, "places"> {
  const masks = analysis?.masks ?? [];
  if (zones.length + lines.length + masks.length === 0) return {};
  const drawn = (of: readonly NamedArea[]) =>
    of.map(({ name, points }) => ({ name, points }));
  return { places: { zones: drawn(zones), masks: drawn(masks), lines: drawn(lines) } };
}

function areaOf(name: string, points: readonly (readonly [number, number])[]): NamedArea {
  return { name, points: points.map(([x, y]): Point => ({ x, y })) };
}

/** Quiet seconds after which a camera may idle; 0 when one of its zones never may. */
export function idleAfterOf({ idleAfter, zones }: CameraSettings): number {
  return Object.values(zones).some(({ neverIdle }) => neverIdle) ? 0 : idleAfter;
}
