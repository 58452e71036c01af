/**
 * What we must reach on real footage: nothing may fall under its floor.
 * The whole table, beside others' figures: `scripts/evaluate`.
 * @module
 */
import assert from "node:assert/strict";
import { evaluate } from "../../scripts/evaluation/main.ts";
import { planOf } from "../../scripts/evaluation/plan.ts";
import { exitCodeOf, formatTable } from "../../scripts/evaluation/report.ts";
import { FOOTAGE, footage } from "../support/footage.ts";
import { PROGRAM } from "../support/program.ts";

const truths = footage("episodes.json");
const { clips } = truths ? JSON.parse(Deno.readTextFileSync(truths)) : { clips: [] };

for (const clip of new Set(planOf(clips).map(({ clip }) => clip))) {
  Deno.test({
    name: `analyze stays above its floor on ${clip}`,
    ignore: footage(clip) === undefined,
    async fn() {
      const command = [PROGRAM, "analyze"];
      for await (const report of evaluate({ footage: FOOTAGE, command, only: clip })) {
        assert.equal(exitCodeOf([report]), 0, "\n" + formatTable([report]));
      }
    },
  });
}
