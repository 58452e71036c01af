/**
 * `streamware status`: how the running program is, on one screen or as JSON. The shape
 * of the JSON is docs/ref/status.md.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import type { ControlStatus } from "../server/control_protocol.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import {
  connectControl,
  controlPlaces,
  NobodyAnswers,
  SOCKET_FLAG,
} from "./control_client.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { statusScreen } from "./status_screen.ts";

/** What `status` and `service status` end with. */
export const STATUS_EXIT_CODES: Readonly<Record<ControlStatus["status"], number>> = {
  well: 0,
  degraded: 1,
  down: 2,
};

export const statusCommand: Subcommand = {
  name: "status",
  summary: "How it is: cameras, words, outlets, and what is wrong.",
  flags: [
    { flag: "--json", doc: "Print it as JSON, for scripts." },
    SOCKET_FLAG,
  ],
  examples: [
    "streamware status",
    "streamware status --json | jq .cameras",
    "streamware status > /dev/null || echo look at it",
  ],
  run: (_argument, typed) => tellStatus(typed, standardOutput()),
};

/** Exit code 0 when all is well, 1 degraded, 2 down, also when nobody answers. */
export async function tellStatus(typed: Typed, output: Output): Promise<number> {
  try {
    const client = await connectControl(controlPlaces(typed), systemClock);
    const status = await client.status();
    const lines = typed["--json"]
      ? [JSON.stringify(status, undefined, 2)]
      : statusScreen(status, output.paint);
    lines.every((line) => output.line(line));
    return STATUS_EXIT_CODES[status.status];
  } catch (thrown) {
    if (!(thrown instanceof NobodyAnswers)) throw thrown;
    if (typed["--json"]) {
      const down = { version: 1, status: "down", why: thrown.message };
      output.line(JSON.stringify(down, undefined, 2));
    } else {
      output.line(`StreamWare is ${output.paint("red", "down")}. ${thrown.message}.`);
      output.line(`  try: ${thrown.hint}`);
    }
    return STATUS_EXIT_CODES.down;
  }
}
