/**
 * One place each starts programs and writes to the terminal: `base/subprocess.ts` and
 * `base/log.ts`. `cli/` may print for the user; tests and scripts may do both.
 * @module
 */
import { isTest, isWithin, placeOfFile } from "../source_place.ts";

export const programs: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    if (isTest(path) || isWithin(path, ["base/subprocess", "scripts/"])) return {};
    return {
      'MemberExpression[object.name="Deno"][property.name="Command"]'(node) {
        context.report({
          node,
          message: "Only base/subprocess.ts starts programs: there they die with us",
          hint: "startChild() of base/subprocess.ts",
        });
      },
    };
  },
};

export const terminal: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    if (isTest(path) || isWithin(path, ["base/log.ts", "cli/", "scripts/"])) return {};
    const report = (node: Deno.lint.Node) =>
      context.report({
        node,
        message: "Only base/log.ts writes to standard error, and only cli/ prints",
        hint: "Take a Log of base/log.ts as an argument",
      });
    return {
      'MemberExpression[object.name="console"]': report,
      'MemberExpression[object.name="Deno"][property.name="stdout"]': report,
      'MemberExpression[object.name="Deno"][property.name="stderr"]': report,
    };
  },
};
