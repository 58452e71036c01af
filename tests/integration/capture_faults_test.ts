/**
 * What cameras do wrong, against a real one: what is told of it, how soon, and what is
 * left. The rows are data (`tests/support/fault_rows.ts`); with STREAMWARE_FAULTS_TABLE
 * set to a path the measured table is written there.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import type { FaultRow, FaultVerdict } from "../support/fault_rig.ts";
import { BY_THIS_DENO } from "../support/fault_box.ts";
import { CLIP_FPS, makeFaultClips } from "../support/fault_clips.ts";
import { canServeNames, NameServer } from "../support/fault_names.ts";
import { faultRows } from "../support/fault_rows.ts";
import type { FaultOrder, FaultReport } from "../support/fault_run.ts";
import { LiveClient } from "../support/live_client.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { watch } from "../support/watching.ts";

const isFull = Deno.env.get("STREAMWARE_FULL") === "1";
const only = Deno.env.get("STREAMWARE_FAULTS_ONLY");
async function runRows(isWanted: (row: FaultRow) => boolean): Promise<void> {
  using folder = new TestFolder();
  const clips = await makeFaultClips(folder);
  const names = faultRows(clips).filter(isWanted).map(({ name }) => name);
  const { results, wrong, descriptors } = await runApart({ clips, names });
  const path = Deno.env.get("STREAMWARE_FAULTS_TABLE");
  if (path !== undefined) Deno.writeTextFileSync(path, tableOf(results, wrong));
  assert.deepEqual(wrong, []);
  assert.equal(results.length, names.length);
  assert.ok(descriptors <= 0, `${descriptors} descriptors are left open`);
}

async function runApart(order: FaultOrder): Promise<FaultReport> {
  const program = new URL("../support/fault_run.ts", import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", program, JSON.stringify(order)],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const [said, complaint] = [stdout, stderr].map((text) =>
    new TextDecoder().decode(text)
  );
  assert.ok(said, complaint);
  return JSON.parse(said);
}

function tableOf(results: readonly FaultVerdict[], wrong: readonly string[]): string {
  const lines = results.map(({ name, told, toldAfterS, backAfterS, left }) => {
    const back = backAfterS === undefined ? "" : `${backAfterS.toFixed(1)} s`;
    return `| ${name} | \`${told}\` | ${toldAfterS.toFixed(1)} s | ${back} | ${
      left || "nothing"
    } |`;
  });
  const head =
    "| what | told | after | back after | left behind |\n| --- | --- | --- | --- | --- |";
  return [head, ...lines, ...wrong].join("\n") + "\n";
}

Deno.test({
  name:
    "CameraSession tells each of the quick faults in time, comes back and leaves nothing",
  ignore: !hasRtspCamera,
  async fn() {
    await runRows(({ name, quick = false }) => only ? name.includes(only) : quick);
  },
});

Deno.test({
  name:
    "CameraSession tells each of the slow faults in time, comes back and leaves nothing",
  ignore: !hasRtspCamera || !isFull,
  async fn() {
    await runRows(({ name, quick }) => only ? name.includes(only) : !quick);
  },
});

/** Two of them, which is usual: both are this one. */
const SERVERS = 2;

Deno.test({
  name: "a camera whose name is no longer answered for is told so, and comes back",
  ignore: !hasRtspCamera || !canServeNames || !isFull,
  async fn() {
    using folder = new TestFolder();
    const { small } = await makeFaultClips(folder);
    await using names = await NameServer.start(folder, SERVERS);
    await using camera = await RtspCamera.start({ clips: [small], fps: CLIP_FPS });
    const url = `rtsp://gate.example:${camera.port}/cam`;
    const command = [...names.under, ...BY_THIS_DENO.command] as const;
    await using running = await watch(url, [], { command });
    await using client = new LiveClient(running.socket);
    await client.untilState(["online"]);
    names.halt(true);
    await camera.command("kick");
    const { state } = await client.untilState(["offline"], 20_000);
    assert.equal(state.why, "dns");
    names.halt(false);
    await client.untilState(["online"], 20_000);
    await client.moreFrames(5);
  },
});
