import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { LadderFeed } from "./ladder_feed.ts";
import type { RingPacket } from "./packet_ring.ts";

/** A camera of 10 pictures a second, and what its decoder is told. */
class Camera {
  readonly clock = new ManualClock();
  readonly told: string[] = [];
  readonly feed: LadderFeed;
  #sequence = 0;
  /** As smart codecs do while nothing moves. */
  sendsNoKeys = false;
  /** The picture after each keyframe is shown before it, as in an open GOP. */
  isOpen = false;

  constructor(readonly gop: number) {
    const at = (words: string, us: number | undefined) =>
      void this.told.push(us === undefined ? words : `${words} ${us / 1e6}`);
    this.feed = new LadderFeed({ idleAfterS: 5 }, {
      clock: this.clock,
      decoder: {
        push: (_, { ptsUs }) => at("push", ptsUs),
        pushAlone: ({ packet: { ptsUs } }, role) => at(role ?? "alone", ptsUs),
        goOn: (afterUs) => at("go on", afterUs),
      },
    });
  }

  /** Quiet pictures for so long; says what the decoder was told. */
  run(seconds: number): string[] {
    this.told.length = 0;
    for (let picture = 0; picture < 10 * seconds; picture++) {
      const sequence = this.#sequence++;
      const arrivalMs = this.clock.monotonicMs();
      const isLeading = this.isOpen && sequence % this.gop === 1;
      const ptsUs = (sequence - (isLeading ? 1.5 : 0)) * 100_000;
      const key = sequence % this.gop === 0 && !this.sendsNoKeys;
      const packet = { key, ptsUs, arrivalMs, pts: sequence, dts: sequence };
      this.feed.push({ sequence, packet: packet as RingPacket });
      this.feed.looked(true, ptsUs);
      this.clock.advance(100);
    }
    return [...this.told];
  }
}

Deno.test("a quiet camera is fed keyframes only, from a keyframe on", () => {
  const camera = new Camera(10);
  assert.equal(camera.run(5).length, 50);
  assert.deepEqual(camera.run(3), ["glance 5", "glance 6", "glance 7"]);
  assert.deepEqual(camera.feed.now, { rung: "keys", why: "quiet" });
});

Deno.test("what moves in a glance brings all since the glance before it", () => {
  const camera = new Camera(10);
  camera.run(8);
  camera.told.length = 0;
  camera.feed.stirred(7_000_000);
  assert.deepEqual(camera.told, ["go on 6"]);
  assert.equal(camera.run(1).length, 10, "and everything from now on");
  assert.equal(camera.feed.now.rung, "full");
});

Deno.test("of a camera that sends whole pictures only, one a second is looked at", () => {
  const camera = new Camera(1);
  camera.run(5);
  const glances = camera.run(4);
  assert.ok(glances.length >= 3 && glances.length <= 5, glances.join(", "));
  const [before, stirs] = glances.slice(-2).map((words) => Number(words.split(" ")[1]));
  camera.told.length = 0;
  camera.feed.stirred(stirs! * 1e6);
  assert.deepEqual(camera.told, [`go on ${before}`], "those between are not lost");
});

Deno.test("a box that is spared keeps a camera down until it is let go", () => {
  const camera = new Camera(10);
  camera.run(3);
  camera.feed.hold("heat");
  assert.deepEqual(camera.run(1), ["alone 3"], "it is looked at, whatever moves in it");
  camera.feed.looked(false, 4_000_000);
  camera.feed.stirred(3_000_000);
  assert.deepEqual(camera.feed.now, { rung: "keys", why: "heat" });
  camera.told.length = 0;
  camera.feed.hold(undefined);
  assert.deepEqual(camera.told, ["go on"]);
  assert.equal(camera.feed.now.rung, "full");
});

Deno.test("a quiet camera whose keyframes stay away is decoded whole again", () => {
  const camera = new Camera(10);
  camera.run(8);
  camera.sendsNoKeys = true;
  const told = camera.run(8);
  assert.equal(told[0], "go on");
  assert.match(told[1]!, /^push 1[12]/, "4.5 s after the last keyframe");
  assert.equal(camera.feed.now.rung, "full");
});

Deno.test("a keyframe with which all is decoded again is fed once", () => {
  const camera = new Camera(10);
  camera.run(8);
  camera.clock.advance(6_000);
  const told = camera.run(1).slice(0, 2);
  assert.deepEqual(told, ["go on", "push 8.1"], "it is in the ring already");
});

Deno.test("a quiet camera of open GOPs is fed everything", () => {
  const camera = new Camera(10);
  camera.isOpen = true;
  assert.equal(camera.run(20).length, 200);
  assert.deepEqual(camera.feed.now, { rung: "full", why: undefined });
});
