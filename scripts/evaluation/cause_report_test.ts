import assert from "node:assert/strict";
import { EFFECTS } from "../../capture/scene/effects.ts";
import { DRAWN_WINDOWS } from "./cause_bases.ts";
import { type CauseReport, figuresOf, formatCauses } from "./cause_report.ts";
import { planCauses } from "./causes.ts";

function report(more: Partial<CauseReport>): CauseReport {
  return {
    ...{ kind: EFFECTS[0], seed: 1, window: DRAWN_WINDOWS[0]!, named: "light" },
    ...{ said: true, right: true, falseAtAll: 0, falseByEffect: 0, objects: 4 },
    ...{ foundWithout: 4, foundStill: 4, foundWith: 4, words: [] },
    ...more,
  };
}

Deno.test("figuresOf() counts scenes for names and reports, things for what was found", () => {
  const wrong = { right: false, named: "none", falseByEffect: 3, foundStill: 1 };
  const figures = figuresOf([report({}), report(wrong)]);
  assert.equal(figures.right, 0.5);
  assert.equal(figures.quiet, 0.5);
  assert.equal(figures.found, 5 / 8);
  assert.equal(figuresOf([report({ foundWithout: 0, foundStill: 0 })]).found, 1);
});

Deno.test("formatCauses() shows what reaches its goal, and who was taken for whom", () => {
  const text = formatCauses([report({}), report({ named: "snow", right: false })]);
  assert.match(text, /\| light \| 2 +\| 50 % +\| 100 % \| 100 % ok/);
  assert.match(text, /\| truth \\ named \| light \| snow \| none \|/);
  assert.match(text, /\| light +\| 1 +\| 1 +\| +\|/);
});

Deno.test("planCauses() gives every cause as many scenes, half of them over footage", () => {
  const plan = (parity: "odd" | "even") => planCauses({ footage: "", parity, count: 20 });
  for (const { truth, isDrawnOnly } of EFFECTS) {
    const ours = plan("odd").filter(({ kind }) => kind?.truth === truth);
    assert.equal(ours.length, 20);
    const real = ours.filter(({ window }) => window.clip !== undefined).length;
    assert.equal(real, isDrawnOnly ? 0 : 10);
    assert(ours.every(({ seed, window }) => seed % 2 === 1 && window.parity === "odd"));
  }
  const names = (parity: "odd" | "even") =>
    new Set(plan(parity).map(({ window }) => window.name));
  assert.equal(names("odd").intersection(names("even")).size, 0);
});
