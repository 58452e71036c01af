import assert from "node:assert/strict";
import { growthOf, headingOf } from "./motion_heading.ts";
import { Track } from "./tracking/track.ts";

const SHAPE = { width: 320, height: 240 };

/** A track that grew by `growth` a second and went `vx` pixels a second for two seconds. */
function went(of: { growth?: number; vx?: number; vy?: number; fps?: number }): Track {
  const { growth = 0, vx = 0, vy = 0, fps = 10 } = of;
  const box = { x: 160, foot: 150, w: 30, h: 80, area: 1_500, cut: false };
  const track = new Track(1, box, { tMs: 0, frame: 1 });
  for (let frame = 0; frame <= 2 * fps; frame++) {
    const s = frame / fps;
    const scale = Math.exp(growth * s);
    track.path.add(1_000 * s, { ...box, w: 30 * scale, h: 80 * scale }, 1_500);
    track.last = { tMs: 1_000 * s, frame };
  }
  track.seenVx = vx;
  track.seenVy = vy;
  return track;
}

Deno.test("headingOf() says TOWARD of what grows and AWAY of what shrinks", () => {
  for (const fps of [5, 10, 25]) {
    assert.equal(headingOf(went({ growth: 0.2, vy: 8, fps }), SHAPE), "TOWARD");
    assert.equal(headingOf(went({ growth: -0.2, vy: -8, fps }), SHAPE), "AWAY");
  }
});

Deno.test("headingOf() names the side of what passes, though it grows a little", () => {
  assert.equal(headingOf(went({ growth: 0.12, vx: 60 }), SHAPE), "RIGHT");
  assert.equal(headingOf(went({ growth: 0.05, vx: -20 }), SHAPE), "LEFT");
});

Deno.test("headingOf() says STATIC of what hardly moves", () => {
  assert.equal(headingOf(went({ vx: 1 }), SHAPE), "STATIC");
});

Deno.test("growthOf() is the same at every frame rate, and 0 of too few places", () => {
  for (const fps of [5, 10, 25]) {
    const track = went({ growth: 0.3, fps });
    assert.ok(Math.abs(growthOf(track.path, 1_000) - 0.3) < 0.01);
  }
  assert.equal(growthOf(went({ growth: 1, fps: 1 }).path, 1_500), 0);
});
