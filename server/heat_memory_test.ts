import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { HeatMemory } from "./heat_memory.ts";

Deno.test("HeatMemory asks at most every other second, whoever asks it", async () => {
  const clock = new ManualClock();
  const asked: string[] = [];
  const memory = new HeatMemory(clock, (camera) => {
    asked.push(camera);
    const cells = new Uint8Array([asked.length, 255]);
    return Promise.resolve({ columns: 2, rows: 1, cells });
  });
  const [first, second] = await Promise.all([memory.text("gate"), memory.text("gate")]);
  assert.equal(first, '{"columns":2,"rows":1,"cells":[1,255]}');
  assert.equal(second, first);
  clock.advance(1_999);
  await memory.text("gate");
  await memory.text("yard");
  assert.deepEqual(asked, ["gate", "yard"]);
  clock.advance(1);
  assert.match(await memory.text("gate") ?? "", /\[3,255\]/);
});

Deno.test("HeatMemory says nothing of a camera of which nobody knows", async () => {
  const clock = new ManualClock();
  assert.equal(await new HeatMemory(clock, () => undefined).text("gate"), undefined);
  const silent = new HeatMemory(clock, () => Promise.resolve(undefined));
  assert.equal(await silent.text("gate"), undefined);
});
