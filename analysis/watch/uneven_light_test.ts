import assert from "node:assert/strict";
import { VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Measures } from "./measures.ts";
import { UnevenLight } from "./uneven_light.ts";

function lit(): Measures {
  const measures = new Measures(VIEW, VIEW.stride);
  measures.look(viewOf(() => 120, { mask: (x) => x < 200 }));
  return measures;
}

Deno.test("light that was sudden a moment ago lasts while it is asked for, and no longer", () => {
  const uneven = new UnevenLight();
  const step = (sudden: boolean) => {
    uneven.pass();
    return uneven.step(lit(), { kept: 0.9, dtS: 0.2, sudden });
  };
  assert.equal(step(true), true);
  assert.equal(step(false), true, "it goes on");
  // A frame that another judge rules: nobody asks.
  uneven.pass();
  assert.equal(step(false), false, "nothing was sudden since");
});
