/**
 * What analysis finds in scenes that know their truth. Needs no footage.
 * @module
 */
import assert from "node:assert/strict";
import type { SceneTruth } from "../../capture/scene/truth.ts";
import {
  formatMotScore,
  type MotScore,
  parseTracks,
  scoreTracks,
  type TrackRow,
} from "../../scripts/evaluation/mot.ts";
import { TestFolder } from "../support/clips.ts";
import { finish } from "../support/program.ts";

/** Less of a thing than this need not be found. */
const VISIBLE_MIN = 0.3;
const SEEDS = [1, 3];

interface Floor {
  readonly recall: number;
  readonly precision: number;
  readonly mota: number;
  readonly idf1: number;
}

/** Mean over the seeds: one street is luck. */
async function check(scene: string, floor: Floor): Promise<void> {
  const scores: MotScore[] = [];
  for (const seed of SEEDS) scores.push(await scoreOf(scene, seed));
  const all = scores.map(formatMotScore).join("\n");
  for (const name of Object.keys(floor) as (keyof Floor)[]) {
    const mean = scores.reduce((sum, score) => sum + score[name], 0) / scores.length;
    assert(mean >= floor[name], `${name} ${mean.toFixed(3)} under its floor:\n${all}`);
  }
}

async function scoreOf(scene: string, seed: number): Promise<MotScore> {
  using folder = new TestFolder();
  const [tracks, truth] = [folder.file("tracks.txt"), folder.file("truth.json")];
  const output = await finish([
    ...["analyze", scene, "--seconds", "60", "--seed", String(seed)],
    ...["--tracks", tracks, "--truth", truth],
  ]);
  assert.equal(output.code, 0, output.stderr);
  return scoreTracks(
    boxesOf(JSON.parse(Deno.readTextFileSync(truth))),
    parseTracks(Deno.readTextFileSync(tracks)),
  );
}

function boxesOf(truth: SceneTruth): TrackRow[] {
  return truth.frames.flatMap(({ frame, boxes }) =>
    boxes.filter(({ visible }) => visible >= VISIBLE_MIN).map((box) => ({
      ...box,
      frame,
    }))
  );
}

// Floors are under what was reached when they were set, by about a twelfth: they tell a
// break from a wobble.
const FLOORS: Readonly<Record<string, Floor>> = {
  "scene:street": { recall: 0.68, precision: 0.87, mota: 0.6, idf1: 0.65 },
  "scene:street-light": { recall: 0.68, precision: 0.87, mota: 0.6, idf1: 0.67 },
  "scene:street-rain": { recall: 0.65, precision: 0.84, mota: 0.56, idf1: 0.65 },
};

for (const [scene, floor] of Object.entries(FLOORS)) {
  Deno.test(`analyze follows what moves in ${scene}`, async () => {
    await check(scene, floor);
  });
}
