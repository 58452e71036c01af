import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../tests/support/drawn_boxes.ts";
import { type LifeEvent, MotionEvents } from "./motion_events.ts";
import { Tracker } from "./tracking/tracker.ts";
import { isShown } from "./tracking/visibility.ts";

const SIZE = { width: 240, height: 160 };

/** "TYPE DIR seconds", seconds being when it began. */
function tell(film: (seconds: number) => readonly DrawnBox[], seconds: number, fps = 10) {
  const tracker = new Tracker(SIZE, 1);
  const motion = new MotionEvents(SIZE);
  const told: string[] = [];
  for (let frame = 0; frame < seconds * fps; frame++) {
    const moment = { tMs: Math.round(1_000 * frame / fps), frame: frame + 1 };
    const picture = drawBoxes(SIZE, film(frame / fps));
    tracker.findRegions(picture);
    tracker.follow(picture, { dtS: 1 / fps, moment, mayBear: true });
    tracker.confirm();
    const events: LifeEvent[] = [];
    const shown = tracker.tracks.filter(isShown);
    for (const track of shown) motion.live(track, 1 / fps, events);
    for (const track of tracker.lost) motion.lose(track, events);
    for (const track of tracker.ended) motion.end(track, events);
    for (const { type, dir, since } of events) {
      told.push(`${type} ${dir} ${Math.round((since ?? moment).tMs / 1_000)}`);
    }
  }
  return told;
}

function box(x: number, y: number, scale = 1): DrawnBox {
  return { x, y, w: 16 * scale, h: 40 * scale };
}

Deno.test("MotionEvents names the edge by which a thing came and went", () => {
  assert.deepEqual(tell((s) => [box(-16 + 40 * s, 60)], 12), [
    "ENTER LEFT 0",
    "EXIT RIGHT 6",
  ]);
  assert.deepEqual(tell((s) => [box(240 - 40 * s, 60)], 12), [
    "ENTER RIGHT 0",
    "EXIT LEFT 6",
  ]);
  assert.deepEqual(tell((s) => [box(100, 160 - 40 * s)], 12), [
    "ENTER DOWN 0",
    "EXIT UP 5",
  ]);
});

Deno.test("MotionEvents tells the same at 5 and at 25 frames a second", () => {
  const film = (
    s: number,
  ) => [box(s < 2 ? -16 + 50 * s : s < 6 ? 84 : 84 + 50 * (s - 6), 60)];
  for (const fps of [5, 10, 25]) {
    assert.deepEqual(tell(film, 14, fps), [
      "ENTER LEFT 0",
      "STOP STATIC 2",
      "MOVE RIGHT 6",
      "EXIT RIGHT 9",
    ]);
  }
});

Deno.test("MotionEvents tells the same when the time between frames varies", () => {
  const tracker = new Tracker(SIZE, 1);
  const motion = new MotionEvents(SIZE);
  const told: string[] = [];
  const gapsMs = [40, 120, 60, 200, 40, 80, 160];
  let speed = 0;
  for (let frame = 1, tMs = 0, dtS = 0.1; tMs < 14_000; frame++) {
    const s = tMs / 1_000;
    const x = s < 2 ? -16 + 50 * s : s < 6 ? 84 : 84 + 50 * (s - 6);
    const picture = drawBoxes(SIZE, [box(x, 60)]);
    tracker.findRegions(picture);
    tracker.follow(picture, { dtS, moment: { tMs, frame }, mayBear: true });
    tracker.confirm();
    const events: LifeEvent[] = [];
    for (const track of tracker.tracks.filter(isShown)) motion.live(track, dtS, events);
    for (const track of tracker.lost) motion.lose(track, events);
    for (const track of tracker.ended) motion.end(track, events);
    for (const { type, since } of events) {
      told.push(`${type} ${Math.round((since?.tMs ?? tMs) / 1_000)}`);
    }
    if (s > 7.5 && s < 8) speed = tracker.tracks[0]!.vx;
    const gapMs = gapsMs[frame % gapsMs.length]!;
    tMs += gapMs;
    dtS = gapMs / 1_000;
  }
  assert.deepEqual(told, ["ENTER 0", "STOP 2", "MOVE 6", "EXIT 9"]);
  assert.ok(Math.abs(speed - 50) < 5, `${speed} pixels a second instead of 50`);
});

Deno.test("MotionEvents does not take shifting weight for walking", () => {
  const sway = (s: number) => Math.round(2 * Math.sin(3 * s));
  const film = (s: number) => [box(s < 2 ? -16 + 50 * s : 84 + sway(s), 60)];
  assert.deepEqual(tell(film, 12), ["ENTER LEFT 0", "STOP STATIC 2"]);
});

Deno.test("MotionEvents does not stop a thing that creeps", () => {
  assert.deepEqual(tell((s) => [box(-16 + 12 * s, 60)], 12), ["ENTER LEFT 0"]);
});

Deno.test("MotionEvents says TOWARD of what grows in its place", () => {
  const film = (s: number) => {
    const scale = s < 4 ? 1 : 1 + 0.8 * (s - 4);
    return s < 0.3 ? [] : [box(112 - 8 * scale, 70 - 20 * scale, scale)];
  };
  assert.deepEqual(tell(film, 6).slice(0, 3), [
    "APPEAR STATIC 0",
    "STOP STATIC 0",
    "MOVE TOWARD 4",
  ]);
});

Deno.test("MotionEvents says DISAPPEAR of what is gone from the middle", () => {
  const film = (s: number) => s > 1 && s < 4 ? [box(60 + 20 * s, 60)] : [];
  assert.deepEqual(tell(film, 20), ["APPEAR RIGHT 1", "DISAPPEAR RIGHT 4"]);
});

Deno.test("MotionEvents tells of one lost inside within seconds, and of its return", () => {
  const walkUntilGone = (s: number) =>
    s < 4 || s > 10 ? [box(80 + 10 * Math.min(s, 4), 60)] : [];
  const told = tell(walkUntilGone, 12);
  assert.deepEqual(told, [
    "APPEAR RIGHT 0",
    "DISAPPEAR RIGHT 4",
    "APPEAR STATIC 10",
    "STOP STATIC 10",
  ]);
});

Deno.test("MotionEvents says once that one is gone who never returns", () => {
  const told = tell((s) => s < 4 ? [box(80 + 10 * s, 60)] : [], 20);
  assert.deepEqual(told.filter((line) => line.startsWith("DISAPPEAR")).length, 1);
});
