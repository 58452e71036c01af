import assert from "node:assert/strict";
import fc from "fast-check";
import { BUILT_IN, SECOND } from "./detector_facts.ts";
import { DETECTOR_NAMES, type DetectorName } from "./detector_names.ts";
import { vote } from "./vote.ts";

type Seen = Partial<Record<DetectorName, number>>;

function check(
  crops: readonly Seen[],
  label: string,
  threshold = BUILT_IN.threshold,
): void {
  const scores = crops.map((seen) => DETECTOR_NAMES.map((name) => seen[name] ?? 0));
  const { class: told, score, crops: count, detail } = vote(scores, {
    ...BUILT_IN,
    threshold,
  });
  const words = [told, score.toFixed(2), count, ...(detail ? [detail] : [])];
  assert.equal(words.join(" "), label);
}

Deno.test("vote() takes the mean over the crops: a fluke in one is no label", () => {
  check([{ person: 0.9 }, { person: 0.8 }, { person: 0.7 }], "person 0.80 3");
  check([{ person: 0.9 }, {}, {}], "unknown 0.30 3");
  check([{ dog: 0.9 }, { person: 0.9 }, { person: 0.6 }], "person 0.50 3");
});

Deno.test("vote() says how likely the likeliest is of what it does not know", () => {
  check([{ car: 0.3 }, { bus: 0.2 }], "unknown 0.25 2");
  check([], "unknown 0.00 0");
});

Deno.test("vote() gives a detail only where the crops agree on it too", () => {
  check([{ truck: 0.9, car: 0.4 }, { truck: 0.7 }], "vehicle 0.80 2 truck");
  check([{ truck: 0.7 }, { car: 0.7 }, { bus: 0.7 }], "vehicle 0.70 3");
  check([{ truck: 0.59 }], "vehicle 0.59 1");
  check([{ truck: 0.9, car: 0.61 }], "vehicle 0.90 1");
  check([{ truck: 0.9, car: 0.59 }], "vehicle 0.90 1 truck");
  check([{ motorcycle: 0.8 }], "bike 0.80 1 motorcycle");
});

Deno.test("vote() tells no bus: cars from above and vans were sure to be one", () => {
  check([{ bus: 0.95 }], "vehicle 0.95 1");
  check([{ bus: 0.95, car: 0.64 }], "vehicle 0.95 1");
});

Deno.test("vote() gives no detail of what is a vehicle and no more", () => {
  const label = vote(
    [SECOND.names.map(({ name }) => name === "vehicle" ? 0.9 : 0)],
    SECOND,
  );
  assert.deepEqual([label.class, label.detail], ["vehicle", undefined]);
});

Deno.test("vote() says bike for somebody on a bike, with the bike's own score", () => {
  check([{ person: 0.9, bicycle: 0.5 }], "bike 0.50 1");
  check([{ person: 0.6, bicycle: 0.35 }], "bike 0.35 1");
  check([{ person: 0.9, bicycle: 0.4 }], "person 0.90 1");
  check([{ person: 0.5, bicycle: 0.3 }], "person 0.50 1");
});

Deno.test("vote() asks for as much as its detector's threshold says, of riders .8 of it", () => {
  check([{ person: 0.5 }], "unknown 0.50 1", 0.7);
  check([{ person: 0.7 }], "person 0.70 1", 0.7);
  check([{ dog: 0.2 }], "animal 0.20 1", 0.2);
  check([{ person: 0.9, bicycle: 0.55 }], "person 0.90 1", 0.7);
  check([{ person: 0.9, bicycle: 0.56 }], "bike 0.56 1", 0.7);
});

Deno.test("vote() knows the names of a detector of one's own", () => {
  const names = [
    { name: "forklift", class: "vehicle" },
    { name: "worker", class: "person" },
  ] as const;
  const label = vote([[0.9, 0.2], [0.7, 0.4]], { names, threshold: 0.4 });
  assert.deepEqual(label, { class: "vehicle", score: 0.8, crops: 2, detail: "forklift" });
  assert.equal(vote([[0.1, 0.5]], { names, threshold: 0.4 }).class, "person");
});

const anyScores = fc.array(
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: DETECTOR_NAMES.length,
    maxLength: DETECTOR_NAMES.length,
  }),
  { maxLength: 6 },
);

Deno.test("vote() never says a class below its threshold, nor a score outside 0 to 1", () => {
  fc.assert(fc.property(anyScores, (crops) => {
    const label = vote(crops, BUILT_IN);
    assert.equal(label.crops, crops.length);
    assert.ok(label.score >= 0 && label.score <= 1);
    if (label.class === "bike") assert.ok(label.score >= 0.32);
    else if (label.class !== "unknown") assert.ok(label.score >= 0.4);
    assert.ok(label.class !== "unknown" || label.detail === undefined);
  }));
});

Deno.test("vote() does not depend on the order of crops", () => {
  fc.assert(fc.property(anyScores, (crops) => {
    const [one, other] = [vote(crops, BUILT_IN), vote(crops.toReversed(), BUILT_IN)];
    assert.equal(one.crops, other.crops);
    assert.ok(Math.abs(one.score - other.score) < 1e-9);
  }));
});
