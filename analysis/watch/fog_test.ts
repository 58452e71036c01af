import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { FogWatch } from "./fog.ts";
import { Measures } from "./measures.ts";
import { Tone } from "./tone.ts";

const DT_S = 0.1;

type Air = (luma: number) => number;

/** Seconds after which fog is told, and whether what is seen is taken for a veil. */
function told(air: Air, more: { mayFall?: boolean; left?: number } = {}) {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  const tone = new Tone();
  const fog = new FogWatch();
  edges.take(viewOf(sceneLuma));
  // Where `left` ends something has driven off: the scene there is another one.
  const now = (x: number, y: number) => x < (more.left ?? 0) ? 205 : air(sceneLuma(x, y));
  const view = viewOf(now, { mask: () => false });
  measures.look(view);
  edges.look(view);
  tone.fit(measures, edges, false);
  const at: number[] = [];
  for (let frame = 1; frame <= 60; frame++) {
    const given = { dtS: DT_S, usual: 1, known: true, clear: true };
    if (fog.step(tone, edges, { ...given, mayFall: more.mayFall ?? false })) {
      at.push(frame * DT_S);
    }
  }
  return { at, explains: fog.explains, thickens: fog.thickens };
}

Deno.test("FogWatch tells a veil once, after two and a half seconds", () => {
  const { at, explains } = told(veil(0.3));
  assert.equal(at.length, 1);
  assert.ok(Math.abs(at[0]! - 2.5) < 0.11, `${at[0]}`);
  assert.ok(explains);
});

Deno.test("FogWatch leaves the word to what falls through the veil", () => {
  const { at, thickens } = told(veil(0.3), { mayFall: true });
  assert.deepEqual(at, []);
  assert.ok(thickens);
});

Deno.test("FogWatch takes dim light for no veil", () => {
  const { at, explains } = told((luma) => 16 + (luma - 16) * 0.7);
  assert.deepEqual(at, []);
  assert.ok(!explains);
});

Deno.test("FogWatch takes a part of the picture that became brighter for no veil", () => {
  const { at, explains } = told((luma) => luma, { left: 70 });
  assert.deepEqual(at, []);
  assert.ok(!explains);
});

function veil(part: number): Air {
  return (luma) => luma + (160 - luma) * part;
}
