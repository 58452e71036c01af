/**
 * Scores our tracks over scenes like those we have no footage of: close people, dense
 * crowds, short clips.
 *
 * `deno run -A scripts/evaluation/proxies.ts [--footage DIR] [--seeds 0,2] [--only WORD]`.
 * Even seeds are for tuning, odd ones for reports. Needs `pets2009_s2l1`.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import { kernelsTs } from "../../analysis/kernels/kernels_ts.ts";
import { defaultFootage, readFlags } from "./command_line.ts";
import {
  formatMotScore,
  type MotScore,
  parseTracks,
  scoreTracks,
  type TrackRow,
} from "./mot.ts";
import {
  busyWindows,
  COMPOSED_KINDS,
  composeScene,
  cropScenes,
  type ProxyClip,
} from "./proxy_scenes.ts";
import { cutOut, stillBackground } from "./proxy_sprites.ts";
import { videoSize } from "./raw_video.ts";

const PETS_FPS = 10;
const WINDOWS = 6;

/** What `analyze --tracks` would give for the clip. */
function tracksOf(clip: ProxyClip): TrackRow[] {
  const analyzer = new Analyzer({
    ...{ camera: "proxy", format: clip.size, fps: 0, clock: "media", kernels: kernelsTs },
  });
  return clip.frames.flatMap((pixels, index) => {
    const tMs = 1_000 * index / clip.fps;
    analyzer.step({
      ...{ pixels, ptsUs: Math.round(1_000 * tMs), tMs, number: index + 1 },
      ...{ skipped: 0, doubtful: false },
    });
    return analyzer.trackRows().map((row) => ({ ...row, frame: index + 1 }));
  });
}

/** All proxies of the seeds, one after the other. */
async function* proxyClips(
  footage: string,
  { seeds, only = "" }: { readonly seeds: readonly number[]; readonly only?: string },
): AsyncGenerator<ProxyClip> {
  const clip = `${footage}/pets2009_s2l1/vtest.mp4`;
  const truth = parseTracks(
    Deno.readTextFileSync(`${footage}/pets2009_s2l1/gt.txt`),
  );
  const background = await stillBackground(clip);
  const stretches = await cutOut(clip, truth, background);
  for (const kind of COMPOSED_KINDS) {
    if (!`${kind.name} `.includes(only)) continue;
    for (const seed of seeds) yield composeScene(kind, seed, { background, stretches });
  }
  if (!"crop ".includes(only)) return;
  const all = busyWindows(truth, await videoSize(clip), 2 * WINDOWS);
  // Every second window belongs to the even seeds, as with everything drawn.
  const windows = all.filter((_, index) => seeds.some((seed) => seed % 2 === index % 2));
  yield* await cropScenes(clip, truth, { windows, fps: PETS_FPS });
}

function meanOf(scores: readonly MotScore[], figure: "mota" | "idf1"): string {
  const sum = scores.reduce((total, score) => total + score[figure], 0);
  return (sum / scores.length).toFixed(3);
}

if (import.meta.main) {
  const flags = readFlags(Deno.args, ["--footage", "--seeds", "--only"]);
  const seeds = (flags.get("--seeds") ?? "1,3,5").split(",").map(Number);
  const footage = flags.get("--footage") ?? defaultFootage();
  const byKind = new Map<string, MotScore[]>();
  for await (
    const clip of proxyClips(footage, { seeds, only: flags.get("--only") ?? "" })
  ) {
    const score = scoreTracks(clip.truth, tracksOf(clip));
    const kind = clip.name.split(" ")[0]!;
    byKind.set(kind, [...byKind.get(kind) ?? [], score]);
    console.log(`${clip.name.padEnd(20)} ${formatMotScore(score)}`);
  }
  for (const [kind, scores] of byKind) {
    const figures = `MOTA ${meanOf(scores, "mota")} IDF1 ${meanOf(scores, "idf1")}`;
    console.log(`mean ${kind.padEnd(15)} ${figures}`);
  }
}
