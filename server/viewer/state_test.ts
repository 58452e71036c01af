import assert from "node:assert/strict";
import { narration } from "../../tests/support/narrations.ts";
import { GATE, observation, PORT_BUSY } from "../../tests/support/server_parts.ts";
import { type LiveMessage, type Recent, RECENT_EVENTS_MAX } from "../live_protocol.ts";
import { frameAgeMs } from "./frame_age.ts";
import { keyOf } from "./log_entries.ts";
import {
  eventsSeen,
  frameRate,
  type Happening,
  initialState,
  inViewCount,
  movingCount,
  step,
  type ViewerState,
} from "./state.ts";

const HELLO: LiveMessage = {
  type: "hello",
  version: 1,
  utcMs: 0,
  startedUtcMs: 50,
  cameras: [GATE],
  alerts: [],
  ages: { gate: 100 },
};

function after(...happenings: readonly Happening[]): ViewerState {
  return happenings.reduce(step, initialState(0));
}

function heard(message: LiveMessage, nowMs = 0): Happening {
  return { kind: "heard", message, nowMs };
}

/** @param firstEvent as the program counts; its first when there are events */
function frame(
  number: number,
  changes: Parameters<typeof observation>[1] = {},
  firstEvent = 1,
): LiveMessage {
  const seen = observation(number, changes);
  const counted = seen.events.length > 0 ? { firstEvent } : {};
  return { type: "frame", camera: "gate", ...seen, ...counted };
}

/** Events 1 to `count`, one a frame, as the program remembers them. */
function recent(count: number, startedUtcMs = 50): Recent {
  const events = Array.from({ length: count }, (_, i) => ({
    ordinal: i + 1,
    frame: i + 1,
    tMs: observation(i + 1).tMs,
    event: ENTER,
    dsl: `FRAME ${i + 1}`,
  }));
  return {
    camera: "gate",
    startedUtcMs,
    events,
    motion: [{ secondsAgo: 9, peakPct: 6 }],
    narrations: [],
    unreported: [],
  };
}

function recalled(answer: Recent, nowMs = 0): Happening {
  return { kind: "recalled", recent: answer, nowMs };
}

const ENTER = { type: "ENTER", blob: 1, dir: "LEFT" } as const;

Deno.test("step() knows the cameras, their ages and the alerts from hello", () => {
  const state = after(heard({ ...HELLO, alerts: [PORT_BUSY] }, 1_000));
  assert.deepEqual(state.cameras.map(({ view }) => view), [GATE]);
  assert.equal(frameAgeMs(state.cameras[0]!.age, 1_500), 600);
  assert.deepEqual(state.alerts, [PORT_BUSY]);
  assert.equal(state.outdated, false);
});

Deno.test("step() keeps the newest frame, where things were, its second and its rate", () => {
  const blobs = [{
    id: 1,
    x: 0.3,
    y: 0.4,
    w: 0.1,
    h: 0.2,
    vx: 0,
    vy: 0,
    vxPerS: 0,
    vyPerS: 0,
    coast: 0,
  }];
  const camera = after(
    heard(HELLO),
    heard(frame(1, { motionPct: 4, blobs }), 1_000),
    heard(frame(2, { motionPct: 2, blobs }), 1_100),
  ).cameras[0]!;
  assert.equal(camera.observation?.frame, 2);
  assert.deepEqual(camera.history, [{ second: 1, peakPct: 4 }]);
  assert.deepEqual(camera.past.map(({ ptsUs }) => ptsUs), [100_000, 200_000]);
  assert.ok(Math.abs(frameRate(camera)! - 10) < 1e-9);
});

Deno.test("step() logs events newest first, with their lines, and bounds the log", () => {
  let state = after(heard(HELLO));
  for (let number = 1; number <= RECENT_EVENTS_MAX + 50; number++) {
    const events = [
      { type: "MOVE", blob: number, dir: "LEFT" },
      { type: "STOP", blob: number, dir: "STATIC" },
    ] as const;
    state = step(state, heard(frame(number, { events }, 2 * number - 1)));
  }
  assert.equal(state.log.length, RECENT_EVENTS_MAX);
  assert.equal(eventsSeen(state), 2 * (RECENT_EVENTS_MAX + 50));
  assert.equal(state.log[0]?.event.type, "STOP");
  assert.equal(new Set(state.log.map(keyOf)).size, RECENT_EVENTS_MAX);
  assert.match(state.log[1]!.dsl, /^FRAME 250 @ .*\n {2}EVENT type=MOVE blob=250/);
  assert.equal(state.log[0]?.utc, true);
});

