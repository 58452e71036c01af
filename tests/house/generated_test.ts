import assert from "node:assert/strict";
import { generatedPages } from "../../scripts/generate_docs.ts";

Deno.test("every generated page is as the code would write it now", async () => {
  for (const [path, text] of generatedPages()) {
    const page = await Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
    assert.ok(page === text, `${path} is stale: deno run -A scripts/generate_docs.ts`);
  }
});
