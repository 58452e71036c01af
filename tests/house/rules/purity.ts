/**
 * The places that decide and do not act: no I/O, no clock, not async, so that the same
 * input gives the same bytes. See ARCHITECTURE.md, "Invariants".
 * @module
 */
import { isTest, isWithin, placeOfFile } from "../source_place.ts";

const PURE = [
  "analysis/",
  "capture/ffmpeg_args.ts",
  "llm/camera_stories.ts",
  "llm/cleaned_text.ts",
  "llm/echo.ts",
  "llm/episode_story.ts",
  "llm/fact_check.ts",
  "llm/hourly_budget.ts",
  "llm/model_choice.ts",
  "llm/nothing_said.ts",
  "llm/prompt.ts",
  "llm/question_queue.ts",
  "llm/response_filter.ts",
  "llm/same_sense.ts",
  "llm/template.ts",
  "server/viewer/state.ts",
];

/** The files in which the analysis meets the world. */
const MEETS_THE_WORLD = ["analysis/worker", "analysis/kernels/kernels_wasm"];

export const purity: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    if (isTest(path) || !isWithin(path, PURE) || isWithin(path, MEETS_THE_WORLD)) {
      return {};
    }
    const refuse = (node: Deno.lint.Node, what: string) =>
      context.report({
        node,
        message: `${what} in a place that only decides`,
        hint: "Give it the value; act in the file that calls this one",
      });
    return {
      'MemberExpression[object.name="Deno"]'(node: Deno.lint.MemberExpression) {
        const isSuite = node.property.type === "Identifier" &&
          node.property.name === "test";
        if (!isSuite) refuse(node, "Deno");
      },
      'CallExpression[callee.name="fetch"]': (node) => refuse(node, "fetch()"),
      AwaitExpression: (node) => refuse(node, "await"),
      "FunctionDeclaration[async=true]": (node) => refuse(node, "async"),
      "FunctionExpression[async=true]": (node) => refuse(node, "async"),
      "ArrowFunctionExpression[async=true]": (node) => refuse(node, "async"),
    };
  },
};
