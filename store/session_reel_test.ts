import assert from "node:assert/strict";
import type { Observation } from "../analysis/dsl/observation.ts";
import { observation } from "../tests/support/server_parts.ts";
import type { SessionCamera } from "./session_format.ts";
import { SessionReel } from "./session_reel.ts";

const BLOB = {
  id: 1,
  x: 0.5,
  y: 0.5,
  w: 0.1,
  h: 0.2,
  vx: 0,
  vy: 0,
  vxPerS: 0,
  vyPerS: 0,
  coast: 0,
};
const TRACK = { blob: 1, frames: 1, dist: 0, speed: 0, speedPerS: 0 };
const MOVES = { blobs: [BLOB], tracks: [{ ...TRACK, moving: true }] };
const STANDS = { blobs: [BLOB], tracks: [{ ...TRACK, moving: false }] };

/** Ten frames a second, `seconds` of each. */
function record(
  reel: SessionReel,
  ...parts: readonly (readonly [seconds: number, what: Partial<Observation>])[]
): number {
  let [frame, stillsWanted] = [0, 0];
  for (const [seconds, what] of parts) {
    for (let i = 0; i < seconds * 10; i++) {
      if (reel.observed(observation(++frame, what)).wantsStill) stillsWanted++;
    }
  }
  return stillsWanted;
}

function read(reel: SessionReel): SessionCamera {
  return JSON.parse([...reel.json()].join(""));
}

Deno.test("SessionReel keeps every frame of a movement, one a second of what stands", () => {
  const reel = new SessionReel("gate");
  record(reel, [3, MOVES]);
  assert.equal(reel.frames.length, 30);
  record(reel, [5, STANDS]);
  assert.ok(reel.frames.length <= 30 + 6, `${reel.frames.length}`);
});

Deno.test("SessionReel keeps a heartbeat of nothing, and when something went", () => {
  const reel = new SessionReel("gate");
  record(reel, [1, MOVES], [60, {}]);
  const { frames } = read(reel);
  assert.equal(frames[10]![2].length, 0, "at once");
  assert.equal(frames.length, 10 + 1 + 5 + 1);
  assert.equal(frames.at(-1)![0], observation(610).tMs, "as far as the session came");
});

Deno.test("SessionReel wants a still a second while something moves, one a minute else", () => {
  assert.equal(record(new SessionReel("gate"), [10, MOVES]), 10);
  assert.equal(record(new SessionReel("gate"), [150, {}]), 3);
});

Deno.test("SessionReel finds a still's place in time by its frame, each one once", () => {
  const reel = new SessionReel("gate");
  const newest = observation(100);
  reel.observed(newest);
  reel.still(newest.ptsUs - 400_000, "A");
  reel.still(newest.ptsUs - 400_000, "A");
  reel.still(newest.ptsUs - 99_000_000, "B");
  assert.deepEqual(read(reel).stills, [[newest.tMs - 400, "A"], [newest.tMs, "B"]]);
});

Deno.test("SessionReel writes hostile names as JSON that cannot end its element", () => {
  const reel = new SessionReel("</script><script>alert(1)</script>");
  const zone = "<!--";
  reel.observed(observation(1, {
    events: [{ type: "ENTER", blob: 1, dir: "LEFT", zone }],
    states: [{ state: "offline", sinceMs: 5 }],
  }));
  assert.doesNotMatch([...reel.json()].join(""), /</);
  const { camera, events, states } = read(reel);
  assert.equal(camera, "</script><script>alert(1)</script>");
  assert.equal(events[0]!.event.zone, zone);
  assert.equal(states[0]!.state, "offline");
});

Deno.test("SessionReel bounds its events and counts what it gave up", () => {
  const reel = new SessionReel("gate");
  const event = { type: "MOVE", blob: 1, dir: "LEFT" } as const;
  record(reel, [350, { events: [event] }]);
  assert.equal(read(reel).events.length, 3_000);
  assert.equal(reel.eventsDropped, 500);
});

Deno.test("SessionReel keeps the last class of each track, and a page without it is old", () => {
  const reel = new SessionReel("gate");
  record(reel, [1, {}]);
  const said = (
    blob: number,
    score: number,
  ) => ({ blob, class: "person", score } as const);
  const heard = reel.observed(observation(11, { classes: [said(1, 0.5), said(2, 0.7)] }));
  assert.equal(heard.changed, true);
  reel.observed(observation(12, { classes: [said(1, 0.9)] }));
  assert.deepEqual(read(reel).classes, [said(2, 0.7), said(1, 0.9)]);
});

Deno.test("SessionReel forgets the class that was said longest ago", () => {
  const reel = new SessionReel("gate");
  for (let blob = 1; blob <= 3_001; blob++) {
    reel.observed(observation(blob, { classes: [{ blob, class: "bike", score: 0.9 }] }));
  }
  const { classes } = read(reel);
  assert.deepEqual([classes!.length, classes![0]!.blob], [3_000, 2]);
});
