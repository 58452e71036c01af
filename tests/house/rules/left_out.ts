/**
 * What this code does without: enums, namespaces, decorators, inheritance (errors and
 * stand-ins of tests excepted), default exports, proxies, mutable globals, notes to
 * come back.
 * @module
 */
import { isTest, placeOfFile } from "../source_place.ts";

/** Deno asks for a default export here. */
const DEFAULT_EXPORTS = new Set(["tests/house/lint_plugin.ts"]);

export const leftOut: Deno.lint.Rule = {
  create(context) {
    const path = placeOfFile(context.filename);
    const refuse = (node: Deno.lint.Node, message: string, hint: string) =>
      context.report({ node, message, hint });
    const refuseGlobal = (node: Deno.lint.Node) => {
      if (isTest(path)) return;
      refuse(node, "No mutable global", "State has an owner: a class, or an argument");
    };
    return {
      TSEnumDeclaration: (node) =>
        refuse(node, "No enum", 'A union of words: type Rung = "idle" | "full"'),
      TSModuleDeclaration(node) {
        if (node.kind !== "global") refuse(node, "No namespace", "A file is a namespace");
      },
      Decorator: (node) => refuse(node, "No decorator", "Call the function"),
      ExportDefaultDeclaration(node) {
        if (DEFAULT_EXPORTS.has(path)) return;
        refuse(node, "No default export", "Name it, so that it has one name everywhere");
      },
      'NewExpression[callee.name="Proxy"]': (node) =>
        refuse(node, "No Proxy", "A function that says what it does"),
      ClassDeclaration(node) {
        const parent = node.superClass;
        if (!parent || isTest(path)) return;
        if (parent.type === "Identifier" && /(Error|Fault)$/.test(parent.name)) return;
        refuse(node, "No inheritance, errors excepted", "An interface, and a field");
      },
      "Program > VariableDeclaration[kind=let]": refuseGlobal,
      "ExportNamedDeclaration > VariableDeclaration[kind=let]": refuseGlobal,
    };
  },
};

export const noNotes: Deno.lint.Rule = {
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const word = /\b(TODO|FIXME|XXX|HACK)\b/.exec(comment.value)?.[1];
          if (word === undefined) continue;
          context.report({
            range: comment.range,
            message: `${word} cannot land: what is here works as a user expects`,
            hint: "Do it, leave it out, or file an issue",
          });
        }
      },
    };
  },
};
