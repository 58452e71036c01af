import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../tests/support/drawn_boxes.ts";
import type { LifeEvent } from "./motion_events.ts";
import { MotionMeetings } from "./motion_meetings.ts";
import { Tracker } from "./tracking/tracker.ts";
import { isShown } from "./tracking/visibility.ts";

const SIZE = { width: 240, height: 160 };

/** "TYPE blob with seconds" of a film of boxes, and the ids that were shown. */
function tell(film: (s: number) => readonly DrawnBox[], seconds: number, fps = 10) {
  const tracker = new Tracker(SIZE, 1);
  const meetings = new MotionMeetings();
  const told: string[] = [];
  const ids = new Set<number>();
  for (let frame = 0; frame < seconds * fps; frame++) {
    const moment = { tMs: Math.round(1_000 * frame / fps), frame: frame + 1 };
    const picture = drawBoxes(SIZE, film(frame / fps));
    tracker.findRegions(picture);
    tracker.follow(picture, { dtS: 1 / fps, moment, mayBear: true });
    tracker.confirm();
    const events: LifeEvent[] = [];
    const shown = tracker.tracks.filter(isShown);
    for (const track of shown) ids.add(track.id);
    meetings.look(shown, { dtS: 1 / fps, events });
    for (const { type, track, with: other } of events) {
      told.push(`${type} ${track} ${other}`);
    }
  }
  return { told, ids: [...ids], pairs: meetings.size };
}

function walker(x: number, colour: number): DrawnBox {
  return { x, y: 60, w: 16, h: 40, colour };
}

Deno.test("MotionMeetings tells of two who meet, stand together and part", () => {
  for (const fps of [5, 10, 25]) {
    const way = (s: number) => Math.min(s, 3) - Math.max(0, s - 6);
    const film = (s: number) => [
      walker(30 + 24 * way(s), 30),
      walker(190 - 24 * way(s), 220),
    ];
    const { told, ids, pairs } = tell(film, 10, fps);
    assert.deepEqual(
      told,
      ["MERGE 1 2", "MERGE 2 1", "SPLIT 1 2", "SPLIT 2 1"],
      `${fps} fps`,
    );
    assert.equal(ids.length, 2);
    assert.equal(pairs, 0, "a pair that parted is forgotten");
  }
});

Deno.test("MotionMeetings says nothing of two who touch for a moment", () => {
  const film = (s: number) => {
    const near = s > 3 && s < 3.25 ? 0 : 6;
    return [walker(60 + 8 * s, 30), walker(76 + near + 8 * s, 220)];
  };
  assert.deepEqual(tell(film, 6).told, []);
});

Deno.test("MotionMeetings says nothing of a pair that walks past as it came", () => {
  const film = (s: number) => [
    { ...walker(10 + 20 * s, 30), y: 56, h: 44 },
    walker(24 + 20 * s, 220),
    { x: 10 + 20 * s, y: 98, w: 30, h: 2, colour: 90 },
  ];
  assert.deepEqual(tell(film, 8).told.filter((line) => line.startsWith("MERGE")), []);
});

Deno.test("MotionMeetings tells of a part that leaves what it came with", () => {
  const film = (s: number): DrawnBox[] => [
    { x: Math.min(60, -20 + 30 * s), y: 70, w: 64, h: 34, colour: 90 },
    ...(s < 6 ? [] : [walker(Math.min(210, 112 + 16 * (s - 6)), 220)]),
  ];
  const { told } = tell(film, 12);
  assert.deepEqual(told, ["SPLIT 1 2", "SPLIT 2 1"]);
});
