import assert from "node:assert/strict";
import { frameBytes } from "../capture/frame/frame.ts";
import { Analyzer } from "./analyzer.ts";
import type { Observation } from "./dsl/observation.ts";
import { keepAnalysis, ofAnotherProgram, openKept, ownerOf } from "./kept_analysis.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import { sinceKept } from "./resumption.ts";
import { bytesIn, wholeSnapshot } from "./snapshot.ts";

const FORMAT = { width: 160, height: 120 };
const FRAME_MS = 100;

/** A still, textured scene with a person of grey `tone` at `x`, or none. */
function drawn(x?: number, offset = 0): Uint8Array {
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  for (let row = 0; row < FORMAT.height; row++) {
    for (let column = 0; column < FORMAT.width; column++) {
      const texture = (column * 7 + row * 13) % 23 + ((column >> 4) + (row >> 4)) * 4;
      pixels[row * FORMAT.width + column] = 70 + texture + offset;
    }
  }
  if (x === undefined) return pixels;
  for (let row = 60; row < 100; row++) {
    for (let column = Math.round(x); column < x + 16; column++) {
      pixels[row * FORMAT.width + column] = 220 - (row % 5);
    }
  }
  return pixels;
}

function analyser(firstTrack = 1): Analyzer {
  const made = { camera: "gate", format: FORMAT, fps: 10, clock: "utc" } as const;
  return new Analyzer({ ...made, kernels: kernelsTs, firstTrack });
}

/** Feeds frames `from` … `to` of somebody who walks to x = 80 and stays there. */
function feed(to: Analyzer, from: number, until: number): Observation[] {
  const told: Observation[] = [];
  for (let number = from; number <= until; number++) {
    told.push(to.step(frameOf(number, placeAt(number))));
  }
  return told;
}

function placeAt(number: number): number | undefined {
  return number < 30 ? undefined : Math.min(80, (number - 30) * 3);
}

function frameOf(number: number, x: number | undefined, offset = 0) {
  const tMs = number * FRAME_MS;
  return {
    pixels: drawn(x, offset),
    ...{ ptsUs: tMs * 1_000, tMs, number, skipped: 0, doubtful: false },
  };
}

/** Until frame 100: somebody has stood for some seconds. */
function stood(): { readonly before: Analyzer; readonly id: number } {
  const before = analyser();
  const last = feed(before, 1, 100).at(-1)!;
  assert.equal(last.blobs.length, 1, "one stands there");
  return { before, id: last.blobs[0]!.id };
}

Deno.test("a successor goes on with the scene, and with the id of who stands there", () => {
  const { before, id } = stood();
  const after = analyser();
  assert.equal(after.restore(wholeSnapshot(before.snapshot())), true);
  const told = feed(after, 120, 150);
  assert.equal(told[0]!.motionPct < 8, true, `${told[0]!.motionPct} % in motion`);
  assert.deepEqual(
    new Set(told.flatMap(({ blobs }) => blobs.map((b) => b.id))),
    new Set([id]),
  );
  const arrivals = told.flatMap(({ events }) => events)
    .filter(({ type }) => type === "ENTER" || type === "APPEAR");
  assert.deepEqual(arrivals, [], "nobody has come");
});

Deno.test("a snapshot copies nothing of the model: it is the analyser's own memory", () => {
  const { before } = stood();
  const again = before.snapshot();
  const owned = new Set(before.snapshot().map(({ buffer }) => buffer));
  const copied = again.filter(({ buffer }) => !owned.has(buffer));
  assert.ok(bytesIn(copied) < 20_000, `${bytesIn(copied)} bytes are copied`);
  assert.ok(bytesIn(again) > 100_000, `of ${bytesIn(again)}`);
});

Deno.test("who stood is the same one after a long time away", () => {
  const { before, id } = stood();
  const after = analyser();
  after.restore(wholeSnapshot(before.snapshot()));
  const told = feed(after, 700, 720);
  assert.deepEqual(told.at(-1)!.blobs.map((blob) => blob.id), [id]);
});

