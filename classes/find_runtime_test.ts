import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { findRuntime } from "./find_runtime.ts";

const NPM = Deno.build.arch === "x86_64" ? "x64" : "arm64";

function put(folder: string, path: string): string {
  const whole = `${folder}/${path}`;
  Deno.mkdirSync(whole.slice(0, whole.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(whole, "");
  return whole;
}

Deno.test("findRuntime() takes the model's folder before npm's, and npm's before the system's", () => {
  using folder = new TestFolder();
  using system = new TestFolder();
  const found = () => findRuntime(folder.path, { system: ["/none", system.path] });
  const ofSystem = put(system.path, "libonnxruntime.so.1.21");
  assert.equal(found(), ofSystem);
  const bin = "node_modules/onnxruntime-node/bin";
  put(folder.path, `${bin}/napi-v6/linux/other/libonnxruntime.so.1`);
  assert.equal(found(), ofSystem, "another processor's is no use");
  const ofNpm = put(folder.path, `${bin}/napi-v6/linux/${NPM}/libonnxruntime.so.1`);
  assert.equal(found(), ofNpm);
  const own = put(folder.path, "libonnxruntime.so.1.30.0");
  assert.equal(found(), own);
});

Deno.test("findRuntime() takes no other library of the runtime's", () => {
  using folder = new TestFolder();
  put(folder.path, "libonnxruntime_providers_shared.so");
  put(folder.path, "libonnxruntime.so.1.gz");
  assert.throws(() => findRuntime(folder.path, { system: [] }), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
    assert.match(thrown.message, /Cannot find ONNX Runtime: no libonnxruntime\.so in /);
    return thrown.cause instanceof Deno.errors.NotFound;
  });
});
