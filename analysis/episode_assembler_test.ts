import assert from "node:assert/strict";
import fc from "fast-check";
import { arbitraryObservation } from "../tests/support/arbitrary_observation.ts";
import type { Episode, EpisodeChange } from "./dsl/episode.ts";
import { formatEpisodes, inOrderOfStart } from "./dsl/episode.ts";
import type { CauseLine, MotionEvent, Observation } from "./dsl/observation.ts";
import { formatObservation } from "./dsl/text_format.ts";
import { parseText } from "./dsl/text_parse.ts";
import { EpisodeAssembler, LOST_MS, REJOIN_MS, TRACKS_MAX } from "./episode_assembler.ts";
import { parseZone } from "./place_text.ts";

/** 25 frames a second. */
const FRAME_MS = 40;
const LEFT_HALF = parseZone("left=0,0,.5,0,.5,1,0,1");
const FLOOR = parseZone("floor=0,.8,1,.8,1,1,0,1");

/** What happens in a frame; the box is .1 x .2 and stands at `at`. */
interface Scene {
  readonly at?: Readonly<Record<number, number>>;
  readonly coasting?: readonly number[];
  readonly events?: readonly MotionEvent[];
  readonly causes?: readonly CauseLine[];
}

function observe(frame: number, { at = {}, coasting = [], ...rest }: Scene): Observation {
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  const blobs = Object.entries(at).map(([id, x]) => ({
    ...{ id: Number(id), x, y: 0.7, w: 0.1, h: 0.2, ...speeds },
    coast: coasting.includes(Number(id)) ? 1 : 0,
  }));
  return {
    ...{ frame, tMs: (frame - 1) * FRAME_MS, ptsUs: (frame - 1) * FRAME_MS * 1_000 },
    ...{ skipped: 0, motionPct: 1, regions: blobs.length, blobs, edges: [], tracks: [] },
    ...{ events: [], causes: [], states: [], ...rest },
  };
}

function event(
  type: MotionEvent["type"],
  blob: number,
  more: Partial<MotionEvent> & { since?: number } = {},
): MotionEvent {
  const { since, ...rest } = more;
  const when = since === undefined
    ? {}
    : { sinceFrame: since, sinceMs: (since - 1) * FRAME_MS };
  return { type, blob, dir: "STATIC", ...when, ...rest };
}

/** Plays frames 1 … `frames` and gives the closed episodes in the order of the file. */
function play(
  frames: number,
  scenes: Readonly<Record<number, Scene>> | ((frame: number) => Scene),
  options: { zones?: (typeof FLOOR)[]; judge?: "foot" | "touch" } = {},
): readonly Episode[] {
  const assembler = new EpisodeAssembler({ zones: [], judge: "foot", ...options });
  const changes: EpisodeChange[] = [];
  for (let frame = 1; frame <= frames; frame++) {
    const scene = typeof scenes === "function" ? scenes(frame) : scenes[frame] ?? {};
    changes.push(...assembler.step(observe(frame, scene)));
  }
  changes.push(...assembler.finish());
  return closedOf(changes);
}

function closedOf(changes: readonly EpisodeChange[]): readonly Episode[] {
  const closed = changes.filter(({ kind }) => kind === "closed");
  return inOrderOfStart(closed.map(({ episode }) => episode));
}

function spans(episodes: readonly Episode[]): readonly unknown[] {
  return episodes.map(({ track, zone, startFrame, endFrame, enter, exit }) => [
    ...[track, zone, startFrame, endFrame, enter, exit],
  ]);
}

Deno.test("an episode goes from the first evidence to the last, both back-dated", () => {
  const episodes = play(60, (frame) => ({
    at: frame >= 8 && frame <= 40 ? { 3: 0.3 } : {},
    coasting: frame > 30 ? [3] : [],
    events: [
      ...(frame === 8 ? [event("ENTER", 3, { dir: "LEFT", since: 5 })] : []),
      ...(frame === 41 ? [event("EXIT", 3, { dir: "RIGHT", since: 30 })] : []),
    ],
  }));
  assert.deepEqual(episodes, [{
    ...{ id: 1, track: 3, zone: null, startMs: 160, endMs: 1_160 },
    ...{ startFrame: 5, endFrame: 30, enter: "ENTER LEFT", exit: "EXIT RIGHT" },
    ...{ cause: null, suppressed: null },
  }]);
});

Deno.test("EXIT closes at once, DISAPPEAR only when nobody came back", () => {
  const assembler = new EpisodeAssembler({ zones: [], judge: "foot" });
  const at = { 1: 0.2, 2: 0.6 };
  assembler.step(observe(1, { at, events: [event("APPEAR", 1), event("APPEAR", 2)] }));
  const events = [event("EXIT", 1, { since: 1 }), event("DISAPPEAR", 2, { since: 1 })];
  const closedAt = new Map<number, number>();
  for (let frame = 2; frame < 300; frame++) {
    const scene = frame === 10 ? { events } : {};
    for (const { kind, episode } of assembler.step(observe(frame, scene))) {
      if (kind === "closed") closedAt.set(episode.track, frame);
    }
  }
  assert.deepEqual([...closedAt], [[1, 10], [2, REJOIN_MS / FRAME_MS + 2]]);
});

