import assert from "node:assert/strict";
import { nearest, placesOfName } from "./suggestions.ts";

const NAMES = ["url", "user", "password", "fps", "width", "deadline_s"];

Deno.test("nearest() finds what a mistyped name was meant for", () => {
  const meant: Record<string, string> = {
    usr: "user",
    fsp: "fps",
    passwrod: "password",
    pasword: "password",
    "dead-line-s": "deadline_s",
    deadlineS: "deadline_s",
    Width: "width",
  };
  for (const [typed, name] of Object.entries(meant)) {
    assert.equal(nearest(typed, NAMES), name);
  }
});

Deno.test("nearest() finds nothing when nothing is near", () => {
  for (const typed of ["", "x", "colour", "framerate", "a".repeat(10_000)]) {
    assert.equal(nearest(typed, NAMES), undefined, typed.slice(0, 20));
  }
});

Deno.test("placesOfName() knows every section that has a setting of this name", () => {
  assert.deepEqual(placesOfName("originalPort"), ["server.original_port"]);
  assert.deepEqual(placesOfName("url"), [
    "cameras.NAME.url",
    "ollama.url",
    "webhook.url",
  ]);
  assert.deepEqual(placesOfName("none"), []);
});
