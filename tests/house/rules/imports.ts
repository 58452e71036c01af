/**
 * Underlines an import that the table does not allow. The table is `../import_table.ts`.
 * @module
 */
import { whyNotImport, whyNotPackage } from "../import_table.ts";
import { placeOfFile, resolveImport } from "../source_place.ts";

export const imports: Deno.lint.Rule = {
  create(context) {
    const from = placeOfFile(context.filename);
    const judge = (source: Deno.lint.Node | null | undefined) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const why = whyNot(from, source.value);
      if (why !== undefined) {
        context.report({
          node: source,
          message: why,
          hint:
            "Declare the small interface you need in your own file; app/ passes what fits",
        });
      }
    };
    return {
      ImportDeclaration: (node) => judge(node.source),
      ImportExpression: (node) => judge(node.source),
      ExportAllDeclaration: (node) => judge(node.source),
      ExportNamedDeclaration: (node) => judge(node.source),
      // A worker is started by its address: new URL("./worker.ts", import.meta.url).
      'NewExpression[callee.name="URL"]'(node: Deno.lint.NewExpression) {
        const [address, base] = node.arguments;
        if (base?.type !== "MemberExpression" || base.object.type !== "MetaProperty") {
          return;
        }
        if (address?.type !== "Literal" || typeof address.value !== "string") return;
        if (/^\.{1,2}\/.*\.tsx?$/.test(address.value)) judge(address);
      },
    };
  },
};

function whyNot(from: string, specifier: string): string | undefined {
  return /^\.{0,2}\//.test(specifier)
    ? whyNotImport(from, resolveImport(from, specifier))
    : whyNotPackage(from, specifier);
}
