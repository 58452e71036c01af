import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { ConfigFault } from "../config/problems.ts";
import { check, show } from "./config.ts";

const GOOD = `cameras:
  front: {url: scene:street, zones: {door: {points: [[0, 0], [1, 0], [1, 1]]}}}
  back: {url: "rtsp://ada:hunter2@h/"}
`;

function inFile(
  text: string,
  work: (path: string, output: KeptOutput) => void,
): void {
  using folder = new TestFolder();
  const path = folder.file("s.yaml");
  Deno.writeTextFileSync(path, text);
  Deno.chmodSync(path, 0o644);
  work(path, new KeptOutput());
}

Deno.test("config check says what a good file holds, and what to mind", () => {
  inFile(GOOD, (path, output) => {
    assert.equal(check(path, { typed: {}, output }), 0);
    assert.equal(output.text, `${path} is good: 2 cameras, 1 zone`);
    assert.equal(output.remarks.length, 1);
    assert.match(output.remarks[0]!, /^warning: 3:15 cameras.back.url: a secret stands/);
  });
});

Deno.test("config check throws the report of a bad file", () => {
  inFile("cameras: {a: {fps: 0}}\n", (path, output) => {
    assert.throws(() => check(path, { typed: {}, output }), (thrown) => {
      assert.ok(thrown instanceof ConfigFault);
      assert.match(thrown.message, /2 problems/);
      return true;
    });
  });
});

Deno.test("config check --json has problems with their places, and exits with 2", () => {
  inFile("cameras: {a: {url: x, fps: 0}}\n", (path, output) => {
    assert.equal(check(path, { typed: { "--json": true }, output }), 2);
    assert.deepEqual(JSON.parse(output.text), {
      file: path,
      isGood: false,
      problems: [{
        line: 1,
        column: 28,
        path: "cameras.a.fps",
        words: "must be at least 0.2, is 0",
      }],
      warnings: [],
    });
  });
  const output = new KeptOutput();
  assert.equal(check("/nowhere/s.yaml", { typed: { "--json": true }, output }), 2);
  assert.deepEqual(JSON.parse(output.text).problems, [{
    path: "",
    words: "Cannot read /nowhere/s.yaml: it does not exist",
  }]);
});

Deno.test("config show has every setting with where it comes from, and no secret", () => {
  inFile(GOOD, (path, output) => {
    assert.equal(show(path, { typed: {}, output }), 0);
    assert.match(output.text, /^ {4}url: rtsp:\/\/\*\*\*@h\/ # line 3$/m);
    assert.match(output.text, /^ {2}port: 8766 # default$/m);
  });
  inFile(GOOD, (path, output) => {
    show(path, { typed: { "--json": true }, output });
    assert.equal(JSON.parse(output.text).server.port, 8766);
    assert.doesNotMatch(output.text, /hunter2/);
  });
});
