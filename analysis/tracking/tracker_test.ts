import assert from "node:assert/strict";
import fc from "fast-check";
import { drawBoxes, type DrawnBox } from "../../tests/support/drawn_boxes.ts";
import type { Foreground } from "../foreground.ts";
import { Tracker, TRACKS_MAX } from "./tracker.ts";
import { isShown } from "./visibility.ts";

const SIZE = { width: 200, height: 120 };

interface Shown {
  readonly id: number;
  readonly x: number;
  readonly foot: number;
  readonly h: number;
}

/** Frame by frame what is shown of a film of boxes. */
function follow(
  film: (seconds: number) => readonly DrawnBox[],
  of: { readonly seconds: number; readonly fps?: number },
): Shown[][] {
  const fps = of.fps ?? 10;
  const tracker = new Tracker(SIZE, 1);
  return Array.from({ length: Math.round(of.seconds * fps) }, (_, frame) => {
    look(tracker, drawBoxes(SIZE, film(frame / fps)), { frame, fps });
    return tracker.tracks.filter(isShown)
      .map(({ id, x, foot, h }) => ({ id, x, foot, h }));
  });
}

function look(
  tracker: Tracker,
  picture: Foreground,
  at: { readonly frame: number; readonly fps: number },
  mayConfirm?: () => boolean,
): void {
  tracker.findRegions(picture);
  tracker.follow(picture, {
    dtS: 1 / at.fps,
    moment: { tMs: Math.round(1_000 * at.frame / at.fps), frame: at.frame + 1 },
    mayBear: true,
  });
  tracker.confirm(mayConfirm);
}

function idsOf(frames: readonly (readonly Shown[])[]): number[] {
  return [...new Set(frames.flat().map((shown) => shown.id))];
}

/** A walker of 12x32 whose foot stands at 100. */
function walker(x: number, colour: number): DrawnBox {
  return { x, y: 68, w: 12, h: 32, colour };
}

Deno.test("Tracker keeps one id for a walker, at any frame rate", () => {
  for (const fps of [5, 10, 15, 25]) {
    const frames = follow((s) => [walker(-12 + 30 * s, 40)], { seconds: 5, fps });
    assert.equal(idsOf(frames).length, 1, `${fps} fps`);
    const last = frames.at(-1)![0]!;
    const x = -12 + 30 * (5 - 1 / fps) + 6;
    assert.ok(Math.abs(last.x - x) < 3, `${fps} fps: ${last.x} instead of ${x}`);
  }
});

Deno.test("Tracker keeps both ids when two walkers cross", () => {
  const frames = follow(
    (s) => [walker(10 + 30 * s, 30), { ...walker(170 - 30 * s, 220), y: 74 }],
    { seconds: 5 },
  );
  assert.equal(idsOf(frames).length, 2);
  const before = [...frames[15]!].sort((a, b) => a.x - b.x);
  const after = [...frames.at(-1)!].sort((a, b) => a.x - b.x);
  assert.deepEqual(after.map((shown) => shown.id), [before[1]!.id, before[0]!.id]);
});

Deno.test("Tracker keeps a person whom a belt cuts in two as one", () => {
  const frames = follow((s) => {
    const x = 20 + 20 * s;
    const whole = [{ x, y: 40, w: 24, h: 60 }];
    const cut = [{ x, y: 40, w: 24, h: 28 }, { x, y: 72, w: 24, h: 28 }];
    return s > 1 && s < 4 ? cut : whole;
  }, { seconds: 5 });
  assert.equal(idsOf(frames).length, 1);
});

Deno.test("Tracker tells two cars apart once they are two regions side by side", () => {
  const car = (x: number) => ({ x, y: 50, w: 40, h: 26 });
  const frames = follow(
    (s) => [car(80 - 12 * Math.max(0, s - 1)), car(118 + 6 * Math.max(0, s - 1))],
    { seconds: 4 },
  );
  assert.equal(frames.at(-1)!.length, 2);
});

