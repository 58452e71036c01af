/**
 * What a user who types something wrong reads: one clear error, an exit code of
 * docs/ref/exit-codes.md, no stack trace, no password.
 * @module
 */
import assert from "node:assert/strict";
import { makeTestClip, TestFolder } from "../support/clips.ts";
import { finish } from "../support/program.ts";
import { watch } from "../support/watching.ts";

interface Expected {
  readonly code: number;
  readonly says: RegExp;
}

async function check(args: readonly string[], expected: Expected): Promise<void> {
  const { code, stdout, stderr } = await finish(args);
  const shown = `${args.join(" ")}\n${stderr}`;
  assert.match(stderr, expected.says, shown);
  assert.equal(code, expected.code, shown);
  assert.doesNotMatch(stderr + stdout, /\n\s+at .*:\d+/, `no stack trace: ${shown}`);
  assert.doesNotMatch(stderr + stdout, /s3cret/, "no password");
}

Deno.test("a command line that cannot be read says what is wrong", async () => {
  await check(["frobnicate"], { code: 2, says: /unknown command 'frobnicate'/ });
  const missing = "/nonexistent/streamware.yaml";
  await check(["run", "--config", missing], {
    code: 2,
    says: /nonexistent.*does not exist/,
  });
  await check(["run", "--fast"], { code: 2, says: /unknown option '--fast'/ });
  await check(["run", "--url"], { code: 2, says: /argument missing/ });
  await check(["analyze"], { code: 2, says: /missing required argument/ });
  await check(["run", "--url", "scene:street", "--width", "0", "--fps", "x"], {
    code: 2,
    says: /--fps must be a number, was "x"; --width must be at least 64, was 0/,
  });
});

Deno.test("a source that cannot be understood says what could be", async () => {
  await check(["run", "--url", "ftp://admin:s3cret@host/cam"], {
    code: 2,
    says: /Cannot .*ftp/,
  });
  await check(["run", "--url", "scene:moon"], { code: 2, says: /scene:street/ });
  await check(["analyze", "scene:moon"], { code: 2, says: /scene:street/ });
  await check(["analyze", "rtsp://admin:s3cret@127.0.0.1/cam"], {
    code: 2,
    says: /Cannot .*127\.0\.0\.1/,
  });
});

Deno.test("a file that is no video says so", async () => {
  using folder = new TestFolder();
  const empty = folder.file("empty.mp4");
  Deno.writeTextFileSync(empty, "");
  const text = folder.file("text.mp4");
  Deno.writeTextFileSync(text, "not a video\n".repeat(1_000));
  for (const args of [["analyze"], ["run", "--url"]]) {
    const missing = folder.file("missing.mp4");
    await check([...args, missing], { code: 3, says: /Cannot .*missing\.mp4/ });
    await check([...args, empty], { code: 4, says: /Cannot .*empty\.mp4.*empty/ });
    await check([...args, text], { code: 4, says: /Cannot .*text\.mp4/ });
  }
});

Deno.test("an output that cannot be written says so", async () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mkv");
  await makeTestClip(clip, { width: 64, height: 48, fps: 5, seconds: 1 });
  await check(["analyze", clip, "--dsl", folder.file("no/such/folder.dsl")], {
    code: 3,
    says: /Cannot write .*folder\.dsl/,
  });
  await check(["analyze", clip, "--zone", "gate=0,0,2,0,1,1"], {
    code: 2,
    says: /Cannot .*gate/,
  });
});

Deno.test("analyze takes pictures from 1x1 to 8K", async () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mkv");
  const masks = folder.file("masks");
  for (const [width, height] of [[1, 1], [2, 3], [33, 17], [7_680, 4_320]] as const) {
    await makeTestClip(clip, { width, height, fps: 2, seconds: 1 });
    const { code, stderr } = await finish(["analyze", clip, "--masks", masks]);
    assert.equal(code, 0, `${width}x${height}: ${stderr}`);
    assert.equal(Deno.statSync(masks).size, 2 * width * height, `${width}x${height}`);
  }
});

Deno.test("nothing of a password or a token is ever printed, however it is typed", async () => {
  for (
    const url of [
      "rtsp://admin:p@s3cret/w:ord@127.0.0.1:9/cam",
      "rtsp://admin:s3cret%40@127.0.0.1:9/cam",
      "http://127.0.0.1:9/video?user=admin&pwd=s3cret",
      "rtsp://127.0.0.1:9/user=admin_password=s3cret_channel=1",
    ]
  ) {
    await using watching = await watch(url, ["--log-level", "debug"]);
    await watching.program.printedGroup(/capture\.reconnect/);
    const page = await (await fetch(new URL("healthz", watching.page))).text();
    const metrics = await (await fetch(new URL("metrics", watching.page))).text();
    assert.doesNotMatch(watching.program.printed + page + metrics, /s3cret|w:ord/, url);
  }
});

Deno.test("analyze never writes over its own clip, nor two outputs into one", async () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mkv");
  await makeTestClip(clip, { width: 64, height: 48, fps: 5, seconds: 1 });
  const size = Deno.statSync(clip).size;
  const spelled = `${folder.path}/./clip.mkv`;
  await check(["analyze", clip, "--dsl", spelled], { code: 2, says: /the clip itself/ });
  assert.equal(Deno.statSync(clip).size, size);
  const twice = ["analyze", clip, "--dsl", "-", "--jsonl", "-"];
  await check(twice, { code: 2, says: /--jsonl to -: that is where --dsl is written/ });
});
