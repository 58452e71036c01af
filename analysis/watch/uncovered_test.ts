import assert from "node:assert/strict";
import { analyzeScene, statesOf } from "../../tests/support/viewed_scene.ts";
import { sceneLuma, VIEW } from "../../tests/support/watched_view.ts";

/** What the camera says of a scene before which something is from 6 s to 18 s. */
function saidOf(cover: (x: number, y: number, second: number) => number): string {
  const told = analyzeScene(
    (x, y, second) => second < 6 || second > 18 ? home(x, y) : cover(x, y, second),
    34,
  );
  return statesOf(told).map((line) => line.split(" ")[0]).join(", ");
}

Deno.test("a hand that is taken from the lens slowly leaves no dirt", () => {
  const said = saidOf((x, y, second) => {
    const edge = 340 * Math.min(1, second - 6, (18 - second) / 3);
    return x < edge ? 35 + y / 40 : home(x, y);
  });
  assert.equal(said, "warmup, online, covered, online");
});

Deno.test("a camera that is turned away under a hand is moved, and sees again", () => {
  const told = analyzeScene((x, y, second) => {
    if (second < 6) return home(x, y);
    if (second < 14) return x < 340 * Math.min(1, second - 6) ? 35 + y / 40 : home(x, y);
    const left = 30 * (second - 24) - 20;
    if (y > 90 && y < 150 && x > left && x < left + 22) return ((x ^ y) & 4) * 8 + 200;
    return sceneLuma(3 * x + 77, 2 * y + 31);
  }, 34);
  const said = statesOf(told);
  assert.equal(said.length, 4, said.join(", "));
  assert.match(said.join(", "), /^warmup 0, online 2, covered [78], moved 1[78]$/);
  const enters = told.filter(({ tMs, events }) =>
    tMs > 20_000 && events.some(({ type }) => type === "ENTER")
  );
  assert.equal(enters.length, 1, "who walks in the new view is found");
});

Deno.test("a hand that moves before the lens covers it all the same", () => {
  const said = saidOf((x, y, second) => {
    const wave = 50 * Math.sin(x / 60 + 3 * second) + 30 * Math.sin(y / 50 - 2 * second);
    return x < 170 * (second - 6) ? 100 + wave : home(x, y);
  });
  assert.equal(said, "warmup, online, covered, online");
});

Deno.test("who stands close, out of focus and in a plain coat, is no dirt", () => {
  const within = (px: number) => Math.max(0, Math.min(1, px / 6));
  const told = analyzeScene((x, y, second) => {
    const way = second < 14 ? 55 * (second - 10) - 60 : 160 + Math.sin(second);
    const coat = second < 10 ? 0 : within(55 - Math.abs(x - way)) * within(y - 40);
    return home(x, y) + coat * (80 - home(x, y));
  }, 40);
  const stands = told.filter(({ tMs }) => tMs >= 26_000);
  assert.ok(stands.every(({ blobs }) => blobs.length > 0), "and is seen");
});

Deno.test("a drop of rain is dirt until it runs off", () => {
  const { width, height } = VIEW;
  const pale = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pale[y * width + x] = 0.7 * blurredAt(x, y) + 40;
  }
  const said = saidOf((x, y) =>
    Math.hypot(x - 150, y - 110) < 60 ? pale[y * width + x]! : home(x, y)
  );
  assert.equal(said, "warmup, online, dirty, online");
});

Deno.test("dirt on the lens is no thing, and who walks behind it is followed", () => {
  const { width, height } = VIEW;
  const pale = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pale[y * width + x] = 0.7 * blurredAt(x, y) + 40;
  }
  const told = analyzeScene((x, y, second) => {
    const isDirty = second >= 6 && Math.hypot(x - 150, y - 110) < 60;
    const left = 24 * (second - 16) - 20;
    if (y > 90 && y < 150 && x > left && x < left + 22) {
      return isDirty ? 180 : 220 + ((x ^ y) & 4) * 4;
    }
    return isDirty ? pale[y * width + x]! : home(x, y);
  }, 32);
  const ids = new Set(told.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.equal(ids.size, 1);
  const behind = told.filter(({ blobs }) =>
    blobs.some(({ x }) => x > 110 / width && x < 190 / width)
  );
  assert.ok(behind.length >= 12, `${behind.length}`);
});

function blurredAt(x: number, y: number): number {
  let sum = 0;
  for (let dy = -6; dy <= 6; dy += 3) {
    for (let dx = -6; dx <= 6; dx += 3) sum += home(x + dx, y + dy);
  }
  return sum / 25;
}

function home(x: number, y: number): number {
  return sceneLuma(x + 403, y + 407);
}
