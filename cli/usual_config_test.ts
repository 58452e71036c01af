import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { usualConfigFile } from "./usual_config.ts";

Deno.test("a user without settings of his own looks at those of the service", () => {
  using folder = new TestFolder();
  const [own, service] = [folder.file("own.yaml"), folder.file("service.yaml")];
  assert.equal(usualConfigFile({ configFile: own }, service), own);
  Deno.writeTextFileSync(service, "");
  assert.equal(usualConfigFile({ configFile: own }, service), service);
  Deno.writeTextFileSync(own, "");
  assert.equal(usualConfigFile({ configFile: own }, service), own);
});