function vanishAndReturn(gapFrames: number): readonly Episode[] {
  const back = 20 + gapFrames;
  return play(back + 20, (frame) => ({
    at: frame <= 20 || frame >= back ? { 7: 0.2 } : {},
    events: [
      ...(frame === 1 ? [event("APPEAR", 7, { since: 1 })] : []),
      ...(frame === 30 ? [event("DISAPPEAR", 7, { since: 20 })] : []),
      ...(frame === back ? [event("APPEAR", 7, { since: back })] : []),
    ],
  }), { zones: [LEFT_HALF] });
}

Deno.test("one who vanishes and returns in time is one episode, in the zone too", () => {
  assert.deepEqual(spans(vanishAndReturn(REJOIN_MS / FRAME_MS)), [
    [7, null, 1, 40 + REJOIN_MS / FRAME_MS, "APPEAR", null],
    [7, "left", 1, 40 + REJOIN_MS / FRAME_MS, "APPEAR", null],
  ]);
});

Deno.test("one who returns too late is a second episode of the same track", () => {
  const back = 21 + REJOIN_MS / FRAME_MS;
  assert.deepEqual(spans(vanishAndReturn(back - 20)), [
    [7, null, 1, 20, "APPEAR", "DISAPPEAR"],
    [7, "left", 1, 20, "APPEAR", "DISAPPEAR"],
    [7, null, back, back + 20, "APPEAR", null],
    [7, "left", back, back + 20, "APPEAR", null],
  ]);
});

Deno.test("one who left over an edge and enters again is a second episode", () => {
  const episodes = play(20, {
    1: { at: { 1: 0.1 }, events: [event("ENTER", 1, { dir: "LEFT" })] },
    5: { events: [event("EXIT", 1, { dir: "LEFT", since: 1 })] },
    10: { at: { 1: 0.1 }, events: [event("ENTER", 1, { dir: "LEFT", since: 9 })] },
  });
  assert.deepEqual(spans(episodes), [
    [1, null, 1, 1, "ENTER LEFT", "EXIT LEFT"],
    [1, null, 9, 10, "ENTER LEFT", null],
  ]);
});

Deno.test("a stay out of sight behind something is no end", () => {
  const seen = (frame: number) => frame <= 10 || frame >= 500;
  const episodes = play(510, (frame) => ({
    at: seen(frame) ? { 1: 0.2 } : {},
    events: frame === 1 ? [event("ENTER", 1, { dir: "UP" })] : [],
  }), { zones: [LEFT_HALF] });
  assert.deepEqual(spans(episodes), [
    [1, null, 1, 510, "ENTER UP", null],
    [1, "left", 1, 510, "ENTER UP", null],
  ]);
});

Deno.test("MOVE, STOP and events about a zone split nothing and end nothing", () => {
  const episodes = play(10, (frame) => ({
    at: { 1: 0.2 },
    events: frame === 5
      ? [
        event("STOP", 1),
        event("MOVE", 1),
        event("EXIT", 1, { zone: "gate" }),
        event("ENTER", 1, { zone: "gate" }),
      ]
      : [],
  }));
  assert.deepEqual(spans(episodes), [[1, null, 1, 10, null, null]]);
});

/** One walker whose x is given frame by frame; 0.3 is in the left half, 0.7 is not. */
function walk(xs: readonly number[], judge: "foot" | "touch" = "foot") {
  const zones = [LEFT_HALF];
  const episodes = play(xs.length, (frame) => ({
    at: { 1: xs[frame - 1]! },
    events: frame === 1 ? [event("ENTER", 1, { dir: "RIGHT", since: 1 })] : [],
  }), { zones, judge });
  return spans(episodes.filter(({ zone }) => zone !== null));
}

function steps(x: number, frames: number): readonly number[] {
  return Array.from({ length: frames }, () => x);
}

Deno.test("a stay in a zone begins at its border and ends where it was last inside", () => {
  const walked = walk([...steps(0.7, 10), ...steps(0.3, 20), ...steps(0.7, 30)]);
  assert.deepEqual(walked, [[1, "left", 11, 30, "ENTER", "EXIT"]]);
});

Deno.test("trembling at the border does not split a stay, leaving does", () => {
  const inside = steps(0.3, 10);
  assert.deepEqual(walk([...inside, ...steps(0.7, 17), ...inside]), [
    [1, "left", 1, 37, "ENTER RIGHT", null],
  ]);
  assert.deepEqual(walk([...inside, ...steps(0.7, 20), ...inside]), [
    [1, "left", 1, 10, "ENTER RIGHT", "EXIT"],
    [1, "left", 31, 40, "ENTER", null],
  ]);
});

