/**
 * What befalls the child that tells apart what moves costs its labels only: the table in
 * docs/design/classes.md, by the program itself. What takes a real child that works for
 * long is classes_test.ts.
 */
import assert from "node:assert/strict";
import { type ChildFault, ClassesFaultRig } from "../support/classes_fault_rig.ts";
import { TestFolder } from "../support/clips.ts";
import { eventually } from "../support/program.ts";

/** People come and go in the street every few seconds; a busy machine draws fewer. */
const TRACKS_MS = 90_000;
/** Of each camera, while a fault lasts. */
const FRAMES = 20;

async function untilLabelled(rig: ClassesFaultRig, since: number): Promise<void> {
  const labelled = () =>
    new Set(
      rig.classesSince(since).filter(({ crops = 0 }) => crops > 0).map(({ camera }) =>
        camera
      ),
    );
  await eventually(
    "both cameras' tracks are told",
    () => labelled().size === 2,
    TRACKS_MS,
  );
  await eventually("no alert stands", () => rig.live.alerts.length === 0, TRACKS_MS);
}

async function checkFault(
  rig: ClassesFaultRig,
  fault: ChildFault,
  why: string,
): Promise<void> {
  const since = rig.set(fault);
  const reasons = () =>
    rig.classesSince(since).flatMap(({ why }) => why === undefined ? [] : [why]);
  await eventually(
    `unknown, ${why}`,
    () => reasons().includes(why as "failed"),
    TRACKS_MS,
  );
  await eventually("an alert", () => rig.live.alerts.length > 0, TRACKS_MS);
  const from = rig.live.heard.length;
  const go = () => rig.framesSince(from).every((count) => count >= FRAMES);
  await eventually("frames of both cameras", go, TRACKS_MS);
  assert.deepEqual(rig.live.alerts, ["classes.failed"], fault);
  const unlike = reasons().filter((word) => ![why, "still", "no_crop"].includes(word));
  assert.deepEqual(unlike, [], fault);
}

Deno.test("a child that dies or gets no memory costs its labels, and they come back", async () => {
  using folder = new TestFolder();
  await using rig = await ClassesFaultRig.open(folder);
  await untilLabelled(rig, 0);
  await checkFault(rig, "killed", "failed");
  await untilLabelled(rig, rig.set("none"));
  await checkFault(rig, "out of memory", "failed");
  await untilLabelled(rig, rig.set("none"));
});

for (const fault of ["missing", "damaged"] as const) {
  Deno.test(`a model that is ${fault} costs the labels, with one alert and nothing else`, async () => {
    using folder = new TestFolder();
    await using rig = await ClassesFaultRig.open(folder);
    await checkFault(rig, fault, "no_model");
    assert.match(rig.printed, /classes\.failed reason=/, "it is in the log");
    const times = [...rig.printed.matchAll(/classes\.failed/g)].length;
    assert.equal(times, 1, "one child was tried, and no other for every track");
  });
}
