/**
 * How functions are written: `function` at top level, and at most two positional
 * parameters beside one object. Three plain values in a row get mixed up.
 * @module
 */
import { isTest, isWithin, placeOfFile } from "../source_place.ts";

export const topLevelFunction: Deno.lint.Rule = {
  create(context) {
    const judge = (node: Deno.lint.VariableDeclaration) => {
      for (const { id, init } of node.declarations) {
        if (
          init?.type !== "ArrowFunctionExpression" && init?.type !== "FunctionExpression"
        ) {
          continue;
        }
        const name = id.type === "Identifier" ? id.name : "it";
        context.report({
          node: id,
          message: `${name} is a function at top level, and reads as a constant`,
          hint: `function ${name}(…) { … }, under what uses it`,
        });
      }
    };
    return {
      "Program > VariableDeclaration": judge,
      "Program > ExportNamedDeclaration > VariableDeclaration": judge,
    };
  },
};

/**
 * Hot loops take plain numbers and arrays, as an object per call would be garbage per
 * pixel or per pair: their files, or folders.
 */
export const HOT_LOOPS: readonly string[] = ["analysis/kernels/"];

export const positionalParameters: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    if (isTest(path) || isWithin(path, HOT_LOOPS)) return {};
    const judge = (node: Deno.lint.Node, name: string, parameters: Parameters) => {
      if (parameters.length <= 2) return;
      if (parameters.length === 3 && parameters.some(isNamed)) return;
      context.report({
        node,
        message: `${name} takes ${parameters.length} positional parameters`,
        hint: "Two at most beside one object of named ones",
      });
    };
    return {
      "ExportNamedDeclaration > FunctionDeclaration"(
        node: Deno.lint.FunctionDeclaration,
      ) {
        judge(node.id ?? node, node.id?.name ?? "It", node.params);
      },
      "ExportNamedDeclaration > ClassDeclaration > ClassBody > MethodDefinition"(
        node: Deno.lint.MethodDefinition,
      ) {
        const isPrivate = node.key.type === "PrivateIdentifier" ||
          node.accessibility === "private";
        if (isPrivate) return;
        const name = node.key.type === "Identifier" ? node.key.name : "It";
        judge(node.key, name, node.value.params);
      },
    };
  },
};

type Parameters = Deno.lint.FunctionDeclaration["params"];

/** True for what may be an object of named values: a pattern, or a type with a name. */
function isNamed(parameter: Parameters[number]): boolean {
  const bound = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  if (bound.type === "ObjectPattern") return true;
  if (bound.type !== "Identifier") return false;
  const type = bound.typeAnnotation?.typeAnnotation.type;
  return type === "TSTypeReference" || type === "TSTypeLiteral";
}
