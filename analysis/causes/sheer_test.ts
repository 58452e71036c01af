import assert from "node:assert/strict";
import { DrawnModel, gravel, type Luma, plain } from "../../tests/support/drawn_model.ts";
import { Track } from "../tracking/track.ts";
import { BRIGHTER, DARKER } from "./light_field.ts";
import { judgeSheerness, measureSheerness, Sheer, type Sheerness } from "./sheer.ts";

const SIZE = { width: 96, height: 64 };
const BOX = { left: 30, right: 66, top: 12, foot: 56 };

function look(scene: Luma, frame: Luma, isGrey = false, blue = 128): number {
  const model = new DrawnModel(SIZE, scene);
  model.show((x, y) => inBox(x, y) ? frame(x, y) : scene(x, y));
  model.view.u.fill(blue);
  const found = emptySheerness();
  measureSheerness(model.view, { box: BOX, sigma: 1 }, found);
  return judgeSheerness(found, isGrey);
}

function inBox(x: number, y: number): boolean {
  return x >= BOX.left && x < BOX.right && y >= BOX.top && y < BOX.foot;
}

/** The scene at `factor` times its light. */
function under(scene: Luma, factor: number): Luma {
  return (x, y) => 16 + factor * (scene(x, y) - 16);
}

Deno.test("a shadow is sheer on gravel and on plain ground", () => {
  assert.equal(look(gravel, under(gravel, 0.55)), DARKER);
  assert.equal(look(plain, under(plain, 0.55)), DARKER);
});

Deno.test("a shadow whose edge is soft is sheer", () => {
  const soft: Luma = (x, y) => {
    const far = Math.hypot((x - 48) / 18, (y - 34) / 22);
    return under(gravel, 1 - 0.45 * Math.max(0, Math.min(1, 2 * (1 - far))))(x, y);
  };
  assert.equal(look(gravel, soft), DARKER);
});

Deno.test("a beam, and somebody mirrored in a pane, are sheer", () => {
  assert.equal(look(gravel, under(gravel, 1.8)), BRIGHTER);
  assert.equal(look(gravel, (x, y) => 0.7 * gravel(x, y) + 0.3 * 195), BRIGHTER);
});

Deno.test("what is darker here and brighter there is a thing", () => {
  assert.equal(look(gravel, (_, y) => y < 30 ? 60 : 150), 0);
});

Deno.test("what hides the gravel is a thing, however plain", () => {
  assert.equal(look(gravel, () => 50), 0);
  assert.equal(look(gravel, () => 190), 0);
});

Deno.test("a dark thing with a colour is no shadow, a black one neither", () => {
  assert.equal(look(plain, under(plain, 0.55), false, 112), 0);
  assert.equal(look(plain, () => 24), 0);
});

Deno.test("a shadow on grass is paler grass", () => {
  const grass = 104;
  const model = new DrawnModel(SIZE, plain);
  const shade = under(plain, 0.5);
  model.show((x, y) => inBox(x, y) ? shade(x, y) : plain());
  model.view.meanU.fill(grass << 8);
  model.view.u.fill(128 + (grass - 128) / 2);
  const found = emptySheerness();
  measureSheerness(model.view, { box: BOX, sigma: 1 }, found);
  assert.equal(judgeSheerness(found, false), DARKER);
  model.view.u.fill(128);
  measureSheerness(model.view, { box: BOX, sigma: 1 }, found);
  assert.equal(judgeSheerness(found, false), 0);
});

Deno.test("without colour plain ground tells nothing, gravel does", () => {
  assert.equal(look(plain, under(plain, 0.55), true), 0);
  assert.equal(look(gravel, under(gravel, 0.55), true), DARKER);
});

Deno.test("a track is sheer while most looks say so, and alone with nobody beside it", () => {
  const model = new DrawnModel(SIZE, gravel);
  const { u, meanU } = model.view;
  // Enough colour in the picture that it is no night camera's.
  meanU.forEach((_, i) => meanU[i] = (i % 3 === 0 ? 140 : 128) << 8);
  const dye = () => u.forEach((_, i) => u[i] = i % 3 === 0 ? 140 : 128);
  const sheer = new Sheer();
  const track = trackAt(48);
  const watch = (frame: Luma, times: number) => {
    for (let time = 0; time < times; time++) {
      model.show((x, y) => inBox(x, y) ? frame(x, y) : gravel(x, y));
      dye();
      sheer.look(model.view, { tracks: [track], sigma: 1, dtS: 0.1 });
    }
  };
  watch(under(gravel, 0.5), 1);
  assert.equal(sheer.of(track), 0);
  watch(under(gravel, 0.5), 5);
  assert.equal(sheer.of(track), DARKER);
  assert.ok(sheer.isAlone(track, [track]));
  // Over the edge a shadow may come before the one who casts it.
  track.cut = true;
  assert.ok(!sheer.isAlone(track, [track]));
  track.cut = false;
  const walker = trackAt(70);
  walker.id = 1;
  assert.ok(!sheer.isAlone(track, [track, walker]));
  watch(() => 50, 12);
  assert.equal(sheer.of(track), 0);
});

function trackAt(x: number): Track {
  const track = new Track(1, { x, foot: 56, w: 36, h: 44, area: 1_500, cut: false }, {
    ...{ tMs: 0, frame: 1 },
  });
  track.seenS = 1;
  track.travel = 1;
  return track;
}

function emptySheerness(): Sheerness {
  return {
    ...{ pixels: 0, darker: 0, neutral: 0, factor: 1, spread: 0, own: 0 },
    ...{ colour: 0, likeness: 0, left: 0, isTextured: false },
  };
}
