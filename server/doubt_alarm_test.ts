import assert from "node:assert/strict";
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import { AlertBoard } from "../base/alerts.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { DoubtAlarm } from "./doubt_alarm.ts";

const WORDS = "Camera gate loses pictures on the way: check its network";

function setUp() {
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const alarm = new DoubtAlarm({ clock, alerts });
  const forSeconds = (state: CameraState, seconds: number) => {
    alarm.changed({ camera: "gate", state: { state, sinceMs: 1 }, words: WORDS });
    for (let second = 0; second < seconds; second++) {
      alarm.frame("gate");
      clock.advance(1_000);
    }
    alarm.frame("gate");
    return alerts.list();
  };
  return { alarm, alerts, forSeconds };
}

Deno.test("DoubtAlarm tells of a camera that goes on losing pictures", () => {
  const { forSeconds } = setUp();
  assert.deepEqual(forSeconds("doubtful", 15), []);
  const [alert] = forSeconds("doubtful", 5);
  assert.equal(alert?.code, "camera.doubtful");
  assert.equal(alert.subject, "gate");
  assert.match(alert.words, /^Camera gate loses pictures on the way; /);
  assert.equal(alert.toDo, "Check its network");
  assert.equal(forSeconds("online", 59).length, 1, "it may come again");
  assert.deepEqual(forSeconds("online", 1), []);
});

Deno.test("DoubtAlarm adds up a loss that comes and goes, and lets a single one pass", () => {
  const { forSeconds } = setUp();
  for (let minute = 0; minute < 10; minute++) {
    assert.deepEqual(forSeconds("doubtful", 3), []);
    assert.deepEqual(forSeconds("online", 60), []);
  }
  let told = 0;
  for (let times = 0; times < 7; times++) {
    told = forSeconds("doubtful", 3).length;
    assert.equal(told, times < 6 ? 0 : 1, `after ${times + 1} times`);
    forSeconds("online", 10);
  }
});

Deno.test("DoubtAlarm leaves a camera without pictures to its own alert", () => {
  const { alarm, alerts, forSeconds } = setUp();
  assert.equal(forSeconds("doubtful", 20).length, 1);
  assert.deepEqual(forSeconds("stalled", 1), []);
  assert.deepEqual(forSeconds("doubtful", 19), [], "counted anew");
  assert.equal(forSeconds("doubtful", 1).length, 1);
  alarm.forget("gate");
  assert.deepEqual(alerts.list(), []);
});
