import { faultWords, typeNames } from "./words.ts";
import { checkRule } from "./check_rule.ts";

Deno.test("type-names underlines words that could be anything", () => {
  const check = (source: string, underlined: readonly string[]) =>
    checkRule({ rule: typeNames, path: "base/a.ts", source }, underlined);
  check("interface FrameData {}", ["FrameData"]);
  check("type RunResult = 1;", ["RunResult"]);
  check("class CameraManager {}", ["CameraManager"]);
  check("interface LiveMessage {}", []);
  check("interface Dataset {}", []);
  check("const data = 1;", []);
});

Deno.test("fault-words underlines an error that does not say what, why or ends in a dot", () => {
  const check = (message: string, isWrong: boolean) =>
    checkRule(
      { rule: faultWords, path: "base/a.ts", source: `new Fault("usage", ${message});` },
      isWrong ? [message] : [],
    );
  check('"Cannot read the clip: it is empty"', false);
  check("`Cannot read ${path}: it is empty`", false);
  check('"Cannot read the clip: it " + "is empty"', false);
  check("`Cannot read ${path}: ${words}`", false);
  check("words", false);
  check('"Failed to read the clip: it is empty"', true);
  check('"Cannot read the clip"', true);
  check('"Cannot read the clip: it is empty."', true);
  check("`Cannot read the clip: it is ${what}.`", true);
});

Deno.test("fault-words looks at faults only", () => {
  checkRule({ rule: faultWords, path: "base/a.ts", source: 'new Error("Bug: no");' }, []);
});
