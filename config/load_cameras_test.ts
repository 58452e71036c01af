import assert from "node:assert/strict";
import { SCENE_NAMES } from "../capture/source_url.ts";
import { CAMERA, load, problemOf, problemsOf } from "../tests/support/settings_text.ts";

Deno.test("what is wrong with a camera's shape is told", () => {
  assert.deepEqual(problemsOf("cameras:\n  - url: a\n"), [
    "2:3 cameras: is a list: give each a name instead of its dash, such as front:",
  ]);
  assert.deepEqual(problemsOf("cameras:\n  front: rtsp://h/\n"), [
    "2:10 cameras.front: is a camera: write its URL behind url: below it",
  ]);
  assert.deepEqual(problemsOf("cameras:\n  front:\n    fps: 1\n"), [
    "2:3 cameras.front.url: is missing",
  ]);
  assert.deepEqual(problemsOf("cameras:\n"), [
    "1:1 cameras: has no camera: give one a name, and a url: below it",
  ]);
  assert.deepEqual(problemsOf("log: {level: info}\n"), [
    "cameras: is missing: give each camera a name below it, and below that its url:",
  ]);
  for (const nothing of ["", "# only this\n"]) {
    assert.deepEqual(problemsOf(nothing), ["1:1 there are no settings in it"]);
  }
  assert.deepEqual(problemsOf("port=8766"), ['1:1 must be lines of "name: value"']);
});

Deno.test("what is wrong with a camera's source and login is told", () => {
  const of = (lines: string) => problemsOf(`cameras:\n  a:\n    ${lines}\n`)[0];
  assert.equal(
    of("url: rtps://h/"),
    "3:10 cameras.a.url: begins with rtps://: did you mean rtsp://?",
  );
  assert.equal(
    of("url: rtsp://u:SECRET@192.168.1.20:99999/x"),
    "3:10 cameras.a.url: cannot be used: its host or port is not valid; write " +
      "rtsp://192.168.1.20:554/path, and user: and password: beside it, which take any " +
      "characters",
  );
  assert.equal(
    of("url: scene:strett"),
    "3:10 cameras.a.url: cannot be used: there is no such scene; scenes are " +
      SCENE_NAMES.map((name) => `scene:${name}`).join(", "),
  );
  assert.match(
    of("url: rtsp:/a:SECRET@h")!,
    /^3:10 cameras.a.url: cannot be used: it is neither a URL nor a file; give an rtsp:/,
  );
  assert.equal(
    of('{url: "rtsp://h/", password: p}'),
    "3:34 cameras.a.password: needs a user: set user beside it",
  );
  assert.equal(
    of('{url: "rtsp://a:b@h/", user: p}'),
    "3:34 cameras.a.user: stands in the URL too: write it in one place only",
  );
  assert.equal(
    of('{url: "scene:street", user: p}'),
    "3:33 cameras.a.user: is only for cameras on the network: leave it out",
  );
});

Deno.test("a zone that cannot be one is told in the words of its corners", () => {
  const of = (points: string) => problemOf(`    zones: {door: {points: ${points}}}`);
  const place = "4:28 cameras.front.zones.door.points";
  assert.equal(
    of("[[320, 240], [1, 0], [640, 480]]").replace("4:30", "4:28"),
    `${place}: must be 0..1 of the picture, are pixels: 320 of a width of 640 is 0.5`,
  );
  assert.equal(
    of("[[0, 0], [0.5, 0.5], [1, 1]]"),
    `${place}: lie on one line: a zone has an area`,
  );
  assert.equal(
    of("[0, 0, 1, 1]"),
    `${place}: must be a list of corners, each [x, y]: [[0, 0], [1, 0], [1, 1]]`,
  );
  assert.equal(of("[[0, 0], [1, 1]]"), `${place}: must have at least 3 entries`);
  assert.match(of("[[0, 0], [1, 1.1], [0, 1]]"), /at most 1, is 1.1$/);
  assert.match(of("[[0, 0], [1], [0, 1]]"), /points\[1\]: must have at least 2 entries$/);
});

Deno.test("a zone whose borders cross has an area", () => {
  const bowTie = "{points: [[0, 0], [1, 1], [1, 0], [0, 1]]}";
  assert.deepEqual(problemsOf(`${CAMERA}    zones: {bow: ${bowTie}}\n`), []);
});

Deno.test("a camera has the name that stands in the file, or none", () => {
  const camera = "{url: x}";
  const { settings } = load(`cameras:\n  007: ${camera}\n  0x10: ${camera}\n`);
  assert.deepEqual(Object.keys(settings.cameras), ["007", "0x10"]);
  const words = "must be named with a-z, 0-9, - and _, at most 32 of them, and begin " +
    "with a letter or digit";
  assert.deepEqual(problemsOf(`cameras:\n  ~: ${camera}\n  __proto__: ${camera}\n`), [
    `2:3 cameras.~: ${words}`,
    `3:3 cameras.__proto__: ${words}: write proto`,
  ]);
});

Deno.test("a name that its value sticks to is told apart from others", () => {
  for (const glued of ["password:x", "password=x", "password x"]) {
    assert.deepEqual(problemsOf(`cameras: {a: {url: x, ${glued}}}`), [
      "1:23 cameras.a.password…: is no setting: write password: and a space before its value",
    ]);
  }
});

Deno.test("what is wrong with a stream for analysis is told", () => {
  const of = (main: string, analysis: string) =>
    problemsOf(`cameras:\n  a: {url: "${main}", analysis_url: "${analysis}"}\n`);
  assert.deepEqual(of("rtsp://h.lan/1", "rtsp://h.lan/2"), []);
  const [again] = of("rtsp://u:SECRET@h.lan/1", "rtsp://h.lan/1");
  assert.match(again!, /cameras\.a\.analysis_url: is the stream of url again/);
  for (const other of ["/srv/a.mp4", "http://h.lan/2"]) {
    assert.match(
      of("rtsp://h.lan/1", other)[0]!,
      /analysis_url: is only for two streams/,
    );
  }
  assert.match(of("/srv/a.mp4", "rtsp://h.lan/2")[0]!, /analysis_url: is only for two/);
  assert.match(of("rtsp://h.lan/1", "rtsp:/h")[0]!, /analysis_url: cannot be used/);
});
