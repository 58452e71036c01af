/**
 * What analysis finds in scenes that know their truth. Needs no footage.
 * @module
 */
import assert from "node:assert/strict";
import type { SceneTruth } from "../../capture/scene/truth.ts";
import {
  formatMotScore,
  parseTracks,
  scoreTracks,
  type TrackRow,
} from "../../scripts/evaluation/mot.ts";
import { TestFolder } from "../support/clips.ts";
import { finish } from "../support/program.ts";

/** Less of a thing than this need not be found. */
const VISIBLE_MIN = 0.3;

interface Floor {
  readonly recall: number;
  readonly precision: number;
  readonly mota: number;
  readonly idf1: number;
}

async function check(scene: string, floor: Floor): Promise<void> {
  using folder = new TestFolder();
  const [tracks, truth] = [folder.file("tracks.txt"), folder.file("truth.json")];
  const output = await finish([
    ...["analyze", scene, "--seconds", "60", "--seed", "1"],
    ...["--tracks", tracks, "--truth", truth],
  ]);
  assert.equal(output.code, 0, output.stderr);
  const score = scoreTracks(
    boxesOf(JSON.parse(Deno.readTextFileSync(truth))),
    parseTracks(Deno.readTextFileSync(tracks)),
  );
  for (const name of ["recall", "precision", "mota", "idf1"] as const) {
    assert(
      score[name] >= floor[name],
      `${name} under its floor: ${formatMotScore(score)}`,
    );
  }
}

function boxesOf(truth: SceneTruth): TrackRow[] {
  return truth.frames.flatMap(({ frame, boxes }) =>
    boxes.filter(({ visible }) => visible >= VISIBLE_MIN).map((box) => ({
      ...box,
      frame,
    }))
  );
}

// Floors are under what was reached when they were set, by about a fifth: they tell a
// break from a wobble.
const FLOORS: Readonly<Record<string, Floor>> = {
  "scene:street": { recall: 0.5, precision: 0.55, mota: 0.25, idf1: 0.45 },
  "scene:street-light": { recall: 0.5, precision: 0.5, mota: 0.2, idf1: 0.4 },
  "scene:street-rain": { recall: 0.5, precision: 0.5, mota: 0.18, idf1: 0.4 },
};

for (const [scene, floor] of Object.entries(FLOORS)) {
  Deno.test(`analyze follows what moves in ${scene}`, async () => {
    await check(scene, floor);
  });
}
