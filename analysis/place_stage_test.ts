import assert from "node:assert/strict";
import fc from "fast-check";
import { arbitraryObservation } from "../tests/support/arbitrary_observation.ts";
import type { EpisodeChange } from "./dsl/episode.ts";
import type { Blob, Observation } from "./dsl/observation.ts";
import { formatObservation } from "./dsl/text_format.ts";
import { NO_PLACES, type PlaceSettings, PlaceStage } from "./place_stage.ts";
import { parseZone } from "./place_text.ts";

const PORCH = parseZone("porch=.4,0,.6,0,.6,1,.4,1");
const FENCE = {
  name: "fence",
  points: [{ x: 0.5, y: 0 }, { x: 0.5, y: 1 }],
  direction: "both",
} as const;

/** Ten frames a second: one walks from left to right, its box as high as told. */
function frames(heightAt: (x: number) => number, more: Partial<Blob> = {}) {
  return Array.from({ length: 21 }, (_, i): Observation => {
    const x = i / 20;
    const h = heightAt(x);
    const speeds = { vx: 0.05, vy: 0, vxPerS: 0.5, vyPerS: 0 };
    const blob = { id: 1, x, y: 0.6, w: 0.02, h, ...speeds, coast: 0, ...more };
    return {
      ...{ frame: i + 1, tMs: 100 * i, ptsUs: 100_000 * i, skipped: 0, motionPct: 1 },
      ...{ regions: 1, blobs: [blob], edges: [], tracks: [], causes: [], states: [] },
      events: i === 0
        ? [{ type: "ENTER", blob: 1, dir: "LEFT" }]
        : i === 20
        ? [{ type: "EXIT", blob: 1, dir: "RIGHT" }]
        : [],
    };
  });
}

function play(settings: Partial<PlaceSettings>, observations: readonly Observation[]) {
  const stage = new PlaceStage({ ...NO_PLACES, ...settings });
  const changes: EpisodeChange[] = [];
  const events: string[] = [];
  for (const given of observations) {
    const { observation, changes: more } = stage.step(given);
    changes.push(...more);
    for (const { type, dir, zone, line } of observation.events) {
      events.push([given.frame, type, dir, zone, line].filter(Boolean).join(" "));
    }
  }
  changes.push(...stage.finish());
  return { changes, events, told: changes.map(wordsOf) };
}

function wordsOf({ kind, episode }: EpisodeChange): string {
  const { zone, startFrame, endFrame, suppressed } = episode;
  return [kind, zone ?? "picture", `${startFrame}-${endFrame}`, suppressed]
    .filter((word) => word !== null).join(" ");
}

Deno.test("PlaceStage tells zones that are entered and left, and lines that are crossed", () => {
  const { events, told } = play({ zones: [PORCH], lines: [FENCE] }, frames(() => 0.2));
  assert.deepEqual(events, [
    "1 ENTER LEFT",
    "9 ENTER RIGHT porch",
    "12 CROSS RIGHT fence",
    "21 EXIT RIGHT",
    "21 EXIT RIGHT porch",
  ]);
  assert.deepEqual(told, [
    "opened picture 1-1",
    "opened porch 9-9",
    "closed porch 9-13",
    "closed picture 1-21",
  ]);
});

Deno.test("PlaceStage replays what it told with other places, and with the same to the same", () => {
  const stage = new PlaceStage({ ...NO_PLACES, zones: [PORCH], lines: [FENCE] });
  const told = frames(() => 0.2).map((given) => stage.step(given).observation);
  const settings = { zones: [PORCH], lines: [FENCE] };
  assert.deepEqual(play(settings, told), play(settings, frames(() => 0.2)));
  assert.deepEqual(play({}, told).events, ["1 ENTER LEFT", "21 EXIT RIGHT"]);
});

Deno.test("PlaceStage hands an observation on untouched where nobody has set a place", () => {
  const stage = new PlaceStage(NO_PLACES);
  for (const given of frames(() => 0.2)) {
    assert.equal(stage.step(given).observation, given);
  }
});

Deno.test("PlaceStage tells of what grows when it is large enough, from its beginning", () => {
  const sizeMin = { upper: 0.15, lower: 0.15 };
  const { events, told } = play(
    { sizeMin, zones: [PORCH], lines: [FENCE] },
    frames((x) => x < 0.45 ? 0.1 : 0.2),
  );
  assert.deepEqual(told.slice(0, 2), ["opened picture 1-10", "opened porch 9-10"]);
  assert.ok(events.includes("12 CROSS RIGHT fence"));
});

Deno.test("PlaceStage keeps what stays small in a lane of its own, and crosses no line with it", () => {
  const sizeMin = { upper: 0.3, lower: 0.3 };
  const { events, told } = play(
    { sizeMin, zones: [PORCH], lines: [FENCE] },
    frames(() => 0.2),
  );
  assert.deepEqual(events, ["1 ENTER LEFT", "21 EXIT RIGHT"]);
  assert.deepEqual(told, [
    "opened porch 9-9 small",
    "closed porch 9-13 small",
    "opened picture 1-1 small",
    "closed picture 1-21 small",
  ]);
});

Deno.test("PlaceStage asks less of what is far: the least size follows the foot", () => {
  const sizeMin = { upper: 0.05, lower: 0.35 }; // at a foot of .7: .26
  assert.ok(play({ sizeMin }, frames(() => 0.2)).told.at(-1)?.endsWith(" small"));
  const far = frames(() => 0.2, { y: 0.2 }); // at a foot of .3: .14
  assert.equal(play({ sizeMin }, far).told.at(-1), "closed picture 1-21");
});

