import assert from "node:assert/strict";
import type { BoxHealth } from "../base/box_health.ts";
import { Governor, type Holding } from "./governor.ts";

const NONE: Holding = { cameras: 0, why: undefined };
const GB = 1_000_000_000;

/** Looks every five seconds at a box of three cameras. */
class Box {
  readonly governor = new Governor(3);
  #nowMs = 0;
  #dropped = 0;

  run(seconds: number, health: BoxHealth, droppedEach = 0): Holding {
    let holding = NONE;
    for (let passed = 0; passed < seconds; passed += 5) {
      this.#dropped += droppedEach;
      const look = { health, framesDropped: this.#dropped };
      holding = this.governor.step(look, this.#nowMs);
      this.#nowMs += 5_000;
    }
    return holding;
  }
}

const COOL: BoxHealth = { hottestC: 50, throttleC: 80 };

Deno.test("a box that is well, or tells nothing, holds no camera", () => {
  assert.deepEqual(new Box().run(600, COOL), NONE);
  assert.deepEqual(new Box().run(600, {}), NONE);
});

Deno.test("heat holds one camera after the other until it falls, and names itself", () => {
  const box = new Box();
  const hot = { hottestC: 78.5, throttleC: 80 };
  assert.deepEqual(box.run(5, hot), { cameras: 1, why: "heat" });
  assert.deepEqual(box.run(15, hot), { cameras: 2, why: "heat" });
  assert.deepEqual(box.run(60, hot), { cameras: 3, why: "heat" }, "there are no more");
});

Deno.test("a box that cooled a little goes on being spared; a cool one is let go", () => {
  const box = new Box();
  box.run(5, { hottestC: 79, throttleC: 80 });
  box.run(10, { hottestC: 79, throttleC: 80 });
  const warm = { hottestC: 75, throttleC: 80 };
  assert.equal(box.run(120, warm).cameras, 2, "neither more nor fewer");
  assert.equal(box.run(60, COOL).cameras, 2);
  assert.equal(box.run(5, COOL).cameras, 1);
  assert.deepEqual(box.run(180, COOL), NONE);
});

Deno.test("a weak power supply and a lack of memory are named as such", () => {
  assert.equal(new Box().run(5, { ...COOL, underVoltage: true }).why, "power");
  const memory = (availableBytes: number, totalBytes: number) =>
    new Box().run(5, { ...COOL, memory: { availableBytes, totalBytes } }).why;
  assert.equal(memory(50e6, GB), "memory");
  assert.equal(memory(150e6, GB), undefined);
  assert.equal(memory(150e6, 24 * GB), undefined, "enough, if little of much");
});

Deno.test("frames that come too late again and again are a slow box, once is none", () => {
  const box = new Box();
  box.run(5, COOL);
  assert.deepEqual(box.run(10, COOL, 20), NONE);
  assert.deepEqual(box.run(5, COOL, 20), { cameras: 1, why: "cpu" });
  assert.deepEqual(new Box().run(600, COOL, 2), NONE, "a frame now and then");
});

Deno.test("a warm box that was short of memory is not held for its warmth", () => {
  const box = new Box();
  const warm = { hottestC: 75, throttleC: 80 };
  box.run(5, { ...warm, memory: { availableBytes: 50e6, totalBytes: GB } });
  const well = { ...warm, memory: { availableBytes: 500e6, totalBytes: GB } };
  assert.deepEqual(box.run(120, well), NONE);
});

Deno.test("a camera that joins a hot box lets no other one go", () => {
  const box = new Box();
  const hot = { hottestC: 79, throttleC: 80 };
  assert.equal(box.run(25, hot).cameras, 3);
  box.governor.resize(4);
  assert.equal(box.run(15, hot).cameras, 4);
  box.governor.resize(2);
  assert.equal(box.run(5, hot).cameras, 2, "no more than there are");
});

Deno.test("a box in trouble is told where there is no camera to hold, until it is well", () => {
  const governor = new Governor(0);
  let nowMs = 0;
  const troubleAt = (hottestC: number) => {
    governor.step({ health: { hottestC, throttleC: 80 }, framesDropped: 0 }, nowMs);
    nowMs += 5_000;
    return governor.trouble;
  };
  assert.deepEqual([50, 75, 79, 75, 50].map(troubleAt), [
    ...[undefined, undefined, "heat", "heat", undefined],
  ]);
});

Deno.test("while a camera is held the box is in trouble", () => {
  const box = new Box();
  box.run(5, { hottestC: 79, throttleC: 80 });
  assert.equal(box.run(30, COOL).cameras, 1);
  assert.equal(box.governor.trouble, "heat");
  assert.equal(box.run(60, COOL).cameras, 0);
  assert.equal(box.governor.trouble, undefined);
});
