/**
 * What others reach on the same footage, and what we must reach. Figures only.
 *
 * Measured on two shared x86-64 cores with one thread: OpenCV 4.6; "original" is the
 * public Python project of the same name with its defaults; "method" is the prototype
 * that this analysis began as.
 * @module
 */

/** One figure of one clip. Absent: nobody measured it. */
export interface Reference {
  readonly clip: string;
  readonly figure: string;
  readonly better: "higher" | "lower";
  readonly original?: number;
  readonly method?: number;
  readonly goal?: number;
  /** Below this (or above, when lower is better) something is broken. */
  readonly floor?: number;
}

const PETS = "pets2009_s2l1/vtest.mp4";
const HIGHWAY = "cdnet_highway/cdnet_highway.mp4";
const PEDESTRIANS = "cdnet_pedestrians/cdnet_pedestrians.mp4";

const higher = "higher" as const;
const lower = "lower" as const;

export const REFERENCES: readonly Reference[] = [
  {
    ...{ clip: HIGHWAY, figure: "pixel F1", better: higher },
    ...{ original: .825, method: .953, goal: .96, floor: .93 },
  },
  {
    ...{ clip: PEDESTRIANS, figure: "pixel F1", better: higher },
    ...{ original: .589, method: .964, goal: .97, floor: .93 },
  },
  {
    ...{ clip: PETS, figure: "recall", better: higher },
    ...{ original: .442, method: .849, goal: .85 },
  },
  {
    ...{ clip: PETS, figure: "precision", better: higher },
    ...{ original: .664, method: .907, goal: .90 },
  },
  {
    ...{ clip: PETS, figure: "MOTA", better: higher },
    ...{ original: .138, method: .758, goal: .76, floor: .60 },
  },
  {
    ...{ clip: PETS, figure: "IDF1", better: higher },
    ...{ original: .122, method: .802, goal: .80, floor: .60 },
  },
  {
    ...{ clip: PETS, figure: "id switches", better: lower },
    ...{ original: 374, method: 20, goal: 20 },
  },
  { clip: PETS, figure: "ids (19 true)", better: lower, original: 295, method: 27 },
];

export function referenceOf(clip: string, figure: string): Reference | undefined {
  return REFERENCES.find((one) => one.clip === clip && one.figure === figure);
}

/** What a figure is held against, and which way is good. */
export interface Bar {
  readonly bar: number;
  readonly better: "higher" | "lower";
}

/** Whether `value` is as good as the bar or better. */
export function reaches(value: number, { bar, better }: Bar): boolean {
  return better === "higher" ? value >= bar : value <= bar;
}
