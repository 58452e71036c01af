import assert from "node:assert/strict";
import { runsInGroup } from "./left_behind.ts";

function check(stat: string, expected: boolean): void {
  assert.equal(runsInGroup(stat, 42), expected);
}

Deno.test("runsInGroup() knows the members of a group, whatever they are called", () => {
  check("43 (ffmpeg) S 1 42 42 0 -1", true);
  check("43 (a) b) (c) R 1 42 42 0 -1", true);
  check("43 (ffmpeg) S 42 7 7 0 -1", false);
});

Deno.test("runsInGroup() does not count what is dead and not yet buried", () => {
  check("43 (ffmpeg) Z 1 42 42 0 -1", false);
  check("43 (ffmpeg) X 1 42 42 0 -1", false);
});
