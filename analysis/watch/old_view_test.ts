import assert from "node:assert/strict";
import { analyzeScene, statesOf } from "../../tests/support/viewed_scene.ts";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { OldView } from "./old_view.ts";

Deno.test("a camera that was turned away is moved until the old view is back", () => {
  const states = statesOf(
    analyzeScene(
      (x, y, second) => second < 6 || second >= 40 ? home(x, y) : elsewhere(x, y),
      52,
    ),
  );
  assert.equal(states.length, 4, states.join(", "));
  assert.match(states.join(", "), /^warmup 0, online 2, moved [678], online 4[1-7]$/);
});

Deno.test("a camera that was turned back to within a few pixels is no longer moved", () => {
  const states = statesOf(analyzeScene((x, y, second) => {
    if (second < 6) return home(x, y);
    return second < 20 ? elsewhere(x, y) : home(x + 4, y - 2);
  }, 34));
  assert.match(states.join(", "), /^warmup 0, online 2, moved [678], online 2\d$/);
});

Deno.test("a camera that was pushed aside is moved until it is pushed back", () => {
  const states = statesOf(
    analyzeScene(
      (x, y, second) => second >= 6 && second < 25 ? home(x + 10, y) : home(x, y),
      36,
    ),
  );
  assert.match(
    states.join(", "),
    /^warmup 0, online 2, moved [678], online (2[6-9]|3\d)$/,
  );
});

Deno.test("a camera that was pushed by less than zones are drawn to is moved for a moment", () => {
  const states = statesOf(
    analyzeScene((x, y, second) => second >= 6 ? home(x, y + 3) : home(x, y), 20),
  );
  assert.match(states.join(", "), /^warmup 0, online 2, moved [678], online 1?\d$/);
});

Deno.test("a camera that sags a little again and again is moved in the end", () => {
  const states = statesOf(
    analyzeScene(
      (x, y, second) => home(x, y + 3 * Math.min(3, Math.floor(second / 8))),
      45,
    ),
  );
  assert.match(states.at(-1)!, /^moved 2\d$/, states.join(", "));
});

Deno.test("who walks in the new view of a moved camera is followed", () => {
  const told = analyzeScene((x, y, second) => {
    const left = 30 * (second - 16) - 20;
    if (y > 90 && y < 150 && x > left && x < left + 22) return ((x ^ y) & 4) * 8 + 200;
    return second < 6 ? home(x, y) : elsewhere(x, y);
  }, 26);
  const enters = told.flatMap(({ events }) =>
    events.filter(({ type }) => type === "ENTER")
  );
  assert.equal(enters.length, 1);
  assert.match(statesOf(told).at(-1)!, /^moved/);
});

Deno.test("who walks while a camera is turned is told as soon as the new view is known", () => {
  const told = analyzeScene((x, y, second) => {
    const left = 100 + 16 * (second - 6);
    if (y > 90 && y < 150 && x > left && x < left + 22) return ((x ^ y) & 4) * 8 + 200;
    return second < 6 ? home(x, y) : elsewhere(x, y);
  }, 16);
  const turned = told.find(({ states }) => states.some(({ state }) => state === "moved"));
  const first = told.find(({ tMs, events }) => tMs > turned!.tMs && events.length > 0);
  assert.ok(first!.tMs - turned!.tMs <= 1_400, `${first?.tMs} after ${turned?.tMs}`);
});

function lookedAt(luma: (x: number, y: number) => number): boolean {
  const edges = new Edges(new Measures(VIEW, VIEW.stride));
  edges.take(viewOf(home, { scene: home }));
  const old = new OldView(VIEW);
  old.leave(edges);
  assert.equal(old.away, true);
  const view = viewOf(luma, { scene: home });
  for (let at = 0; at < 4; at += 0.2) old.look(view, { dtS: 0.2, noise: 1, shows: true });
  return !old.away;
}

Deno.test("OldView knows the old view in half its light, not another one", () => {
  assert.equal(lookedAt(home), true);
  assert.equal(lookedAt((x, y) => 16 + 0.5 * (home(x, y) - 16)), true);
  assert.equal(lookedAt((x, y) => home(x + 4, y - 3)), true);
  assert.equal(lookedAt((x, y) => home(x + 9, y)), false);
  assert.equal(lookedAt(elsewhere), false);
  assert.equal(lookedAt(() => 90), false);
});

function home(x: number, y: number): number {
  return sceneLuma(x + 400, y + 400);
}

function elsewhere(x: number, y: number): number {
  return sceneLuma(3 * x + 77, 2 * y + 31);
}
