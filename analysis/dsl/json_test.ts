import assert from "node:assert/strict";
import fc from "fast-check";
import {
  arbitraryHeader,
  arbitraryObservation,
} from "../../tests/support/arbitrary_observation.ts";
import { formatJsonLine, parseJsonLine, parseJsonLines } from "./json.ts";
import type { Observation } from "./observation.ts";

const QUIET: Observation = {
  ...{ frame: 1, tMs: 0, ptsUs: 0, skipped: 0, motionPct: 0, regions: 0 },
  ...{ blobs: [], edges: [], events: [], tracks: [], causes: [], states: [] },
};
const QUIET_LINE = '{"frame":1,"tMs":0,"ptsUs":0,"skipped":0,"motionPct":0,"regions":0,' +
  '"blobs":[],"edges":[],"events":[],"tracks":[],"causes":[],"states":[]}';

Deno.test("parseJsonLine() gives back what was formatted, with and without header", () => {
  fc.assert(
    fc.property(
      arbitraryObservation,
      fc.option(arbitraryHeader, { nil: undefined }),
      (observation, header) => {
        const expected = header ? { header, observation } : { observation };
        const line = formatJsonLine(observation, header);
        assert.doesNotMatch(line, /\n/);
        assert.deepEqual(parseJsonLine(line), expected);
      },
    ),
  );
});

Deno.test("formatJsonLine() writes keys in one order, whatever the object's", () => {
  const blob = {
    ...{ vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 },
    ...{ h: 0.4, w: 0.3, y: 0.2, x: 0.1, id: 7 },
  };
  const { frame, ...rest } = QUIET;
  assert.equal(
    formatJsonLine({ ...rest, blobs: [blob], frame }),
    QUIET_LINE.replace(
      '"blobs":[]',
      '"blobs":[{"id":7,"x":0.1,"y":0.2,"w":0.3,"h":0.4,' +
        '"vx":0,"vy":0,"vxPerS":0,"vyPerS":0,"coast":0}]',
    ),
  );
});

Deno.test("keys of a later version come back byte for byte", () => {
  const event = '{"type":"ENTER","blob":1,"dir":"UP","lane":{"b":[1,null],"a":{}}}';
  const line = QUIET_LINE
    .replace('"events":[]', `"events":[${event}]`)
    .replace(/}$/, ',"lux":3.5,"__proto__":{"constructor":1}}');
  const { frames, problems } = parseJsonLines(line + "\n");
  assert.deepEqual(problems, []);
  assert.equal(formatJsonLine(frames[0]!.observation), line);
});

Deno.test("parseJsonLines() reports damaged lines by number and reads the others", () => {
  const damaged: readonly (readonly [string, RegExp])[] = [
    ["{", /no JSON/],
    ["null", /no object/],
    ["[]", /no object/],
    [QUIET_LINE.replace('"frame":1,', ""), /frame is missing/],
    [QUIET_LINE.replace('"frame":1', '"frame":0'), /frame is below 1/],
    [QUIET_LINE.replace('"tMs":0', '"tMs":0.5'), /tMs is no whole number/],
    [QUIET_LINE.replace('"tMs":0', '"tMs":-0'), /tMs is -0/],
    [QUIET_LINE.replace('"tMs":0', '"tMs":9007199254740993'), /tMs is no whole/],
    [QUIET_LINE.replace('"motionPct":0', '"motionPct":0.25'), /motionPct .* 1 dec/],
    [QUIET_LINE.replace('"motionPct":0', '"motionPct":1e999'), /motionPct .* 1 dec/],
    [QUIET_LINE.replace('"motionPct":0', '"motionPct":"5"'), /motionPct is no number/],
    [QUIET_LINE.replace('"blobs":[]', '"blobs":{}'), /blobs is no list/],
    [QUIET_LINE.replace('"blobs":[]', '"blobs":[{}]'), /blobs\[0\]\.id is missing/],
    [
      QUIET_LINE.replace(
        '"events":[]',
        '"events":[{"type":"DANCE","blob":1,"dir":"UP"}]',
      ),
      /events\[0\]\.type is no known word/,
    ],
    [
      QUIET_LINE.replace(/}$/, `,"x":${"[".repeat(9_000)}${"]".repeat(9_000)}}`),
      /too deep/,
    ],
    [QUIET_LINE.replace("{", '{"header":{"version":1},'), /header\.camera is missing/],
  ];
  const text = damaged.map(([line]) => line + "\r\n").join("") + QUIET_LINE;
  const { frames, problems } = parseJsonLines(text);
  assert.deepEqual(frames, [{ observation: QUIET }]);
  assert.deepEqual(
    problems.map(({ line }) => line),
    damaged.map((_, index) => index + 1),
  );
  for (const [index, [, reason]] of damaged.entries()) {
    assert.match(problems[index]!.reason, reason);
  }
});

Deno.test("parseJsonLine() refuses the header of a later version", () => {
  fc.assert(
    fc.property(arbitraryHeader, (header) => {
      const line = formatJsonLine(QUIET, header).replace('"version":1', '"version":2');
      assert.match(String(parseJsonLine(line)), /version 2 is not read here/);
    }),
    { numRuns: 5 },
  );
});

Deno.test("parseJsonLine() never throws on any text or any value", () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
    assert.equal(typeof parseJsonLine(text), "string");
  }));
  const almost = fc.tuple(fc.constantFrom(...Object.keys(QUIET)), fc.jsonValue());
  fc.assert(fc.property(almost, ([key, value]) => {
    parseJsonLine(JSON.stringify({ ...QUIET, [key]: value }));
  }));
});
