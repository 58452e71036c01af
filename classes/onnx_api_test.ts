import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { OnnxApi } from "./onnx_api.ts";

function checkRefused(path: string, words: RegExp): void {
  assert.throws(() => new OnnxApi(path), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "unavailable", String(thrown));
    assert.match(thrown.message, words);
    return thrown.message.startsWith(`Cannot use ${path} as ONNX Runtime: `);
  });
}

Deno.test("OnnxApi refuses a file that is no library, and one that is not there", () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("libonnxruntime.so"), "not a library");
  checkRefused(folder.file("libonnxruntime.so"), /ELF|short|invalid/);
  checkRefused(folder.file("none.so"), /No such file/);
});

Deno.test("OnnxApi refuses a library of something else", () => {
  checkRefused("libm.so.6", /OrtGetApiBase/);
});
