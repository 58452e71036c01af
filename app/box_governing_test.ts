import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import type { BoxHealth } from "../base/box_health.ts";
import { Ladder, type RungNow } from "../capture/ladder.ts";
import type { FrameSource, LadderControl } from "../capture/source.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { governBox } from "./box_governing.ts";

/** A source that is only asked for its rung; files have none. */
function sourceOf(ladder: Ladder | undefined): { source: FrameSource } {
  const control: LadderControl | undefined = ladder && {
    looked: () => {},
    stirred: () => {},
    hold: (why) => ladder.hold(why),
    get now(): RungNow {
      return ladder.at(0);
    },
  };
  const counts = {
    ...{ framesTotal: 0, framesDropped: 0, packetsTotal: 0, bytesTotal: 0 },
    ...{ reconnects: 0, decoderRestarts: 0, decoderErrors: 0 },
  };
  return {
    source: {
      counts,
      children: [],
      ...(control ? { ladder: control } : {}),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
  };
}

Deno.test("a hot box holds its last camera first, says so, and lets it go again", () => {
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const [first, last] = [new Ladder({ idleAfterS: 0 }), new Ladder({ idleAfterS: 0 })];
  const lines = [sourceOf(first), sourceOf(last), sourceOf(undefined)];
  let health: BoxHealth = { hottestC: 84.4, throttleC: 85 };
  using _governing = governBox({
    ...{ clock, alerts },
    lines: () => lines,
    health: () => health,
  });
  clock.advance(5_000);
  assert.deepEqual([first.at(0).why, last.at(0).why], [undefined, "heat"]);
  assert.equal(
    alerts.list()[0]?.words,
    "The box is too hot (84 °C): only keyframes of 1 camera are looked at",
  );
  clock.advance(10_000);
  assert.deepEqual([first.at(0).why, last.at(0).why], ["heat", "heat"]);
  health = { hottestC: 60, throttleC: 85 };
  clock.advance(130_000);
  assert.deepEqual([first.at(0).rung, last.at(0).rung], ["full", "full"]);
  assert.deepEqual(alerts.list(), []);
});

Deno.test("a box in trouble tells apart nothing that moves, also where no camera is held", () => {
  const clock = new ManualClock();
  const told: (string | undefined)[] = [];
  let health: BoxHealth = { hottestC: 84.4, throttleC: 85 };
  using _governing = governBox({
    ...{ clock, alerts: new AlertBoard(clock) },
    lines: () => [sourceOf(undefined)],
    classes: { spare: (trouble) => void told.push(trouble) },
    health: () => health,
  });
  clock.advance(5_000);
  health = { underVoltage: true };
  clock.advance(5_000);
  health = {};
  clock.advance(5_000);
  assert.deepEqual(told, ["is too hot (84 °C)", "gets too little power", undefined]);
});
