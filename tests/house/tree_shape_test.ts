import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import { checkoutFiles, readText, ROOT } from "./checkout.ts";
import {
  commandFaults,
  isCommand,
  missingDocuments,
  ownerlessFolders,
  unwantedBlobs,
} from "./tree_shape.ts";

Deno.test("ownerlessFolders() names a file in a folder that nobody owns", () => {
  assert.equal(ownerlessFolders(["capture/utils/strings.ts"]).length, 1);
  assert.deepEqual(ownerlessFolders(["capture/frame/utils.ts", "base/queue.ts"]), []);
});

Deno.test("missingDocuments() names what a stranger would look for in vain", () => {
  assert.ok(missingDocuments(["README.md"]).includes("CHANGELOG.md is missing"));
});

Deno.test("unwantedBlobs() names recordings, large files and pictures at the wrong place", () => {
  const check = (path: string, bytes: number, count: number) =>
    assert.equal(unwantedBlobs([{ path, bytes }]).length, count, path);
  check("tests/street.mp4", 10, 1);
  check("docs/page.png", 2_000_000, 1);
  check("capture/page.png", 10, 1);
  check("docs/page.png", 10, 0);
  check("analysis/kernels/motion.wasm", 10, 0);
});

Deno.test("commandFaults() names a command that cannot run, is mute or goes on after a failure", () => {
  const good = "#!/usr/bin/env bash\n# Tests.\nset -euo pipefail\n";
  const check = (text: string, mode: number, count: number) =>
    assert.equal(commandFaults({ path: "scripts/test", text, mode }).length, count, text);
  check(good, 0o755, 0);
  check(good, 0o644, 1);
  check(good.replace("# Tests.\n", ""), 0o755, 1);
  check(good.replace("-euo pipefail", "-e"), 0o755, 1);
  check(good.replace("bash", "sh"), 0o755, 1);
});

Deno.test("no folder of this repository is without an owner", () => {
  expectNone(ownerlessFolders(checkoutFiles()));
});

Deno.test("every document that a stranger looks for is here", () => {
  expectNone(missingDocuments(checkoutFiles()));
});

Deno.test("no recording and no large file is kept here", () => {
  const files = checkoutFiles().map((path) => ({
    path,
    bytes: Deno.statSync(ROOT + path).size,
  }));
  expectNone(unwantedBlobs(files));
});

Deno.test("every command can be run, says what it does and stops at a failure", () => {
  const commands = checkoutFiles().filter(isCommand);
  assert.ok(commands.includes("scripts/streamware"));
  expectNone(commands.flatMap((path) =>
    commandFaults({
      path,
      text: readText(path),
      mode: Deno.statSync(ROOT + path).mode ?? 0,
    })
  ));
});