Deno.test("the judge decides: a box touches a zone before its foot is in", () => {
  const xs = [0.6, 0.55, 0.5, 0.45, 0.5, 0.55, 0.6];
  assert.deepEqual(walk(xs, "foot"), [[1, "left", 3, 5, "ENTER", "EXIT"]]);
  assert.deepEqual(walk(xs, "touch"), [[1, "left", 2, 6, "ENTER", "EXIT"]]);
});

Deno.test("a track that begins in a zone has its stay back-dated with it", () => {
  const episodes = play(20, (frame) => ({
    at: frame >= 6 ? { 1: 0.2 } : {},
    events: frame === 6 ? [event("APPEAR", 1, { since: 3 })] : [],
  }), { zones: [LEFT_HALF, FLOOR] });
  assert.deepEqual(spans(episodes), [
    [1, null, 3, 20, "APPEAR", null],
    [1, "left", 3, 20, "APPEAR", null],
    [1, "floor", 3, 20, "APPEAR", null],
  ]);
});

Deno.test("a track that ends in a zone ends there as it ends in the picture", () => {
  const episodes = play(20, (frame) => ({
    at: frame <= 10 ? { 1: 0.2 } : {},
    events: frame === 14 ? [event("EXIT", 1, { dir: "LEFT", since: 10 })] : [],
  }), { zones: [LEFT_HALF] });
  assert.deepEqual(spans(episodes), [
    [1, null, 1, 10, null, "EXIT LEFT"],
    [1, "left", 1, 10, null, "EXIT LEFT"],
  ]);
});

Deno.test("coasting is no evidence: it opens nothing and enters no zone", () => {
  const episodes = play(40, (frame) => ({
    at: { 1: frame <= 20 ? 0.7 : 0.3, 2: 0.3 },
    coasting: frame > 20 ? [1, 2] : [2],
  }), { zones: [LEFT_HALF] });
  assert.deepEqual(spans(episodes), [[1, null, 1, 20, null, null]]);
});

Deno.test("the last CAUSE about a track says why, and whether it is kept quiet", () => {
  const cause = (score: number, suppressed: boolean, word: CauseLine["cause"]) => ({
    ...{ cause: word, score, blob: 1, suppressed },
  });
  const quiet = play(9, (frame) => ({
    at: { 1: 0.2 },
    causes: frame === 3 ? [cause(0.4, false, "sway"), cause(0.9, true, "light")] : [],
  }));
  assert.deepEqual([quiet[0]?.cause, quiet[0]?.suppressed], ["light", "light"]);
  const released = play(9, (frame) => ({
    at: { 1: 0.2 },
    causes: frame === 3
      ? [cause(0.9, true, "light")]
      : frame === 5
      ? [cause(0.6, false, "headlight"), { cause: "rain", score: 1, suppressed: true }]
      : [],
  }));
  assert.deepEqual([released[0]?.cause, released[0]?.suppressed], ["headlight", null]);
});

Deno.test("a track whose end was lost is closed when it is long unseen", () => {
  const episodes = play(LOST_MS / FRAME_MS + 20, (frame) => ({
    at: frame <= 5 ? { 1: 0.2 } : {},
  }));
  assert.deepEqual(spans(episodes), [[1, null, 1, 5, null, null]]);
});

Deno.test("a stream that never ends a track keeps no more than the cap", () => {
  const assembler = new EpisodeAssembler({ zones: [FLOOR], judge: "touch" });
  let open = 0;
  let most = 0;
  for (let frame = 1; frame <= 3 * TRACKS_MAX; frame++) {
    for (const { kind } of assembler.step(observe(frame, { at: { [frame]: 0.5 } }))) {
      open += kind === "opened" ? 1 : -1;
    }
    most = Math.max(most, open);
  }
  assert.equal(most, 2 * TRACKS_MAX);
});

Deno.test("whatever comes, each episode opens once, closes once and spans its zones", () => {
  const stream = fc.array(
    fc.oneof(arbitraryObservation, arbitraryScene.map((scene) => observe(1, scene))),
    { maxLength: 40, size: "max" },
  );
  fc.assert(fc.property(stream, (observations) => {
    const changes = assemble(inTime(observations));
    const opened = changes.filter(({ kind }) => kind === "opened");
    const closed = changes.filter(({ kind }) => kind === "closed");
    const ids = (some: typeof changes) =>
      some.map(({ episode }) => episode.id).sort((a, b) => a - b);
    assert.deepEqual(ids(closed), ids(opened));
    assert.deepEqual(ids(opened), opened.map((_, index) => index + 1));
    for (const { episode } of closed) {
      assert(episode.startFrame <= episode.endFrame);
      assert(episode.startMs <= episode.endMs);
      if (episode.zone !== null) assert(closed.some((other) => spansIt(other, episode)));
    }
  }));
});

