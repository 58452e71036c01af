/**
 * `streamware run`: the appliance in the foreground, until a signal or the end of a
 * file. Waits and tells; settings come from `run_settings.ts`, the work is `app/`.
 * @module
 */
import { type Appliance, openAppliance } from "../app/appliance.ts";
import { reportToService } from "../app/service_report.ts";
import { isAlive } from "../app/supervision.ts";
import { AlertBoard } from "../base/alerts.ts";
import { systemClock } from "../base/clock.ts";
import { EXIT_CODES, type Fault } from "../base/fault.ts";
import { logFor, type RunningLog, startLog } from "../base/log.ts";
import { openServiceNotifier } from "../base/service_notify.ts";
import { VERSION } from "../base/version.ts";
import { parseSourceUrl, shownUrl } from "../capture/source_url.ts";
import { settingFlags } from "../config/flags.ts";
import { ourPlaces } from "../config/places.ts";
import { problemLine } from "../config/problems.ts";
import type { Settings } from "../config/schema.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { flagOf, RUN_FLAGS, type RunSettings, runSettings } from "./run_settings.ts";

/** SIGTERM to nothing left: promised to users and to systemd. */
const STOP_MS = 2_000;
/** What is kept of it for the kernel to end what did not end by itself. */
const STOP_RESERVE_MS = 300;

export const runCommand: Subcommand = {
  name: "run",
  summary: "Watch cameras: motion DSL and words, on a live page and on sockets.",
  flags: [...RUN_FLAGS, ...settingFlags().map(flagOf)],
  examples: [
    "streamware run                                # the cameras of the settings file",
    "streamware run --url scene:street             # a drawn street, no camera needed",
    "streamware run --url rtsp://user:password@192.168.1.20/stream1 --tts",
    "streamware run --url gate.mp4 --loop --fps 5 --dsl-only",
  ],
  run: (_argument, typed) => run(typed),
};

async function run(typed: Typed): Promise<number> {
  let given = runSettings(typed);
  boundNameLookups();
  await using log = await startLog(given.settings.log.level);
  const stop = stopSignal();
  const opening = open(given, log).catch((thrown: unknown) => {
    const instead = given.instead(thrown);
    if (!instead) throw thrown;
    given = instead;
    return open(instead, log);
  });
  const opened = await Promise.race([opening, stop.asked]);
  // Stopped while it opens: what opens is closed, or the deadline ends us.
  const appliance = opened ?? await opening;
  let fault: Fault | void = undefined;
  if (opened) {
    console.log(greeting(given.settings, appliance));
    await given.keep();
    using service = tellService(appliance);
    fault = await Promise.race([stop.asked, appliance.ended]);
    service.stopping();
    await appliance.finish(stop.signal); // at once, when it was asked to stop
  }
  await appliance[Symbol.asyncDispose]();
  if (fault) throw fault;
  return 0;
}

/**
 * Where no name server answers, libc asks on for 10 s each: with two a camera's try would
 * be given up before FFmpeg could say why. Ours and our children's take 2 s, twice each;
 * who has set it otherwise (resolver(5)) keeps it.
 */
function boundNameLookups(): void {
  if (Deno.env.has("RES_OPTIONS")) return;
  Deno.env.set("RES_OPTIONS", "timeout:2 attempts:2");
}

async function open(given: RunSettings, log: RunningLog): Promise<Appliance> {
  const alerts = new AlertBoard(systemClock);
  tellBroken(given, alerts);
  for (const warning of given.warnings) {
    logFor("config").warn("config.doubtful", { words: problemLine(warning) });
  }
  return await openAppliance(given.settings, {
    clock: systemClock,
    logTail: log.tail,
    stateFolder: ourPlaces().stateFolder,
    runtimeFolder: Deno.env.get("RUNTIME_DIRECTORY")?.split(":")[0],
    controlSocket: controlSocketOf(given.settings),
    configFile: given.file,
    alerts,
  });
}

/** A broken settings file is an alert where the last good one runs in its place. */
function tellBroken({ broken, file }: RunSettings, alerts: AlertBoard): void {
  if (!broken) return;
  logFor("config").error("config.broken", { file, words: broken.message });
  alerts.raise({
    code: "config.broken",
    subject: "",
    severity: "warning",
    words: `${file} cannot be used: the settings that worked last are in use`,
    toDo: `streamware config check ${file}`,
  });
}

function controlSocketOf({ control }: Settings): string | undefined {
  if (control.socket === "off") return undefined;
  return control.socket ?? ourPlaces().controlSocket;
}

interface ServiceLine extends Disposable {
  stopping(): void;
}

/** What systemd hears, if it started us. */
function tellService(appliance: Appliance): ServiceLine {
  const service = openServiceNotifier({
    env: Deno.env,
    clock: systemClock,
    log: logFor("service"),
    isAlive: () => isAlive(appliance.cameras()),
  });
  const report = service && reportToService({
    clock: systemClock,
    service,
    cameras: () => appliance.cameras(),
  });
  return {
    stopping: () => service?.stopping(),
    [Symbol.dispose]() {
      report?.[Symbol.dispose]();
      service?.[Symbol.dispose]();
    },
  };
}

function greeting(settings: Settings, opened: Appliance): string {
  const sources = Object.entries(settings.cameras);
  const watched = sources.length === 1
    ? shownUrl(parseSourceUrl(sources[0]![1].url))
    : `${sources.length} cameras: ${sources.map(([camera]) => camera).join(", ")}`;
  const lines = [
    `StreamWare ${VERSION} watches ${watched}`,
    ...opened.pages.map((page) => `  page     ${page}`),
    `  socket   ${opened.socketUrl}`,
    `  original ${opened.originalUrl ?? "off"}`,
  ];
  if (opened.fingerprint) lines.push(`  SHA-256  ${opened.fingerprint}`);
  return lines.join("\n");
}

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. Whatever hangs then, the promise
 * is kept: children die with the process. A second signal ends at once.
 */
function stopSignal(): { readonly asked: Promise<void>; readonly signal: AbortSignal } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = new AbortController();
  let count = 0;
  const hangUpIsIgnored = isHangUpIgnored();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      if (signal === "SIGHUP" && hangUpIsIgnored) return;
      if (++count > 1) Deno.exit(130);
      systemClock.after(STOP_MS - STOP_RESERVE_MS, () => Deno.exit(EXIT_CODES.bug));
      stop.abort();
      resolve();
    });
  }
  return { asked: promise, signal: stop.signal };
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
