/**
 * `cli/ask.ts` in a real terminal, and without one.
 * @module
 */
import assert from "node:assert/strict";
import { inTerminal, type TerminalStep } from "../support/in_terminal.ts";

const CONFIG = new URL("../../deno.json", import.meta.url).pathname;
const ASKS = new URL("../support/ask_everything.ts", import.meta.url).pathname;
const COMMAND = [Deno.execPath(), "run", "-A", "--no-check", "--config", CONFIG, ASKS];

const PASSWORD = "päss 'word\"$#@";
const DOWN = "\x1b[B";
const BACKSPACE = "\x7f";

const ALL_ANSWERS: readonly TerminalStep[] = [
  { until: "Password of the page", type: "short\r" },
  { until: "shorter than 8", type: BACKSPACE.repeat(5) + PASSWORD + "\r" },
  { until: "The same again", type: "something else\r" },
  { until: "These two differ", type: PASSWORD + "\r" },
  { until: "The same again", type: PASSWORD + "\r" },
  { until: "Name of the camera", type: "Gate\r" },
  { until: "small letters only", type: BACKSPACE.repeat(4) + "gate\r" },
  { until: "Who may see the page", type: DOWN + "\r" },
  { until: "URL of the camera", type: "rtsp://10.0.0.2/a\r" },
  { until: "Write it", type: "n" },
];

Deno.test("ask takes every kind of answer in a terminal, and shows no password", async () => {
  for (const columns of [80, 0]) {
    const { code, shown, isRestored } = await inTerminal(COMMAND, ALL_ANSWERS, columns);
    const answers = /answers (\{.*\})/.exec(shown)?.[1] ?? "null";
    assert.deepEqual(JSON.parse(answers), {
      password: PASSWORD,
      name: "gate",
      where: "all",
      url: "rtsp://10.0.0.2/a",
      isSure: false,
    });
    assert.equal(code, 0);
    assert.ok(isRestored);
    const asked = shown.slice(0, shown.indexOf("answers"));
    for (const typed of [PASSWORD, "something else", "short\r"]) {
      assert.ok(!asked.includes(typed), `${typed} was shown`);
    }
    // One column a letter, as on a console without a size, would be a thousand lines.
    assert.ok(asked.split("\n").length < 150, `${asked.split("\n").length} lines`);
  }
});

Deno.test("ask ends with 130 at Ctrl-C and gives the terminal back", async () => {
  for (const columns of [80, 0]) {
    for (const question of [0, 5, 7, 8, 9]) {
      const steps = ALL_ANSWERS.slice(0, question);
      const stopped = [...steps, { until: ALL_ANSWERS[question]!.until, type: "\x03" }];
      const { code, isRestored } = await inTerminal(COMMAND, stopped, columns);
      assert.equal(code, 130, `question ${question}`);
      assert.ok(isRestored, `question ${question}`);
    }
  }
});

Deno.test("ask reads the password's line without a terminal, and names a missing flag", async () => {
  const fault = 'fault Cannot ask "URL of the camera": standard input is no terminal';
  assert.equal(await piped("geheim 123\r\n"), `${fault} / give --camera-url URL\n`);
  assert.match(await piped(""), /its next line is empty or missing \/ give --password-s/);
  assert.match(await piped("short\n"), /Cannot use the password: shorter than 8/);
  assert.match(await piped("x".repeat(5_000)), /the line is longer than 1024 bytes/);
  assert.match(await piped(new Uint8Array([0xff, 0xfe, 0x0a])), /it is not UTF-8/);
});

/** What the program prints when `input` is piped into it. */
async function piped(input: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const [program, ...args] = COMMAND;
  await using process = new Deno.Command(program!, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  await new Blob([input]).stream().pipeTo(process.stdin).catch(() => {});
  return await new Response(process.stdout).text();
}
