import assert from "node:assert/strict";
import { ConfigFault, withoutValues } from "./problems.ts";

function check(line: string, shown: string): void {
  assert.equal(withoutValues(line), shown);
}

Deno.test("a line is shown with the values of settings that hold no secret", () => {
  check("    fps: 5", "    fps: 5");
  check(
    "  front: {fps: 5, zones: {door: {judge: foot}}}",
    "  front: {fps: 5, zones: {door: {judge: foot}}}",
  );
  check("  - fps: 5", "  - fps: 5");
  check("cameras:", "cameras:");
  check("    url: rtsp://ada:hunter2@h/", "    url: rtsp://…");
});

Deno.test("a line is shown with the number of a mistyped setting that holds no secret", () => {
  check("    sensitivty: 40", "    sensitivty: 40");
  check("  front: {fsp: 5, lop: true}", "  front: {fsp: …");
  check("    lop: true", "    lop: true");
});

Deno.test("a line is shown without anything that could be a secret", () => {
  check("    password: hunter2", "    password: …");
  check("    passwrd: hunter2", "    passwrd: …");
  check("    passwrd: 12345678", "    passwrd: …");
  check("    pin: 1234", "    pin: …");
  check("    users: 1234", "    users: …");
  check("    sensitivty: hunter2", "    sensitivty: …");
  check("    sensitivty: 5 hunter2", "    sensitivty: …");
  check("  - password: hunter2", "  - password: …");
  check('{"fps": 5, "token": "hunter2", "width": 64}', '{"fps": 5, "token": …');
  check("    fps: 5 # hunter2", "    fps: 5");
  check("      hunter2", "");
  check("  front: {hunter2}", "  front: …");
  check("    12345678", "");
  check("   12345678, fps: 5}", "");
  check("  front: {fps: 5, password:hunter2}", "  front: {fps: 5,…");
  check("  front: {fps: 5, password:hunter2, url: x}", "  front: {fps: 5,…");
  check("  front: {fps: 5, password hunter2}", "  front: {fps: 5,…");
  check("    fps: 5 password hunter2", "    fps: 5…");
  check('    {"fps":5, "token":"hunter2"}', "");
  check("    model: llava:hunter2", "    model: llava:…");
  check("    fps: \u001b[2J5", "    fps:  [2J5");
});

Deno.test("a report has at most 30 problems and counts the others", () => {
  const text = "a\n".repeat(40);
  const problems = Array.from({ length: 40 }, (_, line) => (
    { at: 78 - 2 * line, path: `p${line}`, words: "is wrong" }
  ));
  const fault = new ConfigFault("s.yaml", { text, problems });
  const lines = fault.message.split("\n");
  assert.equal(lines[0], "Cannot use s.yaml: 40 problems");
  assert.equal(lines[1], "  1:1 p39: is wrong");
  assert.equal(lines.at(-1), "  and 10 more");
  assert.equal(fault.problems.length, 40);
});
