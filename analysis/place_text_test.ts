import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { parseLine, parseMask, parseZone } from "./place_text.ts";

Deno.test("parseZone() reads names with blanks and numbers as people type them", () => {
  assert.deepEqual(parseZone(" front gate = 0.1,.2, 1.,0 ,0,1.0"), {
    name: "front gate",
    points: [{ x: 0.1, y: 0.2 }, { x: 1, y: 0 }, { x: 0, y: 1 }],
  });
});

const REFUSED: readonly (readonly [string, readonly RegExp[]])[] = [
  ["", [/no NAME=/, /at least 3 points/, /"" is no number/]],
  ["gate", [/no NAME=/]],
  ["=0,0,1,0,1,1", [/name before = is empty/]],
  ["gate=0,0,1,1", [/at least 3 points/]],
  ["gate=0,0,1,0,1,1,.5", [/last x has no y/]],
  ["gate=0,0,1.1,0,1,-1", [/"1\.1" is no number from 0 to 1/, /"-1" is no number/]],
  ["gate=0,0,x,0,1,1e-1", [/"x" is no/, /"1e-1" is no/]],
  ["gate=0,0,NaN,0,Infinity,1", [/"NaN"/, /"Infinity"/]],
  ["gate=0,0,.5,.5,1,1", [/lie on one line/]],
  ["gate=.5,.5,.5,.5,.5,.5", [/lie on one line/]],
  ["gate=.3,.3,.1,.1,.9,.9", [/lie on one line/]],
  ["g\u0007=0,0,1,0,1,1", [/control characters/]],
  ["g".repeat(65) + "=0,0,1,0,1,1", [/over 64 letters/]],
  ["gate=" + "0,0,".repeat(128) + "1,1", [/over 128 points/]],
];
for (const [text, reasons] of REFUSED) {
  Deno.test(`parseZone() says what is wrong with ${JSON.stringify(text.slice(0, 30))}`, () => {
    assert.throws(() => parseZone(text), (thrown) => {
      assert(thrown instanceof Fault);
      assert.equal(thrown.kind, "usage");
      for (const reason of reasons) assert.match(thrown.message, reason);
      return true;
    });
  });
}

Deno.test("parseMask() takes a mask with and without a name", () => {
  const { name, points } = parseMask("0,0,.5,0,.5,.5", "mask-1");
  assert.deepEqual([name, points.length], ["mask-1", 3]);
  assert.equal(parseMask("clock=0,0,.5,0,.5,.5", "mask-1").name, "clock");
  assert.throws(() => parseMask("0,0,1,1", "mask-1"), {
    message: 'Cannot read the mask "mask-1=0,0,1,1": it needs at least 3 points',
  });
});

Deno.test("parseLine() needs two points that are not one", () => {
  assert.deepEqual(parseLine("gate=0,.5,1,.5", "forward"), {
    name: "gate",
    points: [{ x: 0, y: 0.5 }, { x: 1, y: 0.5 }],
    direction: "forward",
  });
  assert.throws(() => parseLine("gate=0,.5", "both"), /at least 2 points/);
  assert.throws(() => parseLine("gate=0,.5,0,.5", "both"), /are one point/);
});
