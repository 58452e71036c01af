import assert from "node:assert/strict";
import { timeOfDay, utcText } from "./times.ts";

Deno.test("timeOfDay() has 24 hours and seconds, whatever the zone", () => {
  assert.match(timeOfDay(Date.UTC(2026, 0, 1, 23, 59, 58)), /^[0-2]\d:[0-5]\d:58$/);
});

Deno.test("utcText() tells date and zone, and nothing of a time without a date", () => {
  assert.equal(utcText(Date.UTC(2026, 0, 1, 14, 4, 5)), "2026-01-01 14:04:05 UTC");
  assert.equal(utcText(NaN), "");
  assert.equal(utcText(9e18), "");
});