Deno.test("Tracker gives the same id to a walker who comes out from behind a post", () => {
  const hidden = (s: number) => s > 2 && s < 3.2;
  const frames = follow((s) => hidden(s) ? [] : [walker(20 + 25 * s, 40)], {
    seconds: 5,
  });
  assert.equal(frames[26]!.length, 0);
  assert.equal(idsOf(frames).length, 1);
});

Deno.test("Tracker does not show what flickers in one place", () => {
  const frames = follow(
    (s) => Math.round(10 * s) % 3 === 0 ? [{ x: 50, y: 20, w: 14, h: 12 }] : [],
    { seconds: 8 },
  );
  assert.deepEqual(idsOf(frames), []);
});

Deno.test("Tracker shows a person who appears and stands", () => {
  const frames = follow((s) => s < 1 ? [] : [walker(90, 40)], { seconds: 5 });
  assert.equal(frames.at(-1)!.length, 1);
});

Deno.test("Tracker does not confirm noise of a tenth of a second at 25 frames a second", () => {
  const frames = follow(
    (s) => s > 1 && s < 1.13 ? [{ x: 60 + 90 * (s - 1), y: 30, w: 16, h: 16 }] : [],
    { seconds: 3, fps: 25 },
  );
  assert.deepEqual(idsOf(frames), []);
});

Deno.test("Tracker bears nothing while the mask is doubtful", () => {
  const tracker = new Tracker(SIZE, 1);
  const picture = drawBoxes(SIZE, [walker(50, 40)]);
  tracker.findRegions(picture);
  tracker.follow(picture, { dtS: 0.1, moment: { tMs: 0, frame: 1 }, mayBear: false });
  assert.equal(tracker.tracks.length, 0);
});

Deno.test("Tracker begins with the id it is told", () => {
  const tracker = new Tracker(SIZE, 40);
  for (let frame = 0; frame < 10; frame++) {
    look(tracker, drawBoxes(SIZE, [walker(50 + 3 * frame, 40)]), { frame, fps: 10 });
  }
  assert.deepEqual([tracker.tracks[0]!.id, tracker.nextId], [40, 41]);
});

Deno.test("Tracker stays bounded and never gives an id twice, whatever the masks", () => {
  const box = fc.record({
    x: fc.integer({ min: -20, max: 200 }),
    y: fc.integer({ min: -20, max: 120 }),
    w: fc.integer({ min: 1, max: 70 }),
    h: fc.integer({ min: 1, max: 70 }),
    colour: fc.integer({ min: 0, max: 255 }),
  });
  const film = fc.array(fc.array(box, { maxLength: 12 }), { maxLength: 30 });
  fc.assert(
    fc.property(film, fc.double({ min: 0.005, max: 1, noNaN: true }), (frames, dtS) => {
      const tracker = new Tracker(SIZE, 1);
      const ended = new Set<number>();
      frames.forEach((boxes, index) => {
        const picture = drawBoxes(SIZE, boxes);
        tracker.findRegions(picture);
        const moment = { tMs: index, frame: index + 1 };
        tracker.follow(picture, { dtS, moment, mayBear: true });
        tracker.confirm();
        for (const track of tracker.ended) ended.add(track.id);
        const ids = tracker.tracks.map((track) => track.id).filter((id) => id > 0);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(ids.every((id) => !ended.has(id)), "an ended id came back");
        assert.ok(tracker.tracks.length <= TRACKS_MAX);
        for (const track of tracker.tracks) {
          for (
            const value of [track.x, track.foot, track.w, track.h, track.vx, track.vy]
          ) {
            assert.ok(Number.isFinite(value));
          }
          assert.ok(track.w > 0 && track.h > 0);
        }
      });
    }),
    { numRuns: 60 },
  );
});

/** Walkers one after the other teach how large people are; then the car comes. */
function streetWith(car: (seconds: number) => DrawnBox) {
  return (s: number): DrawnBox[] => [
    walker(-12 + 30 * s, 40),
    walker(200 - 25 * (s - 4), 200),
    ...(s < 12 ? [] : [car(s - 12)]),
  ];
}

