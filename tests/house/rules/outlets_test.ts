import { programs, terminal } from "./outlets.ts";
import { checkRule } from "./check_rule.ts";

Deno.test("programs underlines a program that is started beside base/subprocess.ts", () => {
  const check = (path: string, underlined: readonly string[]) =>
    checkRule(
      { rule: programs, path, source: 'new Deno.Command("ffmpeg");' },
      underlined,
    );
  check("capture/probe.ts", ["Deno.Command"]);
  check("base/log.ts", ["Deno.Command"]);
  check("base/subprocess.ts", []);
  check("tests/support/program.ts", []);
  check("capture/probe_test.ts", []);
  check("scripts/build_viewer.ts", []);
});

Deno.test("terminal underlines words for the terminal outside of cli and the log", () => {
  const source = 'console.log("a"); Deno.stderr.writeSync(b);';
  const check = (path: string, underlined: readonly string[]) =>
    checkRule({ rule: terminal, path, source }, underlined);
  check("capture/probe.ts", ["console.log", "Deno.stderr"]);
  check("base/clock.ts", ["console.log", "Deno.stderr"]);
  check("base/log.ts", []);
  check("cli/run.ts", []);
  check("scripts/evaluate.ts", []);
  check("capture/probe_test.ts", []);
});