/** Who walks until frame 45 and stands then; kept at 48, before that is told. */
function walkerStops(restored: (bytes: Uint8Array) => Uint8Array, renumberedBy: number) {
  const walk = (number: number) =>
    frameOf(number, number < 30 ? undefined : Math.min(45, (number - 30) * 3));
  const before = analyser();
  for (let number = 1; number <= 48; number++) before.step(walk(number));
  const after = analyser();
  assert.equal(after.restore(restored(wholeSnapshot(before.snapshot()))), true);
  const events = [];
  for (let number = 50; number < 90; number++) {
    const frame = walk(number);
    events.push(...after.step({ ...frame, number: number - renumberedBy }).events);
  }
  return events.filter(({ type }) => type === "STOP");
}

Deno.test("who is known from before has stopped when he stopped, not when he first came", () => {
  const [stop, ...more] = walkerStops((bytes) => bytes, 0);
  assert.deepEqual(more, []);
  assert.ok(stop?.sinceMs !== undefined && stop.sinceMs >= 4_400, JSON.stringify(stop));
});

Deno.test("no event points into the frames of another program", () => {
  const another = (bytes: Uint8Array) => {
    const owner = ownerOf(analyser().header);
    const opened = openKept(bytes, owner);
    assert.ok("kept" in opened);
    const { data, planes } = ofAnotherProgram(opened.kept);
    return wholeSnapshot(keepAnalysis(owner, { data, planes: [planes] }));
  };
  const stops = walkerStops(another, 49);
  assert.deepEqual(stops.map(({ sinceFrame }) => (sinceFrame ?? 1) <= 40), [true]);
  const before = analyser();
  const { id } = feed(before, 1, 100).at(-1)!.blobs[0]!;
  const after = analyser();
  after.restore(another(wholeSnapshot(before.snapshot())));
  const gone = [];
  for (let number = 120; number < 300; number++) {
    gone.push(
      ...after.step({ ...frameOf(number, undefined), number: number - 119 }).events,
    );
  }
  assert.deepEqual(
    gone.map(({ type, blob, sinceMs, sinceFrame }) => [type, blob, sinceMs, sinceFrame]),
    [["DISAPPEAR", id, 10_000, undefined]],
  );
});

Deno.test("who went away meanwhile is told as gone", () => {
  const { before, id } = stood();
  const after = analyser();
  after.restore(wholeSnapshot(before.snapshot()));
  const events = [];
  for (let number = 120; number < 300; number++) {
    events.push(...after.step(frameOf(number, undefined)).events);
  }
  assert.deepEqual(events.map(({ type, blob }) => [type, blob]), [["DISAPPEAR", id]]);
});

Deno.test("a scene that is not the kept one begins anew, without a false report", () => {
  const { before, id } = stood();
  const after = analyser();
  after.restore(wholeSnapshot(before.snapshot()));
  const told: Observation[] = [];
  for (let number = 120; number < 160; number++) {
    const frame = frameOf(number, undefined);
    told.push(after.step({ ...frame, pixels: frame.pixels.reverse() }));
  }
  const ids = told.flatMap(({ blobs }) => blobs.map((blob) => blob.id));
  assert.deepEqual(ids, [], "nobody is there");
  assert.equal(after.nextTrack > id, true, "ids go on");
});

Deno.test("a snapshot of another size changes nothing", () => {
  const { before } = stood();
  const other = new Analyzer({
    ...{ camera: "gate", fps: 10, clock: "utc", kernels: kernelsTs },
    format: { width: 96, height: 80 },
  });
  assert.equal(other.restore(wholeSnapshot(before.snapshot())), false);
  assert.equal(other.nextTrack, 1);
});

Deno.test("a time away that nobody knows is a long one", () => {
  assert.deepEqual(sinceKept(10_000, 7_000).leap, true);
  assert.deepEqual(sinceKept(10_000, 10_000 + 6_000).leap, true);
  assert.deepEqual(sinceKept(10_000, 10_200), { dtS: 0.2, leap: false });
});

Deno.test("a clock that is put right by a little makes no long time of a short one", () => {
  assert.deepEqual(sinceKept(10_000, 9_990), { dtS: 0.005, leap: false });
});

Deno.test("who was out of sight when the model was kept is not shown as if he were there", () => {
  const before = analyser();
  feed(before, 1, 100);
  for (let number = 101; number < 108; number++) before.step(frameOf(number, undefined));
  const after = analyser();
  after.restore(wholeSnapshot(before.snapshot()));
  const told = Array.from(
    { length: 5 },
    (_, at) => after.step(frameOf(115 + at, undefined)),
  );
  assert.deepEqual(told.flatMap(({ blobs }) => blobs), []);
});