Deno.test("step() takes a clip's time for what it is", () => {
  const view = { ...GATE, header: { ...GATE.header!, clock: "media" } } as const;
  const events = [{ type: "APPEAR", blob: 1, dir: "STATIC" }] as const;
  const state = after(
    heard({ ...HELLO, cameras: [view] }),
    heard(frame(1, { events })),
  );
  assert.equal(state.log[0]?.utc, false);
});

Deno.test("step() ages every camera by the beat, also when nothing else comes", () => {
  const state = after(
    heard({ ...HELLO, ages: {} }),
    heard({ type: "beat", utcMs: 0, ages: { gate: 5_000, other: 1 } }, 1_000),
  );
  assert.equal(frameAgeMs(state.cameras[0]!.age, 2_000), 6_000);
});

Deno.test("step() changes a camera's state and leaves its pictures", () => {
  const offline = { state: "offline", sinceMs: 1, why: "dns" } as const;
  const camera = after(
    heard(HELLO),
    heard(frame(1)),
    heard({ type: "state", ...GATE, state: offline, words: "no such host", ...SHOWN }),
  ).cameras[0]!;
  assert.deepEqual(camera.view.state, offline);
  assert.deepEqual(camera.view.places, SHOWN.places);
  assert.equal(camera.view.looksBack, true);
  assert.equal(camera.observation?.frame, 1);
});

const SHOWN = { looksBack: true, places: { zones: [], masks: [], lines: [] } } as const;

Deno.test("step() forgets what was drawn at a new hello, but not the chart or the log", () => {
  const events = [{ type: "ENTER", blob: 1, dir: "LEFT" }] as const;
  const state = after(
    heard(HELLO),
    heard(frame(1, { events, motionPct: 3 }), 1_000),
    heard(HELLO, 2_000),
  );
  const camera = state.cameras[0]!;
  assert.equal(camera.observation, undefined);
  assert.deepEqual(camera.past, []);
  assert.equal(camera.history.length, 1);
  assert.equal(state.log.length, 1);
});

Deno.test("step() shows what was before the page came, once, whatever comes first", () => {
  const live = heard(frame(3, { events: [ENTER] }, 3));
  for (const order of [[recalled(recent(3)), live], [live, recalled(recent(3))]]) {
    const state = after(heard(HELLO), ...order, heard(HELLO), recalled(recent(3)));
    assert.deepEqual(state.log.map(({ ordinal }) => ordinal), [3, 2, 1]);
    assert.equal(eventsSeen(state), 3);
    assert.ok(state.cameras[0]?.history.some(({ peakPct }) => peakPct === 6));
  }
});

Deno.test("step() counts on over a restart, and keeps the starts apart", () => {
  const state = after(
    heard(HELLO),
    recalled(recent(4)),
    heard({ ...HELLO, startedUtcMs: 60 }),
    recalled(recent(9)),
    recalled(recent(2, 60)),
  );
  assert.deepEqual(state.log.map(({ startedUtcMs }) => startedUtcMs), [
    ...[60, 60],
    ...[50, 50, 50, 50],
  ]);
  assert.equal(eventsSeen(state), 6);
});

Deno.test("step() tells each narration once, heard or recalled, whatever comes first", () => {
  const live = heard({ type: "narration", narration: narration(2) });
  const past = recalled({ ...recent(0), narrations: [narration(1), narration(2)] });
  for (const order of [[past, live], [live, past], [live, past, heard(HELLO), past]]) {
    const { told } = after(heard(HELLO), ...order);
    assert.deepEqual(told.map(({ narration }) => narration.id), [2, 1]);
  }
});

Deno.test("step() keeps for reading aloud what was heard, not what was recalled or quiet", () => {
  const past = recalled({ ...recent(0), narrations: [narration(1)] });
  assert.equal(after(heard(HELLO), past).said, undefined);
  const state = after(
    heard(HELLO),
    heard({ type: "narration", narration: narration(2) }),
    heard({
      type: "narration",
      narration: narration(3, { verdict: { kind: "quiet", reason: "late" } }),
    }),
  );
  assert.equal(state.said?.id, 2);
});

Deno.test("step() knows from hello whether words come and whether one logged in", () => {
  const { wordful, login } = after(heard(HELLO));
  assert.deepEqual({ wordful, login }, { wordful: false, login: false });
  const state = after(heard({ ...HELLO, words: true, login: true } as LiveMessage));
  assert.deepEqual([state.wordful, state.login], [true, true]);
});

