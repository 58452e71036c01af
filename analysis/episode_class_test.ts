/** What episodes say of what a track is, as it becomes known. */
import assert from "node:assert/strict";
import { scriptedObservation } from "../tests/support/scripted_observation.ts";
import type { ClassLine } from "./dsl/class_line.ts";
import type { EpisodeChange } from "./dsl/episode.ts";
import type { MotionEvent } from "./dsl/observation.ts";
import { EpisodeAssembler } from "./episode_assembler.ts";
import { parseZone } from "./place_text.ts";

/** 25 frames a second. */
const FRAME_MS = 40;
const LEFT_HALF = parseZone("left=0,0,.5,0,.5,1,0,1");
const LEAVES: MotionEvent = {
  type: "EXIT",
  blob: 1,
  dir: "RIGHT",
  sinceFrame: 1,
  sinceMs: 0,
};

/** What happens in a frame; where track 1 is seen, across. */
interface Scene {
  readonly at?: Readonly<Record<number, number>>;
  readonly events?: readonly MotionEvent[];
  readonly classes?: readonly ClassLine[];
}

function observe(frame: number, { at = {}, ...rest }: Scene) {
  const blobs = Object.entries(at).map(([id, x]) => ({ id: Number(id), x, y: 0.7 }));
  return scriptedObservation({ frame, tMs: (frame - 1) * FRAME_MS, blobs, ...rest });
}

const TRUCK: ClassLine = { blob: 1, class: "vehicle", score: 0.94, detail: "truck" };

/** What a track's stays say of their class, change by change. */
function classesOf(frames: number, scenes: Readonly<Record<number, Scene>>): string[] {
  const options = { zones: [LEFT_HALF], judge: "foot", classifies: true } as const;
  const assembler = new EpisodeAssembler(options);
  const changes: EpisodeChange[] = [];
  for (let frame = 1; frame <= frames; frame++) {
    changes.push(...assembler.step(observe(frame, scenes[frame] ?? {})));
  }
  changes.push(...assembler.finish());
  return changes.map(({ kind, episode: { zone, classified } }) => {
    const { state, class: word = "-", score = "-", detail = "-" } = classified!;
    return `${kind} ${zone ?? "picture"}: ${state} ${word} ${score} ${detail}`;
  });
}

Deno.test("EpisodeAssembler tells of a stay's class when it is known, and carries it on", () => {
  const said = classesOf(4, {
    1: { at: { 1: 0.2 } },
    2: { at: { 1: 0.2 } },
    3: { at: { 1: 0.2 }, classes: [TRUCK, { blob: 7, class: "person", score: 0.9 }] },
  });
  assert.deepEqual(said, [
    "opened picture: waiting - - -",
    "opened left: waiting - - -",
    "classified picture: sure vehicle 0.94 truck",
    "classified left: sure vehicle 0.94 truck",
    "closed left: sure vehicle 0.94 truck",
    "closed picture: sure vehicle 0.94 truck",
  ]);
});

Deno.test("EpisodeAssembler tells of a class that changes, and of one that is not known", () => {
  const unknown: ClassLine = { blob: 1, class: "unknown", score: 0.2, why: "late" };
  const probable: ClassLine = { blob: 1, class: "person", score: 0.59 };
  const said = classesOf(3, {
    1: { at: { 1: 0.8 } },
    2: { at: { 1: 0.8 }, classes: [unknown] },
    3: { at: { 1: 0.8 }, classes: [probable] },
  });
  assert.deepEqual(said.slice(1), [
    "classified picture: unknown unknown 0.2 -",
    "classified picture: probable person 0.59 -",
    "closed picture: probable person 0.59 -",
  ]);
});

Deno.test("EpisodeAssembler tells of a class that comes after the stay, for two minutes", () => {
  const scenes = (frame: number) => ({
    1: { at: { 1: 0.8 } },
    2: { events: [LEAVES] },
    [frame]: { classes: [TRUCK] },
  });
  const soon = 1 + 100_000 / FRAME_MS;
  assert.deepEqual(classesOf(soon, scenes(soon)), [
    "opened picture: waiting - - -",
    "closed picture: waiting - - -",
    "classified picture: sure vehicle 0.94 truck",
  ]);
  const late = 1 + 130_000 / FRAME_MS;
  assert.equal(classesOf(late, scenes(late)).length, 2);
});
