/**
 * The rules of CONTRIBUTING.md that a linter can see, for `deno lint` and the editor.
 * `any`, `==`, `var` and thrown strings are refused by Deno's own rules (deno.json);
 * what needs the whole tree is a house test beside this file.
 * @module
 */
import { positionalParameters, topLevelFunction } from "./rules/functions.ts";
import { imports } from "./rules/imports.ts";
import { leftOut, noNotes } from "./rules/left_out.ts";
import { programs, terminal } from "./rules/outlets.ts";
import { purity } from "./rules/purity.ts";
import { timeAndChance } from "./rules/time_and_chance.ts";
import { faultWords, typeNames } from "./rules/words.ts";

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "fault-words": faultWords,
    "imports": imports,
    "left-out": leftOut,
    "no-notes": noNotes,
    "positional-parameters": positionalParameters,
    "programs": programs,
    "purity": purity,
    "terminal": terminal,
    "time-and-chance": timeAndChance,
    "top-level-function": topLevelFunction,
    "type-names": typeNames,
  },
};

export default plugin;
