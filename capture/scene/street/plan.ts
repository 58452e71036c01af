/**
 * Where things are in the street, metres: pavements, lanes, zebra, houses.
 * x runs along the street to the right, z away from the camera.
 * @module
 */
import type { FrameFormat } from "../../frame/frame.ts";
import { type Point, View } from "../view.ts";

export const NEAR_KERB_Z = 9.2;
export const FAR_KERB_Z = 16;
/** Width of both kerb stones. */
export const KERB_M = 0.22;
export const HOUSES_Z = 19.2;
export const CENTRE_LINE_Z = 12.72;
/** Traffic keeps to the right: the near lane runs to the right, the far one back. */
export const NEAR_LANE_Z = 11.05;
export const FAR_LANE_Z = 14.4;
export const ZEBRA = { from: 3.1, to: 6.3 } as const;

/** Things enter and leave beyond what the camera sees of the street … */
export const STREET_ENDS = { left: -8, right: 25 } as const;
/** … and of the near pavement, where the picture is narrower. */
export const NEAR_ENDS = { left: -4.2, right: 11.5 } as const;

export const LAMP_POST: Point = { x: 0.85, y: 0, z: 7.55 };
export const BOLLARDS: readonly Point[] = [1.6, 2.9, 6.6, 7.9].map((x) => ({
  x,
  y: 0,
  z: 8.95,
}));

/** How far a shadow falls along the ground for each metre of height. */
export const SHADOW_SLANT = { x: 0.62, z: 0.3 } as const;

/** A camera on a first-floor wall, turned a little down the street. */
export function streetView(format: FrameFormat): View {
  return new View({
    ...format,
    cameraHeightM: 4.2,
    pitch: 0.2,
    yaw: 0.3,
    focalWidths: 0.83,
  });
}
