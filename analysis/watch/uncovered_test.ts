import assert from "node:assert/strict";
import {
  analyzeScene,
  type SceneLuma,
  statesOf,
} from "../../tests/support/viewed_scene.ts";
import { sceneLuma } from "../../tests/support/watched_view.ts";

const home = (x: number, y: number) => sceneLuma(x + 403, y + 407);

/** What the camera says of a scene before which something comes at 6 s and goes at `until`. */
function saidOf(
  cover: (x: number, y: number, second: number) => number,
  until: number,
): string {
  const luma: SceneLuma = (x, y, second) => {
    if (second < 6 || second > until) return home(x, y);
    return cover(x, y, second);
  };
  return statesOf(analyzeScene(luma, until + 16)).map((line) => line.split(" ")[0]).join(
    ", ",
  );
}

function blurredHome(x: number, y: number): number {
  let sum = 0;
  for (let dy = -6; dy <= 6; dy += 3) {
    for (let dx = -6; dx <= 6; dx += 3) sum += home(x + dx, y + dy);
  }
  return sum / 25;
}

for (const seconds of [2, 5, 12, 30]) {
  Deno.test(`a hand that was before the lens for ${seconds} s leaves no dirt`, () => {
    assert.equal(
      saidOf((x, y) => 35 + x / 30 + y / 40, 6 + seconds),
      "warmup, online, covered, online",
    );
  });

  Deno.test(`a hand that slid in and out within ${seconds} s leaves no dirt`, () => {
    const until = 6 + seconds;
    const said = saidOf((x, y, second) => {
      const edge = 340 * Math.min(1, second - 6, until - second);
      return x < edge ? 35 + y / 40 : home(x, y);
    }, until);
    assert.doesNotMatch(said, /dirty/);
  });

  Deno.test(`a drop that ran off after ${seconds} s leaves no dirt`, () => {
    const said = saidOf(
      (x, y) =>
        Math.hypot(x - 150, y - 110) < 60 ? 0.7 * blurredHome(x, y) + 40 : home(x, y),
      6 + seconds,
    );
    assert.match(
      said,
      seconds > 8 ? /^warmup, online, dirty, online$/ : /^warmup, online$/,
    );
  });

  Deno.test(`a cloth over half of the lens for ${seconds} s is no dirt afterwards`, () => {
    const said = saidOf(
      (x, y) => x < 170 ? 90 + 6 * Math.sin(y / 20) : home(x, y),
      6 + seconds,
    );
    assert.doesNotMatch(said, /dirty$/);
  });
}
