/**
 * `streamware run`: the appliance in the foreground, until a signal or the end of a
 * file. Reads the command line and waits; the work is `app/appliance.ts`.
 * @module
 */
import { openAppliance } from "../app/appliance.ts";
import { systemClock } from "../base/clock.ts";
import { EXIT_CODES, type Fault } from "../base/fault.ts";
import { startLog } from "../base/log.ts";
import { VERSION } from "../base/version.ts";
import { parseSourceUrl, shownUrl } from "../capture/source_url.ts";
import {
  type FlagValues,
  type SettingFlag,
  settingFlags,
  settingsFromFlags,
} from "../config/flags.ts";
import type { Flag, Subcommand, Typed } from "./command_line.ts";

/** SIGTERM to nothing left: promised to users and to systemd. */
const STOP_MS = 2_000;
/** What is kept of it for the kernel to end what did not end by itself. */
const STOP_RESERVE_MS = 300;

export const runCommand: Subcommand = {
  name: "run",
  summary: "Watch a camera: motion DSL on a live page and on sockets.",
  flags: settingFlags().map(flagOf),
  examples: [
    "streamware run --url scene:street",
    "streamware run --url rtsp://user:password@192.168.1.20/stream1 --dsl-only",
    "streamware run --url gate.mp4 --loop --fps 5",
  ],
  run: (_argument, typed) => run(typed),
};

async function run(typed: Typed): Promise<number> {
  const settings = settingsFromFlags(typed as FlagValues);
  await using _log = await startLog(settings.log.level);
  const stop = stopSignal();
  const opening = openAppliance(settings, { clock: systemClock });
  const opened = await Promise.race([opening, stop.asked]);
  // Stopped while it opens: what opens is closed, or the deadline ends us.
  const appliance = opened ?? await opening;
  let fault: Fault | void = undefined;
  if (opened) {
    console.log(greeting(settings.cameras.main!.url, appliance));
    fault = await Promise.race([stop.asked, appliance.ended]);
  }
  await appliance[Symbol.asyncDispose]();
  if (fault) throw fault;
  return 0;
}

interface Opened {
  readonly url: string;
  readonly socketUrl: string;
  readonly originalUrl: string | undefined;
}

function greeting(source: string, opened: Opened): string {
  return [
    `StreamWare ${VERSION} watches ${shownUrl(parseSourceUrl(source))}`,
    `  page     ${opened.url}`,
    `  socket   ${opened.socketUrl}`,
    `  original ${opened.originalUrl ?? "off"}`,
  ].join("\n");
}

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. Whatever hangs then, the promise
 * is kept: children die with the process. A second signal ends at once.
 */
function stopSignal(): { readonly asked: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let count = 0;
  const hangUpIsIgnored = isHangUpIgnored();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      if (signal === "SIGHUP" && hangUpIsIgnored) return;
      if (++count > 1) Deno.exit(130);
      systemClock.after(STOP_MS - STOP_RESERVE_MS, () => Deno.exit(EXIT_CODES.bug));
      resolve();
    });
  }
  return { asked: promise };
}

/**
 * True under nohup. Asked before the first listener: with it Deno takes SIGHUP over,
 * listened to or not, and would end at one.
 */
function isHangUpIgnored(): boolean {
  const status = Deno.readTextFileSync("/proc/self/status");
  const mask = /^SigIgn:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? "0";
  return (BigInt(`0x${mask}`) & 1n) === 1n; // SIGHUP is 1, so bit 0
}

function flagOf(flag: SettingFlag): Flag {
  const { kind, doc, defaultWords } = flag;
  const value = kind === "switch" ? {} : {
    value: kind === "number" ? "NUMBER" : "TEXT",
    valueOptional: kind === "engine",
  };
  const shown = kind !== "switch" && defaultWords ? { defaultWords } : {};
  return { flag: flag.flag, doc, ...value, ...shown };
}
