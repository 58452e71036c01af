/**
 * The commands of scripts/ as a user calls them, from anywhere. That this runs shows that
 * scripts/setup has done its work; what it does on a bare machine is not tried here.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { PROGRAM } from "../support/program.ts";

const SCRIPTS = new URL("../../scripts/", import.meta.url).pathname;

interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly path?: string;
}

async function call({ command, args, cwd, path }: Call) {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(cwd === undefined ? {} : { cwd }),
    ...(path === undefined ? {} : { env: { PATH: path } }),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** A folder with links to what setup itself is made of, and to nothing else. */
function bareTools(folder: TestFolder): string {
  const tools =
    "bash dirname find grep mkdir mv readlink sha256sum sort uname xargs flock setpriv";
  for (const tool of tools.split(" ")) {
    Deno.symlinkSync(`/usr/bin/${tool}`, folder.file(tool));
  }
  return folder.path;
}

Deno.test("streamware works through a link, and files are those of the caller's folder", async () => {
  using folder = new TestFolder();
  Deno.symlinkSync(PROGRAM, folder.file("sw"));
  const { code, stderr } = await call({
    command: folder.file("sw"),
    args: ["analyze", "scene:street", "--seconds", "0.3", "--dsl", "out.dsl"],
    cwd: folder.path,
  });
  assert.equal(code, 0, stderr);
  assert.ok(Deno.readTextFileSync(folder.file("out.dsl")).length > 0);
});

Deno.test("streamware hands on the exit code of the program", async () => {
  const { code, stdout } = await call({
    command: PROGRAM,
    args: ["analyze", "--nonsense"],
  });
  assert.equal(code, 2);
  assert.equal(stdout, "");
});

Deno.test("setup says nothing when nothing is missing", async () => {
  for (const level of ["run", "test", "build"]) {
    const done = await call({ command: `${SCRIPTS}setup`, args: [level] });
    assert.deepEqual(done, { code: 0, stdout: "", stderr: "" });
  }
});

Deno.test("setup names its levels when it is asked for another one", async () => {
  const { code, stderr } = await call({ command: `${SCRIPTS}setup`, args: ["all"] });
  assert.equal(code, 2);
  assert.match(stderr, /run, test, build and evaluate/);
});

Deno.test("build says how it is called when a flag is wrong", async () => {
  const build = { command: `${SCRIPTS}build`, args: ["--target", "mips"] };
  const { code, stdout, stderr } = await call(build);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^usage: scripts\/build \[--target x64\|arm64\]/m);
});

Deno.test("setup says what to install where it cannot install it", async () => {
  using folder = new TestFolder();
  const { code, stderr } = await call({
    command: `${SCRIPTS}setup`,
    args: ["run"],
    path: bareTools(folder),
  });
  assert.equal(code, 3);
  assert.match(stderr, /no apt-get/);
  assert.match(stderr, /^setup: {3}ffmpeg openssl$/m);
});

Deno.test("demo says which port is taken and how to take another", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, stdout, stderr } = await call({
    command: `${SCRIPTS}demo`,
    args: ["--port", String(listener.addr.port)],
  });
  assert.equal(code, 3);
  assert.equal(stdout, "");
  assert.match(stderr, new RegExp(`port ${listener.addr.port} is in use`));
  assert.match(stderr, /scripts\/demo --port/);
});

Deno.test("a reader that has enough is no error", async () => {
  for (const words of ["--help", "run --help", "config example", "--version"]) {
    const { code, stderr } = await call({
      command: "/bin/bash",
      args: ["-c", `set -o pipefail; ${SCRIPTS}streamware ${words} | true`],
    });
    assert.equal(stderr, "", words);
    assert.equal(code, 0, words);
  }
});

Deno.test("output that cannot be kept is a fault of the place, not of ours", async () => {
  const { code, stderr } = await call({
    command: "/bin/bash",
    args: ["-c", `${SCRIPTS}streamware config example > /dev/full`],
  });
  assert.equal(code, 3);
  assert.match(stderr, /^streamware: Cannot print to standard output: No space/);
});