Deno.test("Tracker follows a car among people as one thing", () => {
  const car = (s: number) => ({ x: -70 + 50 * s, y: 70, w: 64, h: 28, colour: 90 });
  const frames = follow(streetWith(car), { seconds: 16.5 });
  const late = frames.slice(130);
  assert.equal(idsOf(late).length, 1);
  assert.ok(late.every((shown) => shown.length <= 1));
  assert.ok(late.filter((shown) => shown.length === 1).length > 25);
});

Deno.test("Tracker keeps a car one thing that stops and lets a walker pass before it", () => {
  const car = (s: number) => ({
    ...{ y: 60, w: 64, h: 28, colour: 90 },
    x: Math.min(70, -70 + 50 * s),
  });
  const film = streetWith(car);
  const frames = follow(
    (s) => [...film(s), ...(s < 18 ? [] : [walker(-12 + 30 * (s - 18), 220)])],
    { seconds: 28 },
  );
  const stood = idsOf(frames.slice(150, 175));
  assert.equal(stood.length, 1);
  const after = idsOf(frames.slice(265));
  assert.deepEqual(after, stood);
  assert.equal(idsOf(frames.slice(150)).length, 2);
});

Deno.test("Tracker keeps a car that comes in over somebody's head as large as it is", () => {
  const car = (s: number) => ({ x: -70 + 40 * s, y: 50, w: 64, h: 28, colour: 90 });
  const film = streetWith(car);
  const beside = (s: number) => walker(-40 + 40 * (s - 12), 220);
  const frames = follow((s) => [...film(s), ...(s < 12 ? [] : [beside(s)])], {
    seconds: 16.5,
  });
  const cars = frames.slice(135, 155).map((shown) => shown.find(({ foot }) => foot < 95));
  assert.equal(new Set(cars.map((shown) => shown?.id)).size, 1);
  for (const shown of cars) assert.ok(shown!.h < 42, `${shown!.h} high`);
});

Deno.test("Tracker keeps a car as large as it is while somebody stands behind it", () => {
  const car = (s: number) => ({
    ...{ y: 60, w: 64, h: 28, colour: 90 },
    x: Math.min(70, -140 + 50 * s),
  });
  const film = streetWith(car);
  const behind = { ...walker(96, 220), y: 30 };
  const frames = follow((s) => [...film(s), ...(s < 18 ? [] : [behind])], {
    seconds: 26,
  });
  const [known] = idsOf(frames.slice(150, 175));
  for (const shown of frames.slice(180)) {
    const car = shown.find(({ id }) => id === known);
    assert.ok(car !== undefined && car.h < 34, `${car?.h} high`);
  }
});

/** A tracker that has watched one standing walker for `seconds`. */
function watching(seconds: number, mayConfirm?: () => boolean): Tracker {
  const tracker = new Tracker(SIZE, 1);
  for (let frame = 0; frame < 10 * seconds; frame++) {
    look(tracker, drawBoxes(SIZE, [walker(90, 40)]), { frame, fps: 10 }, mayConfirm);
  }
  return tracker;
}

const NOW = { tMs: 5_000, frame: 51 };

Deno.test("Tracker gives no id while it is refused one", () => {
  assert.equal(watching(5, () => false).tracks[0]!.id, 0);
});

Deno.test("Tracker doubts a suspect for two seconds, no longer", () => {
  const tracker = new Tracker(SIZE, 1);
  const confirmedAt = Array.from({ length: 40 }, (_, frame) => {
    look(tracker, drawBoxes(SIZE, [walker(90, 40)]), { frame, fps: 10 });
    for (const track of tracker.tracks) track.suspect = true;
    return tracker.tracks[0]?.confirmed ?? false;
  }).indexOf(true);
  assert.ok(confirmedAt >= 18 && confirmedAt <= 22, `frame ${confirmedAt}`);
});

Deno.test("Tracker releases a track into the scene without a word of its end", () => {
  const tracker = watching(5);
  const [track] = tracker.tracks;
  tracker.release(track!);
  assert.deepEqual(tracker.absorbed, [track]);
  look(tracker, drawBoxes(SIZE, []), { frame: 51, fps: 10 });
  assert.deepEqual([tracker.tracks, tracker.ended, tracker.absorbed], [[], [], []]);
});

