/**
 * The makes of cars: side profiles, panes and axles. Figures only.
 * @module
 */

/** Metres ahead of the middle, metres over the ground. */
export type ProfilePoint = readonly [ahead: number, up: number];

export interface CarShape {
  /** From the lower rear end over the roof to the lower front end. */
  readonly outline: readonly ProfilePoint[];
  /** Which outline segments (by their first point) are glass. */
  readonly glass: readonly number[];
  /** Side panes, from the rear one: lower rear, upper rear, upper front, lower front. */
  readonly panes:
    readonly (readonly [ProfilePoint, ProfilePoint, ProfilePoint, ProfilePoint])[];
  readonly axles: readonly [rear: number, front: number];
  readonly widthM: number;
}

export const CAR_KINDS = ["hatchback", "saloon", "van"] as const;
export type CarKind = (typeof CAR_KINDS)[number];

// deno-fmt-ignore
export const CAR_SHAPES: Readonly<Record<CarKind, CarShape>> = {
  hatchback: {
    outline: [
      [-1.98, .32], [-2.06, .62], [-1.98, .98], [-1.62, 1.42], [-1.3, 1.5],
      [.1, 1.5], [.42, 1.43], [1.12, .98], [1.86, .84], [2.04, .66], [2.04, .32],
    ],
    glass: [2, 6],
    panes: [
      [[-1.62, .99], [-1.36, 1.38], [-.5, 1.42], [-.5, .96]],
      [[-.4, .96], [-.4, 1.42], [.28, 1.36], [.88, .96]],
    ],
    axles: [-1.24, 1.28],
    widthM: 1.76,
  },
  saloon: {
    outline: [
      [-2.2, .32], [-2.28, .6], [-2.2, .92], [-1.6, 1], [-1.02, 1.4], [-.7, 1.46],
      [.12, 1.46], [.4, 1.4], [1.1, .97], [2.05, .83], [2.24, .64], [2.24, .32],
    ],
    glass: [3, 7],
    panes: [
      [[-1.42, 1], [-.96, 1.34], [-.42, 1.38], [-.42, .96]],
      [[-.32, .96], [-.32, 1.38], [.28, 1.32], [.86, .96]],
    ],
    axles: [-1.36, 1.4],
    widthM: 1.8,
  },
  van: {
    outline: [
      [-2.4, .34], [-2.46, .7], [-2.44, 1.7], [-2.32, 1.95], [1, 1.98],
      [1.3, 1.86], [1.86, 1.16], [2.3, .98], [2.44, .74], [2.44, .34],
    ],
    glass: [5],
    panes: [[[.42, 1.14], [.42, 1.66], [1.12, 1.66], [1.56, 1.14]]],
    axles: [-1.5, 1.56],
    widthM: 1.95,
  },
};
