/**
 * A thing that comes so close that it fills the picture is one thing: it is told while it
 * is there, once, and the scene behind it is the same when it has gone.
 */
import assert from "node:assert/strict";
import {
  AFTER_S,
  analyzeNear,
  BEFORE_S,
  type NearFilm,
  type NearFrame,
} from "../../tests/support/near_film.ts";

const USUAL = { format: { width: 320, height: 240 }, fps: 10, noise: 1.5 } as const;
/** More of the picture than this, plain and at rest, is a covered lens too. */
const HIDDEN_PART = 0.93;

type Case = Omit<NearFilm, "format" | "fps" | "noise"> & { readonly name: string };

const CASES: readonly Case[] = [
  {
    ...{ name: "a lorry with panels that drives by", seed: 14, thing: "lorry" },
    ...{ covers: 0.9, comesInS: 1.7, staysS: 0, plain: false, grey: false },
  },
  {
    ...{ name: "a plain lorry that stops for 5 s", seed: 11, thing: "lorry" },
    ...{ covers: 0.8, comesInS: 2.4, staysS: 5, plain: true, grey: false },
  },
  {
    ...{ name: "a plain lorry in a grey picture", seed: 12, thing: "lorry" },
    ...{ covers: 0.7, comesInS: 3.2, staysS: 5, plain: true, grey: true },
  },
  {
    ...{ name: "somebody who looks into the lens for 20 s", seed: 6, thing: "person" },
    ...{ covers: 0.65, comesInS: 1.5, staysS: 20, plain: false, grey: false },
  },
  {
    ...{ name: "somebody who turns round at once", seed: 24, thing: "person" },
    ...{ covers: 0.85, comesInS: 2.9, staysS: 0, plain: false, grey: false },
  },
  {
    ...{ name: "a plain coat in a grey picture", seed: 40, thing: "person" },
    ...{ covers: 0.75, comesInS: 2.3, staysS: 5, plain: true, grey: true },
  },
  {
    ...{ name: "somebody who hides all of the scene", seed: 26, thing: "person" },
    ...{ covers: 0.9, comesInS: 1.2, staysS: 1, plain: false, grey: true },
  },
];

for (const { name, ...film } of CASES) {
  Deno.test(`Analyzer tells ${name} once, and nothing else`, () => {
    const told = analyzeNear({ ...USUAL, ...film });
    const most = Math.max(...told.map(({ part }) => part));
    assert.ok(most > 0.5, `covers ${most.toFixed(2)}`);
    assert.deepEqual(namesOf(told, most, film), []);
    const ids = new Set(told.flatMap((one) => one.observation.blobs.map(({ id }) => id)));
    assert.deepEqual([...ids], [1]);
    const events = told.flatMap(({ observation }) => observation.events);
    const comings = events.map(({ type }) => type).filter((type) =>
      type === "ENTER" || type === "APPEAR" || type === "EXIT" || type === "DISAPPEAR"
    );
    assert.equal(comings.length, 2, comings.join(" "));
    assert.ok(delayS(told, most) <= 1, `told ${delayS(told, most).toFixed(1)} s late`);
    const here = told.filter(({ part }) => part > 0.5 * most);
    const first = here.findIndex(({ observation }) => observation.blobs.length > 0);
    const shown = here.slice(first).filter(({ part, observation }) =>
      observation.blobs.some(({ w, h }) => w * h > 0.5 * part)
    );
    assert.ok(
      shown.length > 0.8 * (here.length - first),
      `seen in ${shown.length} frames`,
    );
  });
}

Deno.test("Analyzer knows the scene again after something near hid it for 20 s", () => {
  const told = analyzeNear({
    ...{ ...USUAL, seed: 14, thing: "lorry", covers: 0.98, comesInS: 1.7, staysS: 20 },
    ...{ plain: false, grey: false },
  });
  const ends = BEFORE_S + 2 * 1.7 + 20;
  const after = told.filter(({ tMs }) => tMs > 1_000 * (ends + 1));
  assert.ok(after.length > (AFTER_S - 2) * USUAL.fps);
  assert.ok(after.every(({ observation }) => observation.motionPct < 1));
});

/** Causes and states said, but for what is usual. */
function namesOf(told: readonly NearFrame[], most: number, film: { plain: boolean }) {
  const names = told.flatMap(({ observation }) => [
    ...observation.causes.map(({ cause }) => cause as string),
    ...observation.states.map(({ state }) => state as string),
  ]);
  const usual = new Set(["warmup", "online"]);
  if (film.plain && most >= HIDDEN_PART) usual.add("covered");
  return names.filter((name) => !usual.has(name));
}

/** From when most of it is in the picture until it is told. */
function delayS(told: readonly NearFrame[], most: number): number {
  const there = told.find(({ part }) => part > 0.5 * most)!.tMs;
  const shown = told.find(({ observation }) => observation.blobs.length > 0);
  return shown === undefined ? Infinity : (shown.tMs - there) / 1_000;
}
