import assert from "node:assert/strict";
import fc from "fast-check";
import { BUILT_IN, type DetectorFacts, SECOND } from "./detector_facts.ts";
import { isSecondWanted, voteOfBoth } from "./second_opinion.ts";
import { vote } from "./vote.ts";

type Seen = Readonly<Record<string, number>>;

function scoresOf(seen: Seen, { names }: DetectorFacts): number[] {
  return names.map(({ name }) => seen[name] ?? 0);
}

/** The same in each of two crops. */
function check(first: Seen, second: Seen, label: string): void {
  const [ours, its] = [scoresOf(first, BUILT_IN), scoresOf(second, SECOND)];
  const told = voteOfBoth([ours, ours], [its, its]);
  const { class: said, score, crops, detail } = told;
  assert.equal([said, score.toFixed(2), crops, detail ?? ""].join(" ").trim(), label);
}

Deno.test("voteOfBoth() keeps what the first detector knows, with its own words", () => {
  check({ truck: 0.9 }, { person: 0.9 }, "vehicle 0.90 2 truck");
  check({ person: 0.5 }, {}, "person 0.50 2");
});

Deno.test("voteOfBoth() says what the second knows where the first gives it some credit", () => {
  check({ car: 0.1 }, { vehicle: 0.5 }, "vehicle 0.50 2");
  check({ car: 0.1, person: 0.3 }, { car: 0.5, person: 0.45 }, "vehicle 0.50 2");
  check({ dog: 0.2 }, { car: 0.4 }, "unknown 0.20 2");
  check({}, { cow: 0.5 }, "animal 0.50 2");
});

Deno.test("voteOfBoth() is never sure of what only the second sees", () => {
  check({}, { car: 0.9 }, "vehicle 0.59 2");
});

Deno.test("voteOfBoth() says nothing of what the second does not know by the first's rules", () => {
  check({ car: 0.39 }, { car: 0.39 }, "unknown 0.39 2");
  check({}, { person: 0.49 }, "unknown 0.00 2");
});

Deno.test("voteOfBoth() says bike for a rider whom only the second sees", () => {
  check({ person: 0.7 }, { person: 0.6, bicycle: 0.4 }, "bike 0.40 2");
  check({ person: 0.7 }, { person: 0.9, bicycle: 0.4 }, "person 0.70 2");
  check({ person: 0.7 }, { bicycle: 0.9 }, "person 0.70 2");
});

function box(w: number, h: number) {
  return { x: 0, y: 0, w, h };
}

Deno.test("isSecondWanted() asks about what is unknown, and a person wider than people are", () => {
  const label = { score: 0.5, crops: 2 };
  const person = { ...label, class: "person" } as const;
  assert.equal(isSecondWanted({ ...label, class: "unknown" }, [box(9, 40)]), true);
  assert.equal(isSecondWanted(person, [box(24, 40), box(24, 40)]), false);
  assert.equal(isSecondWanted(person, [box(24, 40), box(36, 40)]), true);
  assert.equal(isSecondWanted({ ...label, class: "vehicle" }, [box(80, 40)]), false);
  assert.equal(isSecondWanted({ ...label, class: "unknown", crops: 0 }, []), false);
});

function anyScores({ names: { length } }: DetectorFacts) {
  const each = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.array(each, { minLength: length, maxLength: length });
}

Deno.test("voteOfBoth() never says a class that neither detector says alone", () => {
  const both = fc.tuple(anyScores(BUILT_IN), anyScores(SECOND));
  const pairs = fc.array(both, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(pairs, (crops) => {
    const [first, second] = [crops.map(([a]) => a), crops.map(([, b]) => b)];
    const { class: said, score } = voteOfBoth(first, second);
    assert.ok([vote(first, BUILT_IN).class, vote(second, SECOND).class].includes(said));
    assert.ok(score >= 0 && score <= 1);
  }));
});
