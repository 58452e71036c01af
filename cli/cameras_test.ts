import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { cameraTable, listCameras, merged } from "./cameras.ts";
import { runSubcommand, type Typed } from "./command_line.ts";

Deno.test("cameras lists those of a settings file when no program runs, without logins", async () => {
  using folder = new TestFolder();
  const path = folder.file("streamware.yaml");
  await Deno.writeTextFile(
    path,
    "cameras:\n  gate:\n    url: rtsp://ada:secret@10.0.0.5/stream1?token=x\n",
  );
  const output = new KeptOutput();
  const typed = { "--config": path, "--socket": folder.file("none.sock") };
  assert.equal(await listCameras(typed, output), 0);
  assert.match(output.text, /^gate +not running +rtsp:\/\/10\.0\.0\.5\/stream1\?\*\*\*$/);
});

Deno.test("cameras lists what the program says, and cameras that it does not know yet", () => {
  const gate = { camera: "gate", source: "rtsp://10.0.0.5/1" };
  const told = { ...gate, state: "frozen", forMs: 90_000, words: "The picture stands" };
  const yard = { camera: "yard", source: "rtsp://10.0.0.6/1" };
  const lines = cameraTable(merged([gate, yard], [{ ...told, state: "frozen" }]));
  assert.match(lines[0]!, /^gate +frozen for 1 min +rtsp:/);
  assert.match(lines[1]!, /^ +The picture stands$/);
  assert.match(lines[2]!, /^yard +not running/);
});

Deno.test("cameras shows the stream that is analysed, and a main stream that is away", async () => {
  using folder = new TestFolder();
  const path = folder.file("streamware.yaml");
  await Deno.writeTextFile(
    path,
    "cameras:\n  gate:\n    url: rtsp://ada:secret@10.0.0.5/1\n" +
      "    analysis_url: rtsp://10.0.0.5/2?key=x\n",
  );
  const output = new KeptOutput();
  const typed = { "--config": path, "--socket": folder.file("none.sock") };
  assert.equal(await listCameras(typed, output), 0);
  const [, analysed] = output.text.split("\n");
  assert.match(analysed!, /^ +analysed by rtsp:\/\/10\.0\.0\.5\/2\?\*\*\*$/);

  const gate = { camera: "gate", source: "rtsp://10.0.0.5/1" };
  const running = { ...gate, state: "online", mainWords: "It is away" } as const;
  const lines = cameraTable(merged([{ ...gate, analysisSource: "small" }], [running]));
  assert.deepEqual(lines.slice(1).map((line) => line.trim()), [
    "analysed by small",
    "It is away",
  ]);
});

Deno.test("a word that does something by itself leaves its subcommands their flags", async () => {
  const heard: [string, Typed][] = [];
  const flags = [{ flag: "--json", doc: "As JSON." }];
  const command = (name: string) => ({
    name,
    summary: name,
    flags,
    examples: [],
    run: (_argument: string, typed: Typed) => {
      heard.push([name, typed]);
      return Promise.resolve(0);
    },
  });
  const group = {
    name: "things",
    summary: "things",
    alone: command("things"),
    subcommands: [command("find")],
  };
  const line = { name: "x", summary: "x", version: "1", subcommands: [group] };
  await runSubcommand(line, ["things", "find", "--json"]);
  await runSubcommand(line, ["things", "--json"]);
  await runSubcommand(line, ["things", "find"]);
  assert.deepEqual(heard, [
    ["find", { "--json": true }],
    ["things", { "--json": true }],
    ["find", { "--json": undefined }],
  ]);
});
