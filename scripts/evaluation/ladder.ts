/**
 * Evaluates the decode ladder offline: what decoding keyframes alone while it is quiet
 * saves, and what it makes miss or late, against the same camera that decodes everything.
 *
 * `deno run -A scripts/evaluation/ladder.ts [--only WORD] [--seeds even|odd] [--count N]
 * [--seconds N] [--gops 1,2,4] [--idle N] [--footage DIR] [--why yes]`. Prints a table
 * in Markdown; footage rests after 2 s and the street after 20 s unless `--idle` is given.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { isQuiet } from "../../app/quiet.ts";
import { defaultFootage, readFlags } from "./command_line.ts";
import { type Film, footageFilm, QUIET_EFFECTS, quietStreet } from "./ladder_films.ts";
import { LadderRun, type LadderSaying } from "./ladder_run.ts";
import { estimatedCpu, type LadderScore, scoreLadder } from "./ladder_scores.ts";

const CLIPS = [
  "cdnet_highway/cdnet_highway.mp4",
  "cdnet_pedestrians/cdnet_pedestrians.mp4",
  "pets2009_s2l1/vtest.mp4",
  "intel_sample_videos/car-detection.mp4",
  "intel_sample_videos/one-by-one-person-detection.mp4",
  "dvr_scan/traffic_camera.mp4",
  "dvr_scan/issue53_brightness_change.avi",
];

/** What kept a camera up: frames in which it was there. */
type Reasons = Map<string, number>;

interface FilmReport {
  readonly film: string;
  readonly gopS: number;
  readonly run: LadderSaying;
  readonly score: LadderScore;
}

/** Shows the film once to all: a camera that decodes everything, and one for each GOP. */
async function evaluateFilm(
  film: Film,
  { gops, idleAfterS, reasons }: {
    readonly gops: readonly number[];
    readonly idleAfterS: number;
    readonly reasons: Reasons;
  },
): Promise<FilmReport[]> {
  await using opened = await film.open();
  const { format } = opened;
  const runOf = (gopS: number, idle: number, quiet: typeof isQuiet) =>
    new LadderRun({ idleAfterS: idle, gopS }, {
      analyzer: new Analyzer({
        ...{ camera: "film", format, fps: 10, clock: "media", kernels: kernelsHere() },
      }),
      isQuiet: quiet,
    });
  const full = runOf(1, 0, (seen) => {
    noteReasons(seen, reasons);
    return false;
  });
  const runs = gops.map((gopS) => ({ gopS, run: runOf(gopS, idleAfterS, isQuiet) }));
  for await (const { pixels, ptsUs } of opened.frames) {
    full.frame(pixels, ptsUs);
    for (const { run } of runs) run.frame(pixels, ptsUs);
  }
  const always = full.finish();
  return runs.map(({ gopS, run }) => {
    const said = run.finish();
    const score = scoreLadder(always, said);
    return { film: film.name, gopS, run: said, score };
  });
}

function noteReasons(seen: Observation, reasons: Reasons): void {
  const note = (why: string) => reasons.set(why, (reasons.get(why) ?? 0) + 1);
  note("frames");
  if (!isQuiet(seen)) note("not quiet");
  const { regions, blobs, causes, states } = seen;
  if (regions > 0 && blobs.length === 0) note("regions alone");
  if (blobs.some(({ suppressed }) => suppressed === undefined)) note("blobs");
  else if (blobs.length > 0) note("suppressed alone");
  if (causes.length > 0) note("causes");
  if (states.length > 0) note("states");
}

const HEAD = [
  "| film | keyframe each | on keyframes | decoded | CPU, estimated | climbs " +
  "| stays | missed | cut otherwise | more | events | missed | told later, mean | at most | since off |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];

function rowOf({ film, gopS, run, score }: FilmReport): string {
  const percent = (part: number) => `${Math.round(100 * part)} %`;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const cells = [
    ...[film, `${gopS} s`, percent(run.onKeys / run.frames)],
    ...[percent(run.decoded / run.frames), estimatedCpu(run, gopS).toFixed(2)],
    ...[
      run.climbs,
      score.stays,
      score.staysMissed,
      score.staysCutOtherwise,
      score.staysMore,
    ],
    ...[score.events, score.eventsMissed, seconds(score.toldLaterMs)],
    ...[seconds(score.toldLaterMaxMs), seconds(score.sinceOffMaxMs)],
  ];
  return `| ${cells.join(" | ")} |`;
}

function filmsOf(flags: ReadonlyMap<string, string>): Film[] {
  const footage = flags.get("--footage") ?? defaultFootage();
  const odd = flags.get("--seeds") === "odd" ? 1 : 2;
  const count = Number(flags.get("--count") ?? 2);
  const seconds = Number(flags.get("--seconds") ?? 150);
  const drawn = QUIET_EFFECTS.flatMap((effect) =>
    Array.from(
      { length: count },
      (_, k) => quietStreet({ effect, seed: 2 * k + odd, seconds }),
    )
  );
  const films = [...CLIPS.map((clip) => footageFilm(footage, clip)), ...drawn];
  return films.filter(({ name }) => name.includes(flags.get("--only") ?? ""));
}

if (import.meta.main) {
  const flags = readFlags(Deno.args, [
    ...["--only", "--seeds", "--count", "--seconds", "--gops", "--idle", "--footage"],
    "--why",
  ]);
  const gops = (flags.get("--gops") ?? "1,2,4").split(",").map(Number);
  console.log(HEAD.join("\n"));
  for (const film of filmsOf(flags)) {
    const reasons: Reasons = new Map();
    const idleAfterS = Number(flags.get("--idle") ?? film.idleAfterS);
    const reports = await evaluateFilm(film, { gops, idleAfterS, reasons });
    for (const report of reports) console.log(rowOf(report));
    if (flags.has("--why")) {
      console.error(
        `${film.name}: ${[...reasons].map((one) => one.join(" ")).join(", ")}`,
      );
    }
  }
}
