import assert from "node:assert/strict";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { Narration } from "../llm/narration.ts";
import { observation } from "../tests/support/server_parts.ts";
import { EVENTS_KEPT_MAX } from "./control_protocol.ts";
import { EventMemory } from "./event_memory.ts";

function narration(id: number, verdict: Narration["verdict"]): Narration {
  return {
    id,
    camera: "gate",
    episode: 1,
    track: 1,
    zone: null,
    moment: "closed",
    author: { kind: "template" },
    text: `Sentence ${id}.`,
    verdict,
    utcMs: id,
    startMs: 0,
    endMs: id,
    dsl: [],
    hasPicture: false,
  };
}

function moved(memory: EventMemory, camera: string, frame: number): void {
  const events = [{ type: "MOVE", blob: 1, dir: "LEFT" }] as const;
  memory.observed({ camera, utcMs: frame, observation: observation(frame, { events }) });
}

Deno.test("EventMemory keeps the last thousand over all cameras, counted without gaps", () => {
  const memory = new EventMemory();
  for (let frame = 1; frame <= EVENTS_KEPT_MAX + 5; frame++) {
    moved(memory, frame % 2 === 0 ? "gate" : "yard", frame);
  }
  const all = memory.last(Infinity, () => true);
  assert.equal(all.length, EVENTS_KEPT_MAX);
  assert.deepEqual([all[0]?.ordinal, all.at(-1)?.ordinal], [6, 1_005]);
  const gate = memory.last(2, ({ camera }) => camera === "gate");
  assert.deepEqual(gate.map(({ ordinal }) => ordinal), [1_002, 1_004]);
  assert.deepEqual(memory.last(0, () => true), []);
});

Deno.test("EventMemory keeps narrations among the events, and knows the last one spoken", () => {
  const memory = new EventMemory();
  moved(memory, "gate", 1);
  memory.narrated(narration(2, { kind: "speak" }));
  memory.narrated(narration(3, { kind: "quiet", reason: "repeated" }));
  const kinds = memory.last(10, () => true).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["event", "narration", "narration"]);
  assert.equal(memory.lastSpoken?.id, 2);
});

Deno.test("EventMemory tells who listens, until he leaves", () => {
  const memory = new EventMemory();
  const heard: number[] = [];
  const listening = memory.subscribe(({ ordinal }) => heard.push(ordinal));
  moved(memory, "gate", 1);
  listening[Symbol.dispose]();
  moved(memory, "gate", 2);
  assert.deepEqual(heard, [1]);
});

Deno.test("EventMemory keeps no event of what is kept quiet, to its end", () => {
  const memory = new EventMemory();
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  const tree = { id: 7, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...speeds, coast: 0 };
  const blobs = [{ ...tree, suppressed: "sway" as const }];
  const event = (type: "APPEAR" | "DISAPPEAR") =>
    [{ type, blob: 7, dir: "STATIC" }] as const;
  const at = { camera: "gate", utcMs: 0 };
  memory.observed({ ...at, observation: { blobs, events: event("APPEAR") } });
  memory.observed({ ...at, observation: { blobs: [], events: event("DISAPPEAR") } });
  assert.deepEqual(memory.last(9, () => true), []);
});

Deno.test("EventMemory says of all about a track what it is by now, also of what came before", () => {
  const memory = new EventMemory();
  const at = { camera: "gate", utcMs: 0 };
  const look = (label: ClassLine) =>
    memory.observed({ ...at, observation: observation(2, { classes: [label] }) });
  moved(memory, "gate", 1);
  moved(memory, "yard", 1);
  look({ blob: 1, class: "vehicle", score: 0.5, crops: 1 });
  memory.narrated(narration(2, { kind: "speak" }));
  const words = () => memory.last(9, () => true).map((event) => event.class);
  assert.deepEqual(words(), ["vehicle", undefined, "vehicle", "vehicle"]);
  look({ blob: 1, class: "person", score: 0.9, crops: 3 });
  assert.deepEqual(words(), ["person", undefined, "person", "person", "person"]);
  const people = memory.last(9, (event) => event.class === "person");
  assert.deepEqual(people.map(({ kind }) => kind), [
    "event",
    "class",
    "narration",
    "class",
  ]);
  const [, first] = people;
  assert.equal(
    first?.kind === "class" && first.dsl,
    "  CLASS blob=1 -> vehicle (conf=0.50) crops=1",
  );
});

Deno.test("EventMemory keeps no class of what is kept quiet", () => {
  const memory = new EventMemory();
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  const tree = { id: 7, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...speeds, coast: 0 };
  const label = { blob: 7, class: "bike", score: 0.9, crops: 1 } as const;
  const seen = observation(1, {
    blobs: [{ ...tree, suppressed: "sway" }],
    classes: [label],
  });
  memory.observed({ camera: "gate", utcMs: 0, observation: seen });
  assert.deepEqual(memory.last(9, () => true), []);
});

Deno.test("EventMemory knows the class of a track as long as it remembers anything of it", () => {
  const memory = new EventMemory();
  moved(memory, "gate", 1);
  const said = (blob: number) => ({ blob, class: "person", score: 0.9 } as const);
  const look = (blob: number) =>
    memory.observed({
      camera: "gate",
      utcMs: 0,
      observation: observation(blob, { classes: [said(blob)] }),
    });
  look(1);
  assert.equal(memory.last(1, ({ kind }) => kind === "event")[0]?.class, "person");
  for (let blob = 2; blob < EVENTS_KEPT_MAX; blob++) look(blob);
  const [first] = memory.last(Infinity, () => true);
  assert.deepEqual([first?.kind, first?.class], ["event", "person"]);
});
