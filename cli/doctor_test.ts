import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { controlParts } from "../tests/support/control_parts.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { openControlSocket } from "../server/control_socket.ts";
import type { Check, CheckContext, FindingLevel } from "./checks/check.ts";
import { check as programCheck } from "./checks/program.ts";
import { check as pictures } from "./checks/pictures.ts";
import { check as worker } from "./checks/worker.ts";
import { MayNotAsk, NobodyAnswers } from "./control_client.ts";
import { examine } from "./doctor.ts";

function finds(name: string, level: FindingLevel, toDo?: string): Check {
  const finding = { level, words: `it is ${level}`, ...(toDo ? { toDo } : {}) };
  return { name, timeoutMs: 1_000, run: () => Promise.resolve([finding]) };
}

function placesIn(folder: TestFolder) {
  return {
    configFile: folder.file("streamware.yaml"),
    stateFolder: folder.file("state"),
    controlSocket: folder.file("control.sock"),
    isSystem: false,
  };
}

/** What the checks were given. */
async function contextOf(
  folder: TestFolder,
  typed: Record<string, string> = {},
): Promise<Omit<CheckContext, "signal">> {
  const seen: CheckContext[] = [];
  const look: Check = {
    name: "look",
    timeoutMs: 1_000,
    run: (context) => (seen.push(context), Promise.resolve([])),
  };
  const socket = { "--socket": folder.file("control.sock") };
  const of = { output: new KeptOutput(), checks: [look], places: placesIn(folder) };
  await examine({ ...socket, ...typed }, of);
  return seen[0]!;
}

Deno.test("doctor ends with 0 when nothing is wrong, 1 with warnings, 2 when something is broken", async () => {
  using folder = new TestFolder();
  const typed = { "--socket": folder.file("control.sock") };
  const code = async (...levels: readonly FindingLevel[]) =>
    await examine(typed, {
      output: new KeptOutput(),
      checks: levels.map((level) => finds("one", level)),
      places: placesIn(folder),
    });
  assert.equal(await code("good", "note"), 0);
  assert.equal(await code("good", "warning"), 1);
  assert.equal(await code("broken", "warning"), 2);
});

Deno.test("doctor tells each finding with its level first and what to do under it", async () => {
  using folder = new TestFolder();
  const typed = { "--socket": folder.file("control.sock") };
  const checks = [
    finds("settings", "good"),
    finds("cameras", "broken", "ping -c 3 192.168.1.20"),
    finds("voice", "warning"),
  ];
  const output = new KeptOutput();
  await examine(typed, { output, checks, places: placesIn(folder) });
  assert.equal(
    `\n${output.text}\n`,
    `
good     settings     it is good
broken   cameras      it is broken
                      -> ping -c 3 192.168.1.20
warning  voice        it is warning

1 is broken, 1 warning: begin at the top.
`,
  );
  const json = new KeptOutput();
  await examine({ ...typed, "--json": true }, {
    output: json,
    checks,
    places: placesIn(folder),
  });
  const { version, worst, findings } = JSON.parse(json.text);
  assert.deepEqual([version, worst, findings.length], [1, "broken", 3]);
  assert.deepEqual(findings[1], {
    check: "cameras",
    level: "broken",
    words: "it is broken",
    toDo: "ping -c 3 192.168.1.20",
  });
});

Deno.test("doctor works without a settings file, with a broken one, and with a good one", async () => {
  using folder = new TestFolder();
  const path = folder.file("streamware.yaml");
  const absent = await contextOf(folder, { "--config": path });
  assert.equal(absent.configuration.kind, "broken");
  Deno.writeTextFileSync(path, "cameras: {gate: {uri: x}}\n");
  const broken = await contextOf(folder);
  assert.equal(broken.configuration.kind, "broken");
  Deno.writeTextFileSync(path, "cameras:\n  gate:\n    url: scene:street\n");
  const good = await contextOf(folder);
  assert.equal(good.configuration.kind, "file");
  assert.deepEqual(Object.keys(good.configuration.settings.cameras), ["gate"]);
  Deno.writeTextFileSync(path, "cameras: {gate: {url: scene:street, min_size_far: 1}}\n");
  const { configuration } = await contextOf(folder);
  assert.ok(configuration.kind === "file");
  assert.match(configuration.warnings.join(), /1:51 cameras.gate.min_size_far: is 1/);
});

Deno.test("doctor asks the running program what it watches, and works when none runs", async () => {
  using folder = new TestFolder();
  assert.equal((await contextOf(folder)).program, undefined);
  const parts = controlParts(folder.file("control.sock"));
  await using _program = await openControlSocket(parts);
  const { program, configuration } = await contextOf(folder);
  assert.equal(program?.cameras[0]?.camera, "gate");
  assert.equal(configuration.path, "/etc/streamware/streamware.yaml", "the file in use");
});

Deno.test("doctor knows a program that is there and does not tell from one that does not run", async () => {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  {
    const mute = Deno.listen({ transport: "unix", path: socket });
    const closing = (async () => {
      for await (const connection of mute) connection.close();
    })();
    const { program, silence } = await contextOf(folder);
    mute.close();
    await closing;
    assert.equal(program, undefined);
    assert.ok(silence instanceof NobodyAnswers);
    assert.deepEqual(await levelsOf({ silence }), ["broken"]);
  }
  assert.equal((await contextOf(folder)).silence, undefined, "the socket is a leftover");
  const silence = new MayNotAsk("unavailable", "Cannot ask", { hint: "sudo" });
  assert.deepEqual(await levelsOf({ silence }), ["note"]);
  assert.deepEqual(
    await levelsOf({ silence: new Fault("unavailable", "Cannot ask: v2") }),
    [
      "warning",
    ],
  );

  async function levelsOf(changes: Partial<CheckContext>) {
    const context = { ...await contextOf(folder), signal: AbortSignal.any([]) };
    const findings = await programCheck.run({ ...context, ...changes });
    return findings.map(({ level }) => level);
  }
});

Deno.test("doctor finds pictures, a worker and SIMD as they should be here", async () => {
  using folder = new TestFolder();
  const typed = { "--socket": folder.file("control.sock") };
  const output = new KeptOutput();
  const of = { output, checks: [pictures, worker], places: placesIn(folder) };
  assert.equal(await examine(typed, of), 0, output.text);
  assert.match(output.text, /libvips .* makes them right/);
  assert.match(output.text, /SIMD answers right/);
});
