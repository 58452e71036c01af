/**
 * The words: names of types that say what a thing is, and errors that say what could
 * not be done. Judges types and `new Fault(…)` only; variables may be called anything.
 * @module
 */

/**
 * Words that a type's name may not hold, with what to say instead. "Message" is not
 * here: the live protocol's messages are messages.
 */
const VAGUE: Readonly<Record<string, string>> = {
  Data: "say what it holds",
  Detection: "an observation, a region, a track",
  Handler: "say what it does",
  Helper: "say what it does",
  Helpers: "say what it does",
  Item: "say what it is",
  Manager: "say what it owns",
  Processor: "say what it makes",
  Result: "say what came out: a verdict, a score, an outcome",
  Utils: "say whose it is",
  Util: "say whose it is",
};

export const typeNames: Deno.lint.Rule = {
  create(context) {
    const judge = (node: Deno.lint.Node, name: string | undefined) => {
      const vague = name?.match(/[A-Z][a-z]+/g)?.find((word) =>
        Object.hasOwn(VAGUE, word)
      );
      if (vague === undefined) return;
      context.report({
        node,
        message: `"${vague}" in ${name} could be anything`,
        hint: `Instead: ${VAGUE[vague]}`,
      });
    };
    return {
      TSInterfaceDeclaration: (node) => judge(node.id, node.id.name),
      TSTypeAliasDeclaration: (node) => judge(node.id, node.id.name),
      ClassDeclaration: (node) => judge(node.id ?? node, node.id?.name),
    };
  },
};

export const faultWords: Deno.lint.Rule = {
  create(context) {
    return {
      'NewExpression[callee.name="Fault"]'(node: Deno.lint.NewExpression) {
        const message = node.arguments[1];
        const pieces = message && piecesOf(message);
        const wrong = pieces && wrongWords(pieces);
        if (!message || !wrong) return;
        context.report({
          node: message,
          message: wrong,
          hint: '"Cannot <do what>: <the state we found>", and the way out as the hint',
        });
      },
    };
  },
};

/** A written message, with "…" for what is put in; undefined when it is not written here. */
function piecesOf(node: Deno.lint.Node): string | undefined {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "TemplateLiteral":
      return node.quasis.map((quasi) => quasi.cooked).join(INSERTED);
    case "BinaryExpression": {
      const left = piecesOf(node.left);
      return left === undefined ? undefined : left + (piecesOf(node.right) ?? INSERTED);
    }
    default:
      return undefined;
  }
}

const INSERTED = "\u{fffc}";

function wrongWords(message: string): string | undefined {
  if (!message.startsWith("Cannot ")) return 'An error begins with "Cannot "';
  if (!message.includes(": ")) return "An error says which state we found, after a colon";
  if (message.trimEnd().endsWith(".")) return "An error ends without a period";
  return undefined;
}
