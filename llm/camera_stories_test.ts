import assert from "node:assert/strict";
import {
  scriptedEpisode,
  scriptedObservation,
} from "../tests/support/scripted_observation.ts";
import { CameraStories } from "./camera_stories.ts";

/** Frames ten a second with one blob; gives when what grew, in s. */
function grown(
  stories: CameraStories,
  of: { readonly toS: number; readonly stopsAtS?: readonly number[] },
): readonly string[] {
  const said: string[] = [];
  for (let frame = 1; frame <= of.toS * 10; frame++) {
    const stops = of.stopsAtS?.includes(frame / 10)
      ? [{ type: "STOP", blob: 1, dir: "STATIC" } as const]
      : [];
    const observation = scriptedObservation({ frame, blobs: [{ id: 1 }], events: stops });
    for (const { occasion } of stories.observed(observation)) {
      said.push(`${occasion} ${frame / 10}`);
    }
  }
  return said;
}

Deno.test("CameraStories grow at their milestones, once each", () => {
  const stories = new CameraStories();
  stories.opened(scriptedEpisode());
  assert.deepEqual(grown(stories, { toS: 700 }), [
    "stayed 30.1",
    "stayed 120.1",
    "stayed 600.1",
  ]);
});

Deno.test("CameraStories grow when something stops, three times at most", () => {
  const stories = new CameraStories();
  stories.opened(scriptedEpisode());
  assert.deepEqual(grown(stories, { toS: 20, stopsAtS: [2, 4, 6, 8, 10] }), [
    "stopped 2",
    "stopped 4",
    "stopped 6",
  ]);
});

Deno.test("CameraStories of a zone or of what is kept quiet do not grow", () => {
  const stories = new CameraStories();
  stories.opened(scriptedEpisode({ id: 1, zone: "porch" }));
  stories.opened(scriptedEpisode({ id: 2, suppressed: "rain" }));
  assert.deepEqual(grown(stories, { toS: 40, stopsAtS: [3] }), []);
  assert.deepEqual(stories.inPicture().map(({ story }) => story.episode.id), [2]);
});

Deno.test("CameraStories know the frame in which an episode opened", () => {
  const stories = new CameraStories();
  const causes = [{ cause: "headlight", score: 0.9, blob: 1, suppressed: true }] as const;
  stories.observed(scriptedObservation({ frame: 1, blobs: [{ id: 1 }], causes }));
  const { running } = stories.opened(scriptedEpisode());
  assert.equal(running.story.suppressed, "headlight");
  assert.match(running.story.tell().dsl[0]!, /^FRAME 1 /);
});

Deno.test("CameraStories are bounded, and an episode that gave way still ends", () => {
  const stories = new CameraStories();
  let lost = 0;
  for (let id = 1; id <= 100; id++) {
    if (stories.opened(scriptedEpisode({ id, track: id })).lost) lost++;
  }
  assert.equal(lost, 36);
  assert.equal(stories.inPicture().length, 64);
  const running = stories.closed(scriptedEpisode({ id: 1, exit: "EXIT LEFT" }));
  assert.equal(running.closed?.exit, "EXIT LEFT");
  assert.equal(running.asking, "over", "a model may have been asked about it");
});

const appeared = scriptedEpisode({ enter: "APPEAR" });

Deno.test("CameraStories hold what appears until it has been there for a second", () => {
  const stories = new CameraStories();
  assert.equal(stories.opened(appeared).running.isHeld, true);
  assert.deepEqual(grown(stories, { toS: 5, stopsAtS: [2] }), [
    "opened 1.1",
    "stopped 2",
  ]);
  assert.equal(stories.closed({ ...appeared, endMs: 5_000 }).isHeld, false);
});

Deno.test("CameraStories hold nothing that goes its own size, or comes over an edge", () => {
  const stories = new CameraStories();
  stories.opened(appeared);
  const at = (frame: number, x: number) =>
    stories.observed(scriptedObservation({ frame, blobs: [{ id: 1, x }] }));
  assert.deepEqual([at(1, 0.5), at(2, 0.59)].flat(), []);
  assert.deepEqual(at(3, 0.61).map(({ occasion }) => occasion), ["opened"]);
  assert.equal(stories.opened(scriptedEpisode({ id: 2 })).running.isHeld, false);
});

Deno.test("CameraStories hold a flicker to its end, but nothing that left or was seen to stay", () => {
  const ends = [
    [{ endMs: 900, exit: "DISAPPEAR" }, true],
    [{ endMs: 900, exit: null }, true],
    [{ endMs: 1_100, exit: "DISAPPEAR" }, false],
    [{ endMs: 900, exit: "EXIT LEFT" }, false],
  ] as const;
  for (const [end, isHeld] of ends) {
    const stories = new CameraStories();
    stories.opened(appeared);
    assert.equal(stories.closed({ ...appeared, ...end }).isHeld, isHeld);
  }
});

Deno.test("CameraStories do not open what turned out to be kept quiet", () => {
  const stories = new CameraStories();
  stories.opened(appeared);
  const causes = [{ cause: "insect", score: 0.9, blob: 1, suppressed: true }] as const;
  stories.observed(scriptedObservation({ frame: 5, blobs: [{ id: 1 }], causes }));
  assert.deepEqual(grown(stories, { toS: 20 }), []);
});

Deno.test("CameraStories.zoneOf() is the zone that a track came into last", () => {
  const stories = new CameraStories();
  stories.opened(scriptedEpisode({ id: 1 }));
  assert.equal(stories.zoneOf(1), null);
  stories.opened(scriptedEpisode({ id: 2, zone: "yard" }));
  stories.opened(scriptedEpisode({ id: 3, zone: "porch" }));
  stories.opened(scriptedEpisode({ id: 4, zone: "gate", track: 2 }));
  assert.equal(stories.zoneOf(1), "porch");
  stories.closed(scriptedEpisode({ id: 3, zone: "porch" }));
  assert.equal(stories.zoneOf(1), "yard");
});
