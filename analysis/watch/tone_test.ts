import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { Tone } from "./tone.ts";

function toneOf(luma: (x: number, y: number) => number): Tone {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  edges.take(viewOf(sceneLuma));
  measures.look(viewOf(luma));
  const tone = new Tone();
  tone.fit(measures, edges, true);
  return tone;
}

Deno.test("Tone finds gain and offset of the whole picture", () => {
  const tone = toneOf((x, y) => 0.7 * sceneLuma(x, y) + 12);
  assert.ok(Math.abs(tone.gain - 0.7) < 0.03, `${tone.gain}`);
  assert.ok(Math.abs(tone.offset - 12) < 4, `${tone.offset}`);
  assert.ok(tone.likeness > 0.98);
});

Deno.test("Tone calls a veil what pulls towards grey, and not what dims towards black", () => {
  const fog = toneOf((x, y) => 0.6 * sceneLuma(x, y) + 0.4 * 160);
  assert.ok(Math.abs(fog.veil - 0.4) < 0.05, `${fog.veil}`);
  assert.equal(toneOf((x, y) => 16 + 0.6 * (sceneLuma(x, y) - 16)).veil, 0);
  assert.equal(toneOf((x, y) => 16 + 1.3 * (sceneLuma(x, y) - 16)).veil, 0);
});

Deno.test("Tone finds no likeness to another scene", () => {
  assert.ok(toneOf((x, y) => sceneLuma(319 - x, 239 - y + 40)).likeness < 0.7);
});
