import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { Secret } from "../base/secret.ts";
import { ConfigFault } from "../config/problems.ts";
import { writePassword } from "../server/password.ts";
import { check, show } from "./config.ts";

const GOOD = `cameras:
  front:
    url: scene:street
    zones: {door: {points: [[0, 0], [1, 0], [1, 1]]}}
    masks: {one: {points: [[0, 0], [1, 0], [0, 1]]}, two: {points: [[0, 1], [1, 1], [0, 0.5]]}}
  back: {url: "rtsp://ada:hunter2@h/"}
`;

async function inFile(
  text: string,
  work: (path: string, output: KeptOutput, folder: TestFolder) => Promise<void> | void,
): Promise<void> {
  using folder = new TestFolder();
  const path = folder.file("s.yaml");
  Deno.writeTextFileSync(path, text);
  Deno.chmodSync(path, 0o644);
  await work(path, new KeptOutput(), folder);
}

Deno.test("config check says what a good file holds, and what to mind", async () => {
  await inFile(GOOD, async (path, output) => {
    assert.equal(await check(path, { typed: {}, output }), 0);
    assert.equal(output.text, `${path} is good: 2 cameras, 1 zone, 2 masks`);
    assert.equal(output.remarks.length, 1);
    assert.match(output.remarks[0]!, /^warning: 6:15 cameras.back.url: a secret stands/);
  });
});

Deno.test("config check throws the report of a bad file", async () => {
  await inFile("cameras: {a: {fps: 0}}\n", async (path, output) => {
    await assert.rejects(check(path, { typed: {}, output }), (thrown) => {
      assert.ok(thrown instanceof ConfigFault);
      assert.match(thrown.message, /2 problems/);
      return true;
    });
  });
});

Deno.test("config check says of a bad file what is worth a warning too", async () => {
  const text = "cameras: {a: {url: x, fps: 0, min_size: 0.1, min_size_far: 0.4}}\n";
  await inFile(text, async (path, output) => {
    await assert.rejects(check(path, { typed: {}, output }), ConfigFault);
    assert.match(output.remarks.join(), /^warning: 1:60 cameras.a.min_size_far: is 0.4/);
    const json = new KeptOutput();
    assert.equal(await check(path, { typed: { "--json": true }, output: json }), 2);
    const { problems, warnings } = JSON.parse(json.text);
    assert.deepEqual([problems.length, warnings.length], [1, 1]);
  });
});

Deno.test("config check --json has problems with their places, and exits with 2", async () => {
  await inFile("cameras: {a: {url: x, fps: 0}}\n", async (path, output) => {
    assert.equal(await check(path, { typed: { "--json": true }, output }), 2);
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
  assert.equal(await check("/nowhere/s.yaml", { typed: { "--json": true }, output }), 2);
  assert.deepEqual(JSON.parse(output.text).problems, [{
    path: "",
    words: "Cannot read /nowhere/s.yaml: it does not exist",
  }]);
});

Deno.test("config show has every setting with where it comes from, and no secret", async () => {
  await inFile(GOOD, (path, output) => {
    assert.equal(show(path, { typed: {}, output }), 0);
    assert.match(output.text, /^ {4}url: rtsp:\/\/\*\*\*@h\/ # line 6$/m);
    assert.match(output.text, /^ {2}port: 8766 # default$/m);
  });
  await inFile(GOOD, (path, output) => {
    show(path, { typed: { "--json": true }, output });
    assert.equal(JSON.parse(output.text).server.port, 8766);
    assert.doesNotMatch(output.text, /hunter2/);
  });
});

Deno.test("config check warns of a page that is open to all without a password", async () => {
  const text = "cameras: {a: {url: x}}\nserver: {listen: 0.0.0.0}\n";
  await inFile(text, async (path, output, folder) => {
    const places = {
      configFile: path,
      stateFolder: folder.file("state"),
      controlSocket: "",
      isSystem: false,
    };
    assert.equal(await check("", { typed: {}, output, places }), 0);
    assert.match(
      output.remarks.join(),
      /server.listen: is 0.0.0.0, and no password is set/,
    );
    await writePassword(places.stateFolder, new Secret("a long word"), {
      logN: 2,
      r: 8,
      p: 1,
    });
    const again = new KeptOutput();
    assert.equal(await check("", { typed: {}, output: again, places }), 0);
    assert.deepEqual(again.remarks, []);
  });
});

Deno.test("config check finds a file good whose references only the service can look up", async () => {
  const text =
    "cameras: {a: {url: 'rtsp://h/', user: u, password: '${credential:cam}'}}\n";
  await inFile(text, async (path, output) => {
    assert.equal(await check(path, { typed: {}, output }), 0);
    assert.match(
      output.remarks.join(),
      /password: cannot be looked up here, the service may/,
    );
  });
});
