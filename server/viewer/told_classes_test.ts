import assert from "node:assert/strict";
import { classifiedBy, type ObjectClass } from "../../analysis/dsl/class_line.ts";
import { narration } from "../../tests/support/narrations.ts";
import { addTold, toldEpisodes, withClasses } from "./told.ts";
import { countsOf, rowsOf } from "./told_classes.ts";

function told(...kinds: readonly (ObjectClass | "waiting" | "off")[]) {
  const narrations = kinds.map((kind, index) => {
    const line = kind === "waiting" || kind === "off"
      ? undefined
      : { blob: 1, class: kind, score: 0.9 };
    const classified = kind === "off" ? {} : { classified: classifiedBy(line) };
    return { ...narration(index + 1), episode: index + 1, ...classified };
  });
  return toldEpisodes(addTold([], narrations, 1));
}

Deno.test("countsOf() counts the rows of each class, and leaves out what there is none of", () => {
  const rows = told("person", "person", "animal", "unknown", "waiting", "off");
  assert.deepEqual(countsOf(rows), [["person", 2], ["animal", 1], ["unknown", 1]]);
  assert.deepEqual(countsOf(told("off")), []);
});

Deno.test("rowsOf() gives the rows of a class, and all of them without one", () => {
  const rows = told("person", "vehicle", "waiting", "off");
  assert.equal(rowsOf(rows, undefined).length, 4);
  assert.deepEqual(rowsOf(rows, "vehicle").map(({ classified }) => classified?.class), [
    "vehicle",
  ]);
});

Deno.test("toldEpisodes() carries the class that was told last", () => {
  const at = (id: number, score: number) => ({
    ...narration(id),
    episode: 1,
    classified: classifiedBy({ blob: 1, class: "person", score }),
  });
  const plain = { ...narration(3), episode: 1 };
  const [row] = toldEpisodes(addTold([], [at(1, 0.5), at(2, 0.8), plain], 1));
  assert.deepEqual(row!.classified, { state: "sure", class: "person", score: 0.8 });
});

Deno.test("withClasses() marks the rows of a camera's track, of this start only", () => {
  const of = (id: number, camera: string, track: number) => ({
    ...narration(id),
    ...{ episode: id, camera, track },
  });
  const mine = [of(1, "gate", 7), of(2, "yard", 7), of(3, "gate", 8)];
  const log = addTold(addTold([], [of(1, "gate", 7)], 1), mine, 2);
  const classes = [{ blob: 7, class: "unknown" as const, score: 0.2 }];
  const rows = toldEpisodes(
    withClasses(log, { camera: "gate", classes, startedUtcMs: 2 }),
  );
  assert.deepEqual(rows.map(({ key, classified }) => `${key}: ${classified?.state}`), [
    ...["2 3 gate : undefined", "2 2 yard : undefined"],
    ...["2 1 gate : unknown", "1 1 gate : undefined"],
  ]);
});

Deno.test("countsOf() has the chosen class also when there is none of it any more", () => {
  assert.deepEqual(countsOf(told("off"), "person"), [["person", 0]]);
});

Deno.test("toldEpisodes() does not unlearn a class by a sentence that came late", () => {
  const at = (id: number, line?: Parameters<typeof classifiedBy>[0]) => (
    { ...narration(id), episode: 1, classified: classifiedBy(line) }
  );
  const known = at(1, { blob: 1, class: "unknown", score: 0.1 });
  const [row] = toldEpisodes(addTold([], [known, at(2)], 1));
  assert.equal(row!.classified?.state, "unknown");
});
