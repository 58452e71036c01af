import assert from "node:assert/strict";
import { settingsSchema } from "./reference.ts";

Deno.test("the JSON Schema has the file's names, bounds and docs", () => {
  const { properties } = settingsSchema() as { properties: Record<string, unknown> };
  assert.deepEqual(properties.words, {
    type: ["object", "null"],
    default: {},
    properties: {
      dsl_only: {
        description: "Leave words out, nothing else: motion DSL only.",
        type: "boolean",
        default: false,
      },
    },
    additionalProperties: false,
  });
});
