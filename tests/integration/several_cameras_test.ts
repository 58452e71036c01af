/**
 * Several cameras of one settings file, and one Ollama for all of them.
 */
import assert from "node:assert/strict";
import type { ControlEvent, ControlStatus } from "../../server/control_protocol.ts";
import { TestFolder } from "../support/clips.ts";
import { fakeOllama } from "../support/fake_ollama.ts";
import { ownLoopback } from "../support/own_loopback.ts";
import { eventually, finish, RunningProgram } from "../support/program.ts";

interface Box extends AsyncDisposable {
  readonly program: RunningProgram;
  status(): Promise<ControlStatus>;
  /** The newest sentences, oldest first. */
  sentences(): Promise<readonly ControlEvent[]>;
}

/** Runs the settings, which are those of a file, until it is asked over its socket. */
async function box(folder: TestFolder, settings: Record<string, unknown>): Promise<Box> {
  const config = folder.file("streamware.yaml");
  const socket = folder.file("control.sock");
  Deno.writeTextFileSync(
    config,
    JSON.stringify({
      ...settings,
      server: { port: 0, original_port: -1 },
      control: { socket },
    }),
  );
  const program = new RunningProgram(["run", "--config", config], [
    "env",
    `STATE_DIRECTORY=${folder.path}`,
  ]);
  await program.printedGroup(/^ {2}page +(\S+)/);
  const ask = async (command: string, ...more: string[]) =>
    (await finish([command, "--json", "--socket", socket, ...more])).stdout;
  return {
    program,
    status: async () => JSON.parse(await ask("status")),
    sentences: async () =>
      (await ask("events", "--lines", "1000")).split("\n").filter((line) => line)
        .map((line) => JSON.parse(line) as ControlEvent)
        .filter(({ kind }) => kind === "narration"),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

const STREETS = {
  gate: { url: "scene:street", seed: 3 },
  yard: { url: "scene:street", seed: 4, fps: 5, width: 480 },
};

function byModel(camera: string) {
  return (event: ControlEvent) =>
    event.camera === camera && event.kind === "narration" &&
    event.narration.author.kind === "model" && event.narration.verdict.kind === "speak";
}

Deno.test("two cameras of one file are watched side by side, each with its own settings", async () => {
  using folder = new TestFolder();
  await using running = await box(folder, {
    cameras: STREETS,
    words: { dsl_only: true },
  });
  await eventually("both are online", async () => {
    const { cameras } = await running.status();
    return cameras.every(({ state, size }) => state === "online" && size !== undefined);
  }, 20_000);
  const { cameras, status } = await running.status();
  assert.equal(status, "well");
  assert.deepEqual(cameras.map(({ camera, size }) => [camera, size?.width]), [
    ["gate", 640],
    ["yard", 480],
  ]);
});

Deno.test("a camera that cannot be used is an alert, and the other is watched", async () => {
  using folder = new TestFolder();
  await using running = await box(folder, {
    cameras: {
      gate: STREETS.gate,
      shed: { url: folder.file("missing.mp4") },
    },
  });
  const { cameras, status, alerts } = await running.status();
  assert.deepEqual(cameras.map(({ camera }) => camera), ["gate", "shed"]);
  assert.equal(cameras[1]!.state, "offline");
  assert.equal(status, "degraded");
  const alert = alerts.find(({ subject }) => subject === "shed");
  assert.match(alert?.words ?? "", /missing\.mp4/);
});

Deno.test("Ollama that hangs, goes and returns costs nobody but the model's words", async () => {
  using folder = new TestFolder();
  let said = 0;
  const address = ownLoopback();
  const ollama = await fakeOllama({
    address,
    usual: { text: () => `Figure ${++said} walks ${"by ".repeat(said % 7)}there.` },
  });
  const { port, url } = ollama;
  ollama.script({ end: "stall" });
  await using running = await box(folder, {
    cameras: STREETS,
    ollama: { url, deadline_s: 4, per_hour: 3_600 },
  });
  await eventually(
    "a question hangs",
    () => ollama.questions.length > 0,
    30_000,
  );
  const before = await running.sentences();
  await eventually("both cameras go on talking", async () => {
    const now = (await running.sentences()).slice(before.length);
    return ["gate", "yard"].every((name) => now.some(({ camera }) => camera === name));
  }, 30_000);
  await eventually("the model's words come for both", async () => {
    const now = await running.sentences();
    return now.some(byModel("gate")) && now.some(byModel("yard"));
  }, 40_000);
  await ollama.stop();
  await eventually("it is told that no model helps", async () => {
    const { alerts, words } = await running.status();
    return words?.author === "template" &&
      alerts.some(({ code, severity }) =>
        code === "words.no_model" && severity === "note"
      );
  }, 30_000);
  const wordsOfModel = (await running.sentences()).filter(byModel("gate")).length;
  await using returned = await fakeOllama({
    ...{ address, port, usual: { text: () => "It is back." } },
  });
  await eventually("it is asked again", () => returned.questions.length > 0, 60_000);
  await eventually("the alert is gone", async () => {
    const { alerts } = await running.status();
    return !alerts.some(({ code }) => code === "words.no_model");
  });
  assert.ok(wordsOfModel > 0);
});
