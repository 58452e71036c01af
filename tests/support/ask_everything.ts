/**
 * Asks one question of each kind and prints the answers as a line of JSON, for the test
 * of `cli/ask.ts` in a real terminal. Ends with 130 at Ctrl-C, as `cli/main.ts` does.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import { askChoice, askPassword, askText, confirm } from "../../cli/ask.ts";
import { Interrupted } from "../../cli/interrupted.ts";

try {
  const password = await askPassword({
    words: "Password of the page",
    flag: "--password-stdin",
    isNew: true,
    whyBad: (given) => given.reveal().length < 8 ? "shorter than 8" : undefined,
  });
  const name = await askText({
    words: "Name of the camera",
    flag: "--camera-name NAME",
    default: "front",
    whyBad: (given) => /^[a-z]+$/.test(given) ? undefined : "small letters only",
  });
  const where = await askChoice({
    words: "Who may see the page",
    flag: "--listen ADDRESS",
    choices: [{ value: "here", words: "This box" }, {
      value: "all",
      words: "The network",
    }],
    default: "here",
  });
  const url = await askText({ words: "URL of the camera", flag: "--camera-url URL" });
  const isSure = await confirm({ words: "Write it", flag: "--yes", default: true });
  const answers = { password: password.reveal(), name, where, url, isSure };
  console.log(`answers ${JSON.stringify(answers)}`);
  // As main.ts ends: Deno 2.6.8 now and then waits on for keys that nobody asked for.
  Deno.exit(0);
} catch (thrown) {
  if (thrown instanceof Interrupted) Deno.exit(130);
  if (!(thrown instanceof Fault)) throw thrown;
  console.log(`fault ${thrown.message} / ${thrown.hint}`);
  Deno.exit(2);
}
