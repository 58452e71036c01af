/**
 * `streamware config` as a user runs it.
 * @module
 */
import assert from "node:assert/strict";
import { Secret } from "../../base/secret.ts";
import { isPassword, readPasswordHash } from "../../server/password.ts";
import { TestFolder } from "../support/clips.ts";
import { inTerminal } from "../support/in_terminal.ts";
import { finish, PROGRAM, type ProgramPlace } from "../support/program.ts";

const PASSWORD = "päss 'word\"$#@";

/** The program of a user whose files all lie in `folder`. */
function userOf(folder: TestFolder, command: ProgramPlace["command"]): ProgramPlace {
  const env = {
    ...Deno.env.toObject(),
    CONFIGURATION_DIRECTORY: folder.file("config"),
    STATE_DIRECTORY: folder.file("state"),
    PASSWORD,
  };
  return { command, env };
}

Deno.test("what config example prints is what config check takes for good", async () => {
  using folder = new TestFolder();
  const place = userOf(folder, [PROGRAM]);
  const example = await finish(["config", "example"], 60_000, place);
  assert.equal(example.code, 0, example.stderr);
  Deno.mkdirSync(folder.file("config"));
  const path = folder.file("config/streamware.yaml");
  Deno.writeTextFileSync(path, example.stdout, { mode: 0o640 });
  const good = await finish(["config", "check"], 60_000, place);
  assert.deepEqual(good, {
    code: 0,
    stdout: `${path} is good: 1 camera\n`,
    stderr: "",
  });
  Deno.writeTextFileSync(path, `${example.stdout}camera:\n  back: rtsp://a:hunter2@h/\n`);
  const bad = await finish(["config", "check"], 60_000, place);
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /2 problems\n {2}\d+:1 camera: .* did you mean cameras\?/);
  assert.doesNotMatch(bad.stderr, /hunter2/);
});

Deno.test("config password keeps the hash of a line of standard input", async () => {
  using folder = new TestFolder();
  const script = 'printf "%s\\n" "$PASSWORD" | "$0" "$@"';
  const place = userOf(folder, ["sh", "-c", script, PROGRAM]);
  const { code, stdout, stderr } = await finish(["config", "password"], 60_000, place);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^The password is set, in /);
  await checkKept(folder);
});

Deno.test("config password asks twice in a terminal, and shows nothing of it", async () => {
  using folder = new TestFolder();
  const { env } = userOf(folder, [PROGRAM]);
  const variables = ["CONFIGURATION_DIRECTORY", "STATE_DIRECTORY"]
    .map((name) => `${name}=${env![name]}`);
  const { code, shown } = await inTerminal(
    ["env", ...variables, PROGRAM, "config", "password"],
    [
      { until: "Password of the page", type: "password\r" },
      { until: "anybody tries", type: "\x7f".repeat(8) + PASSWORD + "\r" },
      { until: "The same again", type: PASSWORD + "\r" },
    ],
  );
  assert.equal(code, 0, shown);
  assert.ok(!shown.includes(PASSWORD), shown);
  await checkKept(folder);
});

async function checkKept(folder: TestFolder): Promise<void> {
  const hash = await readPasswordHash(folder.file("state"));
  assert.equal(await isPassword(new Secret(PASSWORD), hash!), true);
  const { mode } = Deno.statSync(folder.file("state/password"));
  assert.equal(mode! & 0o777, 0o600);
}
