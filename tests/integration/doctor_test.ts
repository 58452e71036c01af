import assert from "node:assert/strict";
import { ffmpeg, TestFolder } from "../support/clips.ts";
import { finish, RunningProgram } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

interface Told {
  readonly check: string;
  readonly level: string;
  readonly words: string;
  readonly toDo?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What doctor finds, by the camera that a finding is about. */
async function examine(config: string, socket: string): Promise<{
  readonly code: number;
  readonly all: readonly Told[];
  camera(name: string): Told | undefined;
}> {
  const flags = ["--json", "--config", config, "--socket", socket];
  const { code, stdout } = await finish(["doctor", ...flags]);
  const all: readonly Told[] = JSON.parse(stdout).findings;
  return { code, all, camera: (name) => all.find(({ facts }) => facts?.camera === name) };
}

Deno.test({
  name:
    "doctor tells real cameras apart: there, wrong password, no such stream, nobody, no name",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const clip = folder.file("clip.mp4");
    const picture = "testsrc2=size=320x240:rate=10:duration=3";
    const coded = ["-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p"];
    await ffmpeg(["-f", "lavfi", "-i", picture, ...coded, clip]);
    const login = { user: "viewer", password: "s3cret-word" };
    await using camera = await RtspCamera.start({ clips: [clip], fps: 10, ...login });
    const config = folder.file("streamware.yaml");
    const at = `127.0.0.1:${camera.port}`;
    Deno.writeTextFileSync(
      config,
      [
        "cameras:",
        `  there: {url: "rtsp://${at}/cam", user: viewer, password: s3cret-word}`,
        `  wrong: {url: "rtsp://viewer:an0ther@${at}/cam"}`,
        `  lost: {url: "rtsp://viewer:s3cret-word@${at}/nothing"}`,
        `  nobody: {url: "rtsp://127.0.0.1:1/cam"}`,
        `  unnamed: {url: "rtsp://camera.invalid/cam"}`,
        `  file: {url: "${clip}"}`,
        "",
      ].join("\n"),
      { mode: 0o600 },
    );
    const found = await examine(config, folder.file("control.sock"));
    assert.equal(found.code, 2);
    assert.equal(
      found.camera("there")?.words,
      "there gives h264 pictures of 320x240, 10 a second",
    );
    assert.match(found.camera("file")?.words ?? "", /h264 pictures of 320x240/);
    const why = ["wrong", "lost", "nobody", "unnamed"].map((name) => [
      found.camera(name)?.level,
      found.camera(name)?.facts?.why,
    ]);
    assert.deepEqual(why, [
      ["broken", "auth"],
      ["broken", "not_found"],
      ["broken", "refused"],
      ["broken", "dns"],
    ]);
    assert.doesNotMatch(JSON.stringify(found.all), /s3cret-word|an0ther/);
  },
});

Deno.test("doctor does not ask a camera that the running program watches", async () => {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  const config = folder.file("streamware.yaml");
  Deno.writeTextFileSync(config, "cameras: {main: {url: /nowhere/at/all.mp4}}\n");
  const flags = ["run", "--url", "scene:street", "--port", "0", "--original-port", "-1"];
  await using program = new RunningProgram([...flags, "--control-socket", socket]);
  await program.printedGroup(/page +(http\S+)/);
  for (let round = 0; round < 20; round++) {
    const main = (await examine(config, socket)).camera("main");
    if (main?.level !== "good") continue; // it has just begun
    assert.match(main.words, /^main is watched by the running program/);
    return;
  }
  assert.fail("the running program was never asked");
});

Deno.test("doctor says every problem of a broken settings file, and looks at the rest", async () => {
  using folder = new TestFolder();
  const config = folder.file("streamware.yaml");
  Deno.writeTextFileSync(config, "cameras:\n  gate: {uri: x, fps: fast}\nsever: {}\n");
  const { code, all } = await examine(config, folder.file("control.sock"));
  assert.equal(code, 2);
  const [settings] = all;
  assert.equal(settings?.level, "broken");
  for (const word of ["uri", "fps", "sever"]) assert.match(settings!.words, RegExp(word));
  assert.match(settings?.toDo ?? "", /streamware config check/);
  const names = new Set(all.map(({ check }) => check));
  for (const name of ["ffmpeg", "memory", "ports", "pictures", "worker", "clock"]) {
    assert.ok(names.has(name), name);
  }
});
