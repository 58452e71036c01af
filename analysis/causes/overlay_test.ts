import assert from "node:assert/strict";
import { DrawnModel, type Luma, plain } from "../../tests/support/drawn_model.ts";
import { Activity } from "./activity.ts";
import { Cells } from "./cells.ts";
import { Overlay } from "./overlay.ts";

const SIZE = { width: 96, height: 64 };
const LOOK_S = 0.08;
/** The cell with the text; any other cell. */
const TEXT = 14;

/** Looks of a camera that writes into one cell at the given times, seconds. */
class Written {
  readonly overlay: Overlay;
  /** Cells that change in each look, beside the text, from the picture's end on. */
  others = 0;
  readonly #model: DrawnModel;
  readonly #activity: Activity;
  readonly #passed: Uint8Array;
  readonly #change: Uint16Array;
  #looks = 0;

  constructor(frame: Luma = letters) {
    this.#model = new DrawnModel(SIZE, plain);
    this.#model.show(frame);
    const cells = new Cells(SIZE);
    this.#passed = new Uint8Array(cells.count);
    this.#change = new Uint16Array(cells.count);
    const brighter = new Uint16Array(cells.count);
    const sums = { change: this.#change, brighter };
    this.#activity = new Activity(cells, () => sums);
    this.overlay = new Overlay(cells, this.#activity);
  }

  /** Looks on until `untilS`; the text changes in every look for which `ticks` is true. */
  watch(untilS: number, ticks: (look: number) => boolean): number {
    let found = 0;
    while (this.#looks * LOOK_S < untilS) {
      this.#looks++;
      this.#change.fill(0);
      this.#change[TEXT] = ticks(this.#looks) ? 200 : 0;
      if (this.others > 0) this.#change.fill(200, this.#change.length - this.others);
      this.#activity.look(this.#passed, LOOK_S);
      if (this.overlay.look(this.#model.view, this.#passed)) found++;
    }
    return found;
  }
}

Deno.test("a text is known by its fourth even interval, and by no fewer", () => {
  // Changes at .96, 1.92, 2.88, 3.84 and 4.80 s: the last one ends the fourth interval.
  const written = new Written();
  assert.equal(written.watch(4.7, eachSecond), 0);
  assert.equal(written.overlay.count, 0);
  assert.equal(written.watch(4.85, eachSecond), 1);
  assert.equal(written.overlay.known[TEXT], 1);
});

Deno.test("what changes without a beat is no text, however often", () => {
  const written = new Written();
  const steps = new Set([5, 14, 31, 37, 55, 62, 84, 90, 111, 117, 139]);
  assert.equal(written.watch(12, (look) => steps.has(look)), 0);
});

Deno.test("a beat without the contrast of letters is no text", () => {
  const written = new Written((x) => x % 4 < 2 ? 120 : 100);
  assert.equal(written.watch(10, eachSecond), 0);
});

Deno.test("traffic in a third of the picture hides no clock, light on half of it does", () => {
  const busy = new Written();
  busy.others = 32;
  assert.equal(busy.watch(6, eachSecond), 1);
  const lit = new Written();
  lit.others = 44;
  assert.equal(lit.watch(6, eachSecond), 0);
});

/** More contrast than any ground has. */
function letters(x: number): number {
  return x % 4 < 2 ? 235 : 20;
}

/** Every twelfth look: about once a second. */
function eachSecond(look: number): boolean {
  return look % 12 === 0;
}
