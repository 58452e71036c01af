import assert from "node:assert/strict";
import fc from "fast-check";
import {
  answerLine,
  type ChildAnswer,
  HEAD_BYTES_MAX,
  PROTOCOL_VERSION,
  readAnswer,
  readRequestHead,
  requestHead,
} from "./child_protocol.ts";
import { BUILT_IN } from "./detector_facts.ts";

const HEAD = {
  opinion: "second" as const,
  format: { width: 96, height: 64 },
  area: { x: 10, y: 20, w: 96, h: 64 },
  motion: { x: 30.5, y: 40.25, w: 20, h: 10 },
};

function readBack(head: unknown) {
  return readRequestHead(new TextEncoder().encode(JSON.stringify(head)));
}

Deno.test("readRequestHead() reads what requestHead() wrote, with its length before it", () => {
  const bytes = requestHead(HEAD);
  assert.equal(new DataView(bytes.buffer).getUint32(0, true), bytes.length - 4);
  assert.ok(bytes.length <= HEAD_BYTES_MAX);
  assert.deepEqual(readRequestHead(bytes.subarray(4)), HEAD);
});

Deno.test("readRequestHead() refuses sizes and boxes that no crop has", () => {
  const refused = [
    ...[null, [], "crop", {}, { ...HEAD, area: undefined }],
    ...[0, -1, 1.5, 5_000, "96"].map((width) => ({
      ...HEAD,
      format: { ...HEAD.format, width },
    })),
    { ...HEAD, format: { width: 4_096, height: 4_096 } },
    ...[undefined, "third", 2].map((opinion) => ({ ...HEAD, opinion })),
    ...[0, -3, null, 1e9].map((w) => ({ ...HEAD, motion: { ...HEAD.motion, w } })),
  ];
  for (const head of refused) assert.equal(readBack(head), undefined);
});

const SCORES = BUILT_IN.names.map((_, at) => at / 20);
const ANSWERS: readonly ChildAnswer[] = [
  { kind: "ready", protocol: PROTOCOL_VERSION, facts: BUILT_IN },
  { kind: "looked", scores: SCORES, tookMs: 81.5 },
  { kind: "refused", reason: "damaged", words: 'Cannot use "it"\n: no' },
];

Deno.test("readAnswer() reads every answer that answerLine() wrote, on one line", () => {
  for (const answer of ANSWERS) {
    const line = answerLine(answer);
    assert.equal(line.indexOf("\n"), line.length - 1);
    assert.deepEqual(readAnswer(line.trimEnd()), answer);
  }
});

Deno.test("readAnswer() refuses other versions, other facts and numbers that are no scores", () => {
  const refused = [
    ...["", "ready", "null", "[]", "{}", '{"kind":"ready"}', '{"kind":"done"}'],
    readyWith({}, 99),
    ...[{ names: [{ name: "car", class: "boat" }] }, { names: [null] }, { names: "car" }]
      .map((facts) => readyWith(facts)),
    ...[{ threshold: 1.5 }, { threshold: null }, { model: 7 }, { runtime: undefined }, {
      hasSecond: 1,
    }]
      .map((facts) => readyWith(facts)),
    ...[[...SCORES.slice(1), 1.5], [...SCORES.slice(1), null], new Array(101).fill(0)]
      .map((scores) => JSON.stringify({ kind: "looked", scores, tookMs: 1 })),
    JSON.stringify({ kind: "looked", scores: SCORES, tookMs: -1 }),
    '{"kind":"refused","reason":"tired","words":""}',
  ];
  for (const line of refused) assert.equal(readAnswer(line), undefined);
});

function readyWith(facts: Record<string, unknown>, protocol = PROTOCOL_VERSION): string {
  return JSON.stringify({ kind: "ready", protocol, facts: { ...BUILT_IN, ...facts } });
}

Deno.test("both readers take anything without an error", () => {
  fc.assert(fc.property(fc.string(), fc.json(), (text, json) => {
    for (const line of [text, json]) {
      assert.equal(readAnswer(line), undefined);
      assert.equal(readRequestHead(new TextEncoder().encode(line)), undefined);
    }
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    assert.equal(readRequestHead(bytes), undefined);
  }));
});
