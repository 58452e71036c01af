/**
 * `streamware classify-crops`: the classifier's child, which the program starts itself.
 * Reads requests on standard input, writes answers on standard output; not for people.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { runClassifierChild } from "../classes/child.ts";
import { CLASSIFY_CROPS, MODEL_FOLDER } from "../classes/own_command.ts";
import type { Subcommand } from "./command_line.ts";
import { typedText } from "./typed_flags.ts";

export const classifyCropsCommand: Subcommand = {
  name: CLASSIFY_CROPS,
  summary: "Look at crops on standard input; the program starts it itself.",
  isHidden: true,
  flags: [{
    flag: MODEL_FOLDER,
    value: "FOLDER",
    doc: "A model of one's own, instead of the built-in one.",
  }],
  examples: [],
  run: async (_argument, typed) => {
    const modelFolder = typedText(typed, MODEL_FOLDER);
    await runClassifierChild({
      ...(modelFolder === undefined ? {} : { modelFolder }),
      clock: systemClock,
      read: (into) => Deno.stdin.read(into),
      say: (line) => writeWhole(new TextEncoder().encode(line)),
    });
    return 0;
  },
};

/** A pipe takes what it has room for. */
function writeWhole(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    at += Deno.stdout.writeSync(bytes.subarray(at));
  }
}
