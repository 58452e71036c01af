/**
 * `run --last-good`, as the boot service starts it: a settings file that cannot be used
 * is told, and the last one that worked is in use.
 */
import assert from "node:assert/strict";
import type { ControlStatus } from "../../server/control_protocol.ts";
import { TestFolder } from "../support/clips.ts";
import { finish, PROGRAM, RunningProgram } from "../support/program.ts";

const GOOD = "cameras:\n  street:\n    url: scene:street\nserver:\n  port: 0\n" +
  "  original_port: -1\n";
/** What cannot be read as settings, and what cannot be started with. */
const BROKEN = {
  "a mistake in the file": GOOD.replace("url:", "ulr:"),
  "an open page without a password": GOOD.replace(
    "port: 0",
    "listen: 0.0.0.0\n  port: 0",
  ),
};

interface Box {
  readonly config: string;
  start(...more: readonly string[]): RunningProgram;
  status(): Promise<ControlStatus>;
}

function boxIn(folder: TestFolder): Box {
  const config = folder.file("streamware.yaml");
  const socket = folder.file("control.sock");
  const place = {
    command: [PROGRAM] as const,
    env: { ...Deno.env.toObject(), STATE_DIRECTORY: folder.file("state") },
  };
  return {
    config,
    start: (...more) =>
      new RunningProgram(
        ["run", "--config", config, "--control-socket", socket, ...more],
        [],
        place,
      ),
    status: async () =>
      JSON.parse((await finish(["status", "--json", "--socket", socket])).stdout),
  };
}

async function runOnce(box: Box, look: () => Promise<void>): Promise<void> {
  await using program = box.start("--last-good");
  await program.printedGroup(/^ {2}page +(\S+)/);
  await look();
  program.kill("SIGTERM");
  await program.ended();
}

Deno.test("run --last-good goes on with the settings that worked last, and says so", async () => {
  using folder = new TestFolder();
  const box = boxIn(folder);
  Deno.writeTextFileSync(box.config, GOOD);
  await runOnce(box, async () => {
    assert.deepEqual(await alertsOf(box), []);
  });
  for (const [what, text] of Object.entries(BROKEN)) {
    Deno.writeTextFileSync(box.config, text);
    await runOnce(box, async () => {
      assert.deepEqual(await alertsOf(box), ["config.broken"], what);
      const { cameras } = await box.status();
      assert.deepEqual(cameras.map(({ camera }) => camera), ["street"], what);
    });
    await using strict = box.start();
    assert.equal(await strict.ended(), 2, `${what}, without --last-good`);
  }
});

/** Those that do not come from a box without Ollama. */
async function alertsOf(box: Box): Promise<readonly string[]> {
  const { alerts } = await box.status();
  return alerts.map(({ code }) => code).filter((code) => code !== "words.no_model");
}
