import assert from "node:assert/strict";
import type { Blob } from "../analysis/dsl/observation.ts";
import { OwnTravel } from "./own_travel.ts";

function blob(place: Partial<Blob>): Blob {
  const still = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
  return { id: 1, x: 0.5, y: 0.5, w: 0.1, h: 0.2, ...still, ...place };
}

function travelled(...places: readonly Partial<Blob>[]): boolean {
  const travel = new OwnTravel();
  for (const place of places) travel.see([blob(place)]);
  return travel.hasTravelled(1);
}

Deno.test("OwnTravel knows who went somewhere, came nearer or went away", () => {
  assert.equal(travelled({}, { x: 0.55 }), true);
  assert.equal(travelled({}, { x: 0.55 }, {}), true, "and came back");
  assert.equal(travelled({}, { w: 0.13, h: 0.26 }), true);
  assert.equal(travelled({}, { w: 0.07, h: 0.14 }), true);
});

Deno.test("OwnTravel takes what trembles, flickers or stands for no travel", () => {
  assert.equal(travelled({}), false);
  assert.equal(travelled({}, { x: 0.53 }, { y: 0.52 }, { w: 0.12 }, { h: 0.16 }), false);
  assert.equal(travelled({}, { x: 0.9, coast: 1 }), false, "it was not seen there");
  assert.equal(travelled(), false);
});

Deno.test("OwnTravel remembers those seen last, however many came and went", () => {
  const travel = new OwnTravel();
  const stays = blob({ id: 7 });
  travel.see([stays]);
  travel.see([{ ...stays, x: 0.9 }]);
  for (let id = 1_000; id < 6_000; id++) {
    travel.see([stays, blob({ id })]);
    travel.see([stays, blob({ id, x: 0.9 })]);
  }
  assert.equal(travel.hasTravelled(7), true, "it is still there");
  assert.equal(travel.hasTravelled(5_999), true);
  assert.equal(travel.hasTravelled(1_000), false, "it is long gone");
  assert.equal(travel.size, 512);
});
