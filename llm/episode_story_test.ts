import assert from "node:assert/strict";
import fc from "fast-check";
import { parseText } from "../analysis/dsl/text_parse.ts";
import { arbitraryObservation } from "../tests/support/arbitrary_observation.ts";
import {
  scriptedEpisode,
  scriptedObservation,
} from "../tests/support/scripted_observation.ts";
import { EpisodeStory } from "./episode_story.ts";
import { DSL_LINES_MAX } from "./narration.ts";

const enter = { type: "ENTER", blob: 1, dir: "LEFT" } as const;
const stop = {
  type: "STOP",
  blob: 1,
  dir: "STATIC",
  sinceMs: 2_000,
  sinceFrame: 20,
} as const;
const move = { type: "MOVE", blob: 1, dir: "RIGHT" } as const;
const exit = { type: "EXIT", blob: 1, dir: "RIGHT" } as const;

Deno.test("EpisodeStory tells the first, the biggest, the last sight and every event of its track", () => {
  const story = new EpisodeStory(scriptedEpisode());
  const other = { id: 2, x: 0.9 };
  const frames = [
    { frame: 1, blobs: [{ id: 1, x: 0.1 }, other], events: [enter] },
    { frame: 2, blobs: [{ id: 1, x: 0.2, w: 0.3 }, other] },
    { frame: 3, blobs: [{ id: 1, x: 0.3 }] },
    { frame: 4, blobs: [other], events: [{ ...enter, blob: 2 }] },
    { frame: 5, blobs: [{ id: 1, x: 0.4 }] },
    { frame: 6, blobs: [], events: [exit] },
  ];
  for (const frame of frames) story.observed(scriptedObservation(frame));
  const { dsl } = story.tell(scriptedEpisode({ endMs: 500 }));
  assert.deepEqual(
    dsl.map((line) => line.trim().replace(/ (@|size|vel|frames).*/, "")),
    [
      ...["FRAME 1", "BLOB id=1 pos=(0.100,0.500)", "EVENT type=ENTER blob=1 dir=LEFT"],
      ...["TRACK blob=1", "FRAME 2", "BLOB id=1 pos=(0.200,0.500)", "TRACK blob=1"],
      ...["FRAME 5", "BLOB id=1 pos=(0.400,0.500)", "TRACK blob=1"],
      ...["FRAME 6", "EVENT type=EXIT blob=1 dir=RIGHT"],
    ],
  );
});

Deno.test("EpisodeStory measures the stay, the company, the size and where it is", () => {
  const story = new EpisodeStory(scriptedEpisode());
  const three = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4, coast: 2 }];
  story.observed(scriptedObservation({ frame: 1, blobs: three }));
  story.observed(
    scriptedObservation({ frame: 50, blobs: [{ id: 1, x: 0.8, w: 0.5, h: 0.5 }] }),
  );
  story.observed(
    scriptedObservation({ frame: 90, blobs: [{ id: 1, x: 0.9, coast: 3 }] }),
  );
  const { dwellMs, othersMax, sizeMax, lastX, speedPerS, episode } = story.tell();
  assert.deepEqual(
    { dwellMs, othersMax, sizeMax, lastX, speedPerS },
    { dwellMs: 4_900, othersMax: 2, sizeMax: 0.25, lastX: 0.8, speedPerS: 0.1 },
  );
  assert.deepEqual([episode.endMs, episode.endFrame], [5_000, 50]);
});

Deno.test("EpisodeStory knows since when it stands, and that it goes on", () => {
  const story = new EpisodeStory(scriptedEpisode());
  const see = (frame: number, ...events: (typeof stop | typeof move)[]) =>
    story.observed(scriptedObservation({ frame, blobs: [{ id: 1 }], events }));
  see(1);
  assert.deepEqual([story.tell().standingMs, story.tell().hasStood], [undefined, false]);
  see(40, stop);
  see(320);
  assert.deepEqual([story.tell().standingMs, story.tell().hasStood], [30_000, true]);
  see(330, move);
  assert.deepEqual([story.tell().standingMs, story.tell().hasStood], [undefined, true]);
  assert.equal(story.stops, 1);
});

Deno.test("EpisodeStory learns that its track is to be kept quiet, and that it is not", () => {
  const story = new EpisodeStory(scriptedEpisode());
  const see = (
    frame: number,
    ...said: (readonly [score: number, suppressed: boolean, blob?: number])[]
  ) => {
    const causes = said.map(([score, suppressed, blob = 1]) => {
      return { cause: suppressed ? "rain" : "light", score, blob, suppressed } as const;
    });
    story.observed(scriptedObservation({ frame, causes }));
  };
  see(1, [0.9, true, 2]);
  assert.equal(story.suppressed, null);
  see(2, [0.5, false], [0.9, true], [0.6, false]);
  assert.equal(story.suppressed, "rain");
  see(3);
  assert.equal(story.suppressed, "rain");
  see(4, [0.3, false]);
  assert.equal(story.suppressed, null);
});

Deno.test("EpisodeStory takes a frame once, however often it comes", () => {
  const story = new EpisodeStory(scriptedEpisode());
  const seen = scriptedObservation({ frame: 1, blobs: [{ id: 1 }], events: [stop] });
  story.observed(seen);
  story.observed(seen);
  assert.equal(story.stops, 1);
});

Deno.test("EpisodeStory keeps its first and last lines, of any number of events", () => {
  const story = new EpisodeStory(scriptedEpisode());
  for (let frame = 1; frame <= 500; frame++) {
    const events = [frame === 1 ? enter : frame % 2 ? stop : move];
    story.observed(scriptedObservation({ frame, blobs: [{ id: 1 }], events }));
  }
  const { dsl } = story.tell();
  assert.ok(dsl.length <= DSL_LINES_MAX && dsl.length > DSL_LINES_MAX - 8);
  assert.match(dsl[0]!, /^FRAME 1 /);
  assert.match(dsl.at(-4)!, /^FRAME 500 /);
});

Deno.test("EpisodeStory of any frames has bounded lines that the DSL reads", () => {
  fc.assert(
    fc.property(fc.array(arbitraryObservation, { maxLength: 30 }), (observations) => {
      const track = observations[0]?.blobs[0]?.id ?? 1;
      const story = new EpisodeStory(scriptedEpisode({ track }));
      for (const observation of observations) story.observed(observation);
      const { dsl, dwellMs } = story.tell();
      assert.ok(dsl.length <= DSL_LINES_MAX && dwellMs >= 0);
      const { problems } = parseText(dsl.join("\n") + "\n");
      // DELTA is about the whole picture, and is left out.
      assert.deepEqual(problems.filter(({ reason }) => !/DELTA/.test(reason)), []);
    }),
    { numRuns: 50 },
  );
});
