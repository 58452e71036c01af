/**
 * Which clip is scored by what, and how `analyze` is called for it. Runs nothing.
 * @module
 */
import type { EpisodeTruth } from "./episodes.ts";
import type { FrameRange } from "./pixels.ts";

/** One clip and every truth there is for it; paths are relative to the footage. */
export interface PlannedClip {
  readonly clip: string;
  readonly pixels?: { readonly groundtruth: string; readonly range: FrameRange };
  /** A file of true tracks in MOT's format. */
  readonly tracks?: string;
  readonly episodes?: EpisodeTruth;
  /** Looked at with so many frames a second only; all of them unless told. */
  readonly fps?: number;
}

/** A slow box looks at so few frames, and must tell the same stays. */
const FEW_FPS = 5;

const PIXEL_CLIPS: readonly PlannedClip[] = [
  {
    clip: "cdnet_highway/cdnet_highway.mp4",
    pixels: {
      groundtruth: "cdnet_highway/groundtruth.mkv",
      range: { first: 470, last: 1_700 },
    },
  },
  {
    clip: "cdnet_pedestrians/cdnet_pedestrians.mp4",
    pixels: {
      groundtruth: "cdnet_pedestrians/groundtruth.mkv",
      range: { first: 300, last: 1_099 },
    },
  },
];

const TRACK_CLIPS: readonly PlannedClip[] = [
  { clip: "pets2009_s2l1/vtest.mp4", tracks: "pets2009_s2l1/gt.txt" },
];

/**
 * The plan: each clip once, in order of what is scored, then those with true stays once
 * more at few frames a second.
 */
export function planOf(episodes: readonly EpisodeTruth[]): PlannedClip[] {
  const clips = new Map<string, PlannedClip>();
  for (const planned of [...PIXEL_CLIPS, ...TRACK_CLIPS]) {
    clips.set(planned.clip, planned);
  }
  for (const truth of episodes) {
    clips.set(truth.clip, {
      ...clips.get(truth.clip),
      clip: truth.clip,
      episodes: truth,
    });
  }
  const slowly = episodes.filter(({ kind }) => kind === "objects")
    .map((truth) => ({ clip: truth.clip, episodes: truth, fps: FEW_FPS }));
  return [...clips.values(), ...slowly];
}

/** What figures of it are called. */
export function labelOf({ clip, fps }: PlannedClip): string {
  return fps === undefined ? clip : `${clip} at ${fps} fps`;
}

/** Where `analyze` writes what is scored. */
export interface OutputPaths {
  readonly masks: string;
  readonly tracks: string;
  readonly episodes: string;
  readonly jsonl: string;
}

/** The arguments of `analyze` that give what this clip is scored by. */
export function analyzeArguments(
  planned: PlannedClip,
  clipPath: string,
  to: OutputPaths,
): string[] {
  const args = [clipPath];
  if (planned.fps !== undefined) args.push("--fps", `${planned.fps}`);
  if (planned.pixels) args.push("--masks", to.masks);
  if (planned.tracks) args.push("--tracks", to.tracks);
  const truth = planned.episodes;
  if (truth) args.push("--episodes", to.episodes);
  if (truth?.kind === "presence" && truth.zone) {
    args.push("--zone", `truth=${truth.zone.join(",")}`, "--zone-judge", "touch");
  }
  if (truth?.kind === "objects" && truth.causes) args.push("--jsonl", to.jsonl);
  return args;
}