Deno.test("step() remembers which notes were sent away, and bounds that", () => {
  let state = after();
  for (let i = 0; i < 300; i++) {
    state = step(state, { kind: "dismissed", key: `note ${i}`, nowMs: 0 });
  }
  assert.equal(state.dismissed.length, 256);
  assert.equal(state.dismissed.at(-1), "note 299");
});

Deno.test("step() says since when the link is lost, over several tries", () => {
  const state = after(
    { kind: "opened", nowMs: 0 },
    { kind: "lost", retryAtMs: 1_500, nowMs: 1_000 },
    { kind: "trying", nowMs: 1_500 },
    { kind: "lost", retryAtMs: 2_600, nowMs: 1_600 },
  );
  assert.deepEqual(state.link, { kind: "lost", sinceMs: 1_000, retryAtMs: 2_600 });
  assert.deepEqual(step(state, { kind: "opened", nowMs: 2_700 }).link, {
    kind: "live",
    sinceMs: 2_700,
  });
});

Deno.test("step() is not confused by cameras, words and versions it does not know", () => {
  const was = after(heard(HELLO));
  const unknown = { ...frame(1), camera: "barn" } as LiveMessage;
  assert.deepEqual(step(was, heard(unknown)), was);
  assert.deepEqual(step(was, recalled({ ...recent(1), camera: "barn" })), was);
  assert.deepEqual(
    step(was, heard({ type: "weather" } as unknown as LiveMessage)),
    was,
  );
  const later = { ...HELLO, version: 2 } as unknown as LiveMessage;
  assert.equal(step(was, heard(later)).outdated, true);
});

Deno.test("movingCount() counts what moves, not what stands", () => {
  const track = { blob: 1, frames: 1, dist: 0, speed: 0, speedPerS: 0 };
  const tracks = [
    { ...track, moving: true },
    { ...track, blob: 2, moving: false },
  ];
  assert.equal(movingCount(observation(1, { tracks })), 1);
});

Deno.test("step() writes no event into the log that is kept quiet", () => {
  const quiet = { type: "APPEAR", blob: 7, dir: "STATIC" } as const;
  const message = frame(1, { events: [quiet, ENTER] });
  assert.equal(message.type, "frame");
  const state = after(heard(HELLO), heard({ ...message, quiet: [7] } as LiveMessage));
  assert.deepEqual(state.log.map(({ event }) => event), [ENTER]);
  assert.equal(eventsSeen(state), 1);
});

Deno.test("step() keeps what was not reported once, and forgets it with the program", () => {
  const rain = { ordinal: 1, camera: "gate", utcMs: 0, tMs: 0, why: "rain" } as const;
  const unreported = { ...rain, kind: "cause", dsl: "CAUSE rain" } as const;
  const message: LiveMessage = { type: "unreported", unreported };
  const recalled = { ...recent(0), unreported: [unreported] };
  const state = after(heard(HELLO), heard(message), {
    ...{ kind: "recalled", recent: recalled, nowMs: 0 },
  });
  assert.deepEqual(state.unreported, [unreported]);
  const anew = step(state, heard({ ...HELLO, startedUtcMs: 51 } as LiveMessage));
  assert.deepEqual(anew.unreported, []);
});

Deno.test("inViewCount() and movingCount() leave out what is kept quiet", () => {
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  const box = { x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...speeds, coast: 0 };
  const track = { frames: 1, dist: 0, speed: 0, speedPerS: 0, moving: true };
  const seen = observation(1, {
    blobs: [{ id: 1, ...box }, { id: 2, ...box, suppressed: "sway" }],
    tracks: [{ blob: 1, ...track }, { blob: 2, ...track }],
  });
  assert.deepEqual([inViewCount(seen), movingCount(seen)], [1, 1]);
});

Deno.test("step() names the boxes of what is known, also after a reload, and forgets with a new start", () => {
  const person = { blob: 1, class: "person", score: 0.9 } as const;
  const classes = [person, { ...person, blob: 2, class: "unknown" } as const];
  const live = after(heard(HELLO), heard(frame(1, { classes })), heard(frame(2)));
  assert.deepEqual([...live.cameras[0]!.names], [[1, "person"]]);
  const classified = { state: "sure", class: "vehicle", detail: "bus" } as const;
  const narrations = [narration(3, { track: 7, classified })];
  const recalled = step(live, {
    kind: "recalled",
    recent: { ...recent(1), narrations },
    nowMs: 0,
  });
  assert.deepEqual([...recalled.cameras[0]!.names], [[7, "bus"], [1, "person"]]);
  const anew = step(recalled, heard({ ...HELLO, startedUtcMs: 60 } as LiveMessage));
  assert.equal(anew.cameras[0]!.names.size, 0);
});
