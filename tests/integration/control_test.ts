import assert from "node:assert/strict";
import type { ControlStatus } from "../../server/control_protocol.ts";
import { TestFolder } from "../support/clips.ts";
import { eventually, finish, RunningProgram } from "../support/program.ts";
import { shell } from "../support/shell.ts";

const FLAGS = ["run", "--url", "scene:street", "--port", "0", "--original-port", "-1"];

function start(socket: string): RunningProgram {
  return new RunningProgram([...FLAGS, "--control-socket", socket, "--dsl-only"]);
}

async function statusOf(socket: string): Promise<ControlStatus> {
  const { stdout } = await finish(["status", "--json", "--socket", socket]);
  return JSON.parse(stdout);
}

async function untilWell(socket: string): Promise<void> {
  const isWell = async () => (await statusOf(socket)).status === "well";
  await eventually("all is well", isWell, 30_000);
}

Deno.test("a running program tells status, events, log and pictures over its socket", async () => {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  await using program = start(socket);
  await program.printedGroup(/page +(http\S+)/);
  await untilWell(socket);

  const screen = await finish(["status", "--socket", socket]);
  assert.equal(screen.code, 0, screen.stderr);
  assert.match(screen.stdout, /^StreamWare \S+ is well: camera \S+ gives pictures/);
  const status = await statusOf(socket);
  const [camera] = status.cameras;
  assert.equal(camera?.source, "scene:street");
  assert.ok(status.memoryBytes! > 20_000_000 && status.pid > 1);
  const isMeasured = async () => {
    const fps = (await statusOf(socket)).cameras[0]?.analysedFps ?? 0;
    return fps > 4 && fps < 16;
  };
  await eventually("about ten frames a second are analysed", isMeasured);

  // Somebody walks through the street within seconds.
  const head = await shell(`streamware events --follow --socket ${socket} | head -n 1`);
  assert.match(head.stdout, /^\S+ \S+ {2}\w+ {2}EVENT type=/);
  assert.equal(head.code, 0, "head is no failure");
  assert.doesNotMatch(head.stderr, /pipe|streamware:|\.ts:/i);

  const picture = folder.file("street.jpg");
  const name = camera!.camera;
  const taken = await finish(["snapshot", name, "--output", picture, "--socket", socket]);
  assert.equal(taken.code, 0, taken.stderr);
  assert.deepEqual([...Deno.readFileSync(picture).slice(0, 3)], [0xff, 0xd8, 0xff]);
  const unknown = await finish(["snapshot", "attic", "-", "--socket", socket]);
  assert.equal(unknown.code, 2);
  const missing = await finish(["snapshot", "attic", "--socket", socket]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, new RegExp(`no such camera; there is ${name}`));

  const logs = await finish(["logs", "--lines", "5", "--socket", socket]);
  assert.match(logs.stdout, /^\d{4}-\S+Z \w+ +\w+\.\w+/);
});

Deno.test("status says down after kill -9, and the next start takes the dead socket over", async () => {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  {
    await using killed = start(socket);
    await killed.printedGroup(/page +(http\S+)/);
    await untilWell(socket);
    killed.kill("SIGKILL");
  }
  assert.equal(Deno.statSync(socket).isSocket, true, "kill -9 leaves the file");
  const down = await finish(["status", "--socket", socket]);
  assert.equal(down.code, 2);
  assert.match(down.stdout, /^StreamWare is down\. .*nobody answers/);
  await using next = start(socket);
  await next.printedGroup(/page +(http\S+)/);
  await untilWell(socket);

  await using second = start(socket);
  await second.printedGroup(/control\.busy/);
  assert.equal((await statusOf(socket)).status, "well", "the first is asked still");
});

Deno.test("version tells what the program is made of", async () => {
  const { code, stdout } = await finish(["version", "--json"]);
  assert.equal(code, 0);
  const versions: Record<string, string> = JSON.parse(stdout);
  const names = [
    ...["streamware", "deno", "target", "kernels", "sharp", "libvips", "ffmpeg"],
  ];
  assert.deepEqual(Object.keys(versions), names);
  for (const name of names) assert.match(versions[name]!, /^[\w.+:~-]+$/, name);
  assert.match((await finish(["version"])).stdout, /^streamware +\d/);
});