Deno.test("PlaceStage takes the zone's own least size in the zone", () => {
  const zones = [{ ...PORCH, sizeMin: 0.1 }];
  const { told } = play(
    { zones, sizeMin: { upper: 0.3, lower: 0.3 } },
    frames(() => 0.2),
  );
  assert.deepEqual(told, [
    "opened porch 9-9",
    "closed porch 9-13",
    "opened picture 1-1 small",
    "closed picture 1-21 small",
  ]);
});

Deno.test("PlaceStage tells no place of what is kept quiet", () => {
  const quiet = frames(() => 0.2, { suppressed: "sway" });
  const { events, told } = play({ zones: [PORCH], lines: [FENCE] }, quiet);
  assert.deepEqual(events, ["1 ENTER LEFT", "21 EXIT RIGHT"]);
  assert.ok(
    told.filter((words) => words.startsWith("closed"))
      .every((words) => words.endsWith(" sway")),
  );
});

Deno.test("PlaceStage gives observations that can be written, whatever comes in", () => {
  const settings = { ...NO_PLACES, zones: [PORCH], lines: [FENCE] };
  const many = fc.array(arbitraryObservation, { maxLength: 12 });
  fc.assert(fc.property(many, (observations) => {
    const stage = new PlaceStage(settings);
    let open = 0;
    const count = (changes: readonly EpisodeChange[]) => {
      for (const { kind } of changes) {
        if (kind !== "classified") open += kind === "opened" ? 1 : -1;
      }
    };
    for (const given of observations) {
      const { observation, changes } = stage.step(given);
      count(changes);
      assert.match(formatObservation(observation), /^FRAME /);
    }
    count(stage.finish());
    assert.equal(open, 0, "each is opened once and closed once");
  }));
});

Deno.test("PlaceStage tells no ENTER of who goes on in a zone after a restart, and his EXIT", () => {
  const all = frames(() => 0.2);
  // The first program saw him come; the next begins while he is in the porch.
  const { changes, events } = play({ zones: [PORCH] }, all.slice(10));
  assert.deepEqual(events.filter((event) => event.includes("porch")).length, 1);
  const opened = changes.filter(({ kind }) => kind === "opened");
  assert.deepEqual(opened.map(({ episode }) => episode.enter), [null, null]);
});

Deno.test("PlaceStage tells no EXIT of what became a part of the scene in its zone", () => {
  const standing = frames(() => 0.2).slice(0, 12);
  const last = standing.at(-1)!;
  const absorbed: Observation = {
    ...{ ...last, frame: 13, tMs: 1_200, ptsUs: 1_200_000, blobs: [], events: [] },
    causes: [{ cause: "absorbed", score: 1, blob: 1, suppressed: false }],
  };
  const { changes, events } = play({ zones: [PORCH] }, [...standing, absorbed]);
  const closed = changes.filter(({ kind }) => kind === "closed");
  assert.deepEqual(
    closed.map(({ episode }) => [episode.zone, episode.exit, episode.cause]),
    [["porch", null, "absorbed"], [null, null, "absorbed"]],
  );
  assert.equal(events.filter((event) => event.includes("EXIT")).length, 0);
});

Deno.test("PlaceStage dates who is confirmed late in a zone back to when its speed brought it in", () => {
  const [first] = frames(() => 0.2);
  const seen = { ...first!.blobs[0]!, x: 0.42, vxPerS: -0.2, vx: -0.02 };
  const late: Observation = {
    ...{ ...first!, frame: 21, tMs: 2_000, ptsUs: 2_000_000, blobs: [seen] },
    events: [{ type: "APPEAR", blob: 1, dir: "LEFT", sinceMs: 0, sinceFrame: 1 }],
  };
  const { changes } = play({ zones: [PORCH] }, [late]);
  const zoned = changes.filter(({ kind, episode }) => kind === "opened" && episode.zone);
  const [{ episode } = assert.fail("nobody is in the porch")] = zoned;
  // It came over the porch's right side, .18 away at .2 a second.
  assert.equal(episode.enter, "ENTER");
  assert.ok(Math.abs(episode.startMs - 1_100) <= 130, `${episode.startMs} ms`);
  assert.ok(Math.abs(episode.startFrame - 12) <= 2, `frame ${episode.startFrame}`);
});

/** One walks out of the porch and stands beside it, or is out of sight there. */
function leaving(isHidden: boolean): Observation[] {
  return frames(() => 0.2).map((observation, i): Observation => {
    const blobs = observation.blobs.flatMap((blob) =>
      i < 14 ? [blob] : isHidden ? [] : [{ ...blob, x: 0.65, vx: 0, vxPerS: 0, coast: 0 }]
    );
    const events = i === 20
      ? [{ type: "DISAPPEAR", blob: 1, dir: "STATIC" } as const]
      : observation.events;
    return { ...observation, blobs, events };
  });
}

Deno.test("PlaceStage tells the way on which a zone was left, though one stands by then", () => {
  const film = leaving(false).slice(0, 20);
  const later = [1, 2, 3].map((n) => ({
    ...film.at(-1)!,
    ...{ frame: 20 + n, tMs: 1_900 + 100 * n },
  }));
  const { events } = play({ zones: [PORCH] }, [...film, ...later]);
  assert.ok(events.some((words) => /EXIT RIGHT porch/.test(words)), `${events}`);
});

Deno.test("PlaceStage tells the way of one who was lost from sight beside the zone", () => {
  const film = leaving(true);
  const later = film.at(-1)!;
  const after = [1, 2, 3].map((n) => ({
    ...later,
    ...{ frame: 21 + n, tMs: 2_000 + 6_000 * n, events: [] },
  }));
  const { events } = play({ zones: [PORCH] }, [...film, ...after]);
  assert.ok(events.some((words) => /EXIT RIGHT porch/.test(words)), `${events}`);
});
