import assert from "node:assert/strict";
import { parse } from "yaml";
import { exampleConfig } from "./example.ts";
import { loadSettings } from "./load.ts";
import { OUTLINE, type Section } from "./outline.ts";
import { settings } from "./schema.ts";
import { editedConfig } from "./write.ts";

function load(text: string) {
  const env = () => "http://127.0.0.1/";
  return loadSettings({ path: "/nowhere/s.yaml", text, env }).settings;
}

Deno.test("the example is good as it is, and says nothing but a camera's URL", () => {
  const text = exampleConfig();
  const url = "rtsp://192.168.1.20/stream1";
  assert.deepEqual(
    JSON.stringify(load(text)),
    JSON.stringify(settings.parse({ cameras: { front: { url } } })),
  );
  for (const line of text.split("\n")) assert.ok(line.length <= 90, line);
});

Deno.test("the example with every setting uncommented is good, and has every setting", () => {
  const [, body] = exampleConfig().split(/^(?=cameras:)/m);
  const text = body!
    .replaceAll(/^( *)# (?=(#| |[a-z_]+:( |$)))/gm, "$1")
    .replaceAll(/\$\{file:\w+\}/g, "${env:ANY}");
  load(text);
  const given = parse(text);
  for (const [name, { outline }] of OUTLINE.parts) {
    if (outline.kind !== "section") continue;
    assert.deepEqual(Object.keys(given[name]), [...outline.parts.keys()]);
  }
  const camera = OUTLINE.parts.get("cameras")!.outline as { inner: Section };
  assert.deepEqual(Object.keys(given.cameras.front), [...camera.inner.parts.keys()]);
});

Deno.test("a setting put into the example stands where its comment was", () => {
  const edits = [
    { path: ["server", "listen"], value: "0.0.0.0" },
    { path: ["cameras", "front", "url"], value: "scene:street" },
    { path: ["cameras", "front", "fps"], value: 5 },
  ];
  const before = exampleConfig().split("\n");
  const after = editedConfig(exampleConfig(), edits).split("\n");
  assert.equal(after.length, before.length);
  assert.deepEqual(after.filter((line, index) => line !== before[index]), [
    "    url: scene:street",
    "    fps: 5",
    "  listen: 0.0.0.0",
  ]);
  const read = load(after.join("\n"));
  assert.equal(read.server.listen, "0.0.0.0");
  assert.equal(read.cameras.front!.fps, 5);
});
