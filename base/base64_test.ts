import assert from "node:assert/strict";
import { encodeBase64 } from "./base64.ts";

Deno.test("encodeBase64() takes a piece of a larger buffer as it is", () => {
  const bytes = Uint8Array.from([0, 0xfb, 0xff, 0xfe, 9]);
  assert.equal(encodeBase64(bytes.subarray(1, 4)), "+//+");
  assert.equal(encodeBase64(new Uint8Array()), "");
});