Deno.test("episodes made from the written DSL are those made live", () => {
  const stream = fc.array(arbitraryScene, { maxLength: 60, size: "max" });
  fc.assert(fc.property(stream, (scenes) => {
    const live = inTime(scenes.map((scene) => observe(1, scene)));
    const { entries } = parseText(live.map(formatObservation).join(""));
    const replayed = entries.flatMap((entry) =>
      entry.kind === "frame" ? [entry.observation] : []
    );
    assert.deepEqual(assemble(replayed), assemble(live));
  }));
});

Deno.test("formatEpisodes() writes a JSON array ordered by start, one a line", () => {
  assert.equal(formatEpisodes([]), "[]\n");
  const rows = play(5, {
    1: { at: { 1: 0.2 } },
    2: { at: { 2: 0.2 }, events: [event("APPEAR", 2)] },
  });
  assert.equal(
    formatEpisodes(rows.toReversed()),
    `[
  {"id":1,"track":1,"zone":null,"startMs":0,"endMs":0,"startFrame":1,"endFrame":1,` +
      `"enter":null,"exit":null,"cause":null,"suppressed":null,` +
      `"class":null,"classScore":null,"classState":"off","classDetail":null},
  {"id":2,"track":2,"zone":null,"startMs":40,"endMs":40,"startFrame":2,"endFrame":2,` +
      `"enter":"APPEAR","exit":null,"cause":null,"suppressed":null,` +
      `"class":null,"classScore":null,"classState":"off","classDetail":null}
]
`,
  );
});

const arbitraryScene: fc.Arbitrary<Scene> = fc.record({
  at: fc.dictionary(
    fc.constantFrom("1", "2", "3"),
    fc.integer({ min: 0, max: 1_000 }).map((steps) => steps / 1_000),
    { noNullPrototype: true },
  ),
  coasting: fc.subarray([1, 2, 3]),
  events: fc.array(
    fc.record({
      type: fc.constantFrom("ENTER", "APPEAR", "EXIT", "DISAPPEAR", "STOP"),
      blob: fc.integer({ min: 1, max: 3 }),
      dir: fc.constantFrom("LEFT", "STATIC"),
    }, { noNullPrototype: true }) as fc.Arbitrary<MotionEvent>,
    { maxLength: 2 },
  ),
}, { noNullPrototype: true });

/** The same observations as frames 1, 2, 3 … with uneven times between them. */
function inTime(observations: readonly Observation[]): readonly Observation[] {
  return observations.map((observation, index) => ({
    ...observation,
    frame: index + 1,
    tMs: index * 40 + (index > 20 ? 3_900 : 0),
  }));
}

function assemble(observations: readonly Observation[]): readonly EpisodeChange[] {
  const assembler = new EpisodeAssembler({ zones: [LEFT_HALF, FLOOR], judge: "touch" });
  const changes = observations.flatMap((observation) => assembler.step(observation));
  return [...changes, ...assembler.finish()];
}

function spansIt({ episode }: EpisodeChange, inner: Episode): boolean {
  return episode.zone === null && episode.track === inner.track &&
    episode.startFrame <= inner.startFrame && episode.endFrame >= inner.endFrame;
}

Deno.test("EpisodeAssembler keeps how long a stay lasted when the clock is set", () => {
  for (const stepMs of [10_800_000, -10_800_000]) {
    const assembler = new EpisodeAssembler({ zones: [LEFT_HALF], judge: "foot" });
    const changes: EpisodeChange[] = [];
    for (let frame = 1; frame <= 400; frame++) {
      const isAfter = frame > 100;
      if (frame === 101) assembler.shift(stepMs);
      const scene = frame <= 200 ? { at: { 1: 0.2 } } : {};
      const events = frame === 1 ? [event("APPEAR", 1)] : frame === 201
        ? [{
          ...event("DISAPPEAR", 1),
          sinceFrame: 200,
          sinceMs: 199 * FRAME_MS + stepMs,
        }]
        : [];
      const seen = observe(frame, { ...scene, events });
      const tMs = seen.tMs + (isAfter ? stepMs : 0);
      changes.push(...assembler.step({ ...seen, tMs }));
    }
    const closed = [...changes, ...assembler.finish()]
      .filter(({ kind }) => kind === "closed").map(({ episode }) => episode);
    assert.deepEqual(
      closed.map(({ zone, startMs, endMs }) => [zone, startMs - stepMs, endMs - stepMs]),
      [["left", 0, 199 * FRAME_MS], [null, 0, 199 * FRAME_MS]],
      `${stepMs}`,
    );
  }
});