Deno.test("Tracker goes on with the id of a known object where it moves again", () => {
  const tracker = new Tracker(SIZE, 8);
  const at = { x: 96, foot: 100, w: 12, h: 32, area: 384, cut: false };
  tracker.adopt(3, at, NOW);
  assert.equal(tracker.adopt(3, at, NOW), undefined, "an id is not given twice");
  for (let frame = 0; frame < 20; frame++) {
    const picture = drawBoxes(SIZE, [walker(90 + 2 * frame, 40)]);
    look(tracker, picture, { frame: 51 + frame, fps: 10 });
  }
  assert.deepEqual(tracker.tracks.map((track) => track.id), [3]);
  assert.equal(tracker.nextId, 8);
});

Deno.test("Tracker gives what is new at an adopted object's place the known id", () => {
  const tracker = watching(0.1);
  tracker.adopt(7, { x: 96, foot: 100, w: 12, h: 32, area: 384, cut: false }, NOW);
  assert.deepEqual(tracker.tracks.map((track) => track.id), [7]);
  assert.equal(tracker.nextId, 8);
});

Deno.test("Tracker goes on with its ids after a restart", () => {
  const before = watching(5);
  const after = new Tracker(SIZE, 1);
  after.restore(JSON.parse(JSON.stringify(before.snapshot())));
  for (let frame = 0; frame < 10; frame++) {
    look(after, drawBoxes(SIZE, [walker(92, 40)]), { frame: 53 + frame, fps: 10 });
  }
  assert.deepEqual(after.tracks.map((track) => track.id), [before.tracks[0]!.id]);
  assert.equal(after.nextId, before.nextId);
});

Deno.test("Tracker takes any mask of any size: no exception, no number that is none", () => {
  const film = fc.record({
    width: fc.integer({ min: 8, max: 90 }),
    height: fc.integer({ min: 8, max: 90 }),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(film, ({ width, height, seed, share }) => {
      const tracker = new Tracker({ width, height }, 1);
      let state = seed;
      for (let frame = 0; frame < 12; frame++) {
        const picture = drawBoxes({ width, height }, []);
        for (let at = 0; at < picture.mask.length; at++) {
          state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
          picture.mask[at] = (state >>> 16) / 2 ** 16 < share ? 255 : 0;
        }
        look(tracker, picture, { frame, fps: 10 });
        assert.ok(tracker.tracks.length <= TRACKS_MAX);
        for (const { x, foot, w, h } of tracker.tracks) {
          assert.ok([x, foot, w, h].every(Number.isFinite));
          assert.ok(w > 0 && h > 0);
        }
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("Tracker keeps two people two who pass each other close to the camera", () => {
  const near = (x: number, colour: number): DrawnBox[] => [
    { x: x + 11, y: 14, w: 12, h: 14, colour },
    { x, y: 28, w: 34, h: 84, colour },
  ];
  for (const fps of [10, 25]) {
    const frames = follow(
      (s) => [...near(4 + 44 * s, 30), ...near(162 - 44 * s, 210)],
      { seconds: 3.6, fps },
    );
    assert.equal(idsOf(frames).length, 2, `${fps} fps`);
    const left = frames[Math.round(0.6 * fps)]!.toSorted((a, b) => a.x - b.x)[0]!;
    const right = frames.at(-1)!.toSorted((a, b) => a.x - b.x).at(-1)!;
    assert.equal(right.id, left.id, `${fps} fps`);
  }
});

Deno.test("Tracker follows two from the start who come as one region and walk on as two", () => {
  const frames = follow((s) => [
    { x: 20 + 30 * s, y: 40, w: 8, h: 10, colour: 30 },
    { x: 14 + 30 * s, y: 50, w: 20, h: 50, colour: 30 },
    { x: 40 + 30 * s, y: 42, w: 8, h: 10, colour: 210 },
    { x: 34 + 30 * s, y: 52, w: 20, h: 50, colour: 210 },
  ], { seconds: 4 });
  assert.equal(frames[6]!.length, 2, "after .6 s");
  assert.equal(idsOf(frames).length, 2);
});
