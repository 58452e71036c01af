/**
 * Time and chance are arguments: only `base/` reads a clock, waits or throws dice.
 * The viewer is exempt from the clock, as it runs in a browser. Tests may look at the
 * clock, let others have a turn and feed real parts; they do not sleep.
 * @module
 */
import { isTest, isWithin, placeOfFile } from "../source_place.ts";

const CLOCKS = new Set(["Date.now", "performance.now"]);
const WAITS = new Set(["setTimeout", "setInterval", "AbortSignal.timeout"]);

export const timeAndChance: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    if (path.startsWith("base/")) return {};
    const isPage = path.startsWith("server/viewer/");
    const clocksFree = isPage || isTest(path);
    const waitsFree = isPage || isWithin(path, ["tests/support/", "tests/bench/"]);
    // The outermost places hand chance out to those that take it as an argument.
    const chanceFree = isWithin(path, ["app/", "server/viewer/main.tsx"]);

    const judge = (node: Deno.lint.Node, name: string) => {
      if (CLOCKS.has(name) && !clocksFree || WAITS.has(name) && !waitsFree) {
        context.report({
          node,
          message: `${name} reads time outside base/`,
          hint: isTest(path)
            ? "Wait for what you want to see: tests/support/"
            : "Take a Clock of base/clock.ts as an argument",
        });
      }
      if (name === "Math.random" && !chanceFree) {
        context.report({
          node,
          message: "Math.random cannot be replayed",
          hint: "Take a seed, or a function that gives chance, as an argument",
        });
      }
    };
    return {
      MemberExpression(node) {
        if (node.object.type === "Identifier" && node.property.type === "Identifier") {
          judge(node, `${node.object.name}.${node.property.name}`);
        }
      },
      CallExpression(node) {
        if (node.callee.type !== "Identifier") return;
        const { name } = node.callee;
        if (isTest(path) && (name === "setInterval" || node.arguments.length === 1)) {
          return;
        }
        judge(node, name);
      },
      'NewExpression[callee.name="Date"]'(node: Deno.lint.NewExpression) {
        if (node.arguments.length === 0) judge(node, "Date.now");
      },
    };
  },
};
