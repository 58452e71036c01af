/**
 * What the first-run setup says at its end: who makes words and speaks, where the page
 * is, by which fingerprint it is known, and what comes next.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Places } from "../config/places.ts";
import type { Settings } from "../config/schema.ts";
import { boxNames, inUrl, isLoopback, reachable } from "../server/box.ts";
import { ensureCertificate } from "../server/certificate.ts";
import { chooseVoice } from "../tts/choose_voice.ts";
import { check as ollamaCheck } from "./checks/ollama.ts";

export interface EndParts {
  readonly places: Places;
  readonly clock: Clock;
}

const LOOK_MS = 10_000;

/** A line about the model that looks at pictures, and one about the voice. */
export async function othersLines(
  settings: Settings,
  { places, clock }: EndParts,
): Promise<readonly string[]> {
  const late = new AbortController();
  using _deadline = clock.after(LOOK_MS, () => late.abort());
  const { signal } = late;
  const configuration = {
    kind: "file",
    path: places.configFile,
    settings,
    warnings: [],
    elsewhere: [],
  } as const;
  const context = { clock, signal, places, configuration, program: undefined };
  const [model] = await ollamaCheck.run(context);
  return [
    `  Words: ${model?.words ?? "nobody answers"}.`,
    `  Voice: ${await voiceWords(settings, signal)}.`,
  ];
}

async function voiceWords({ speech }: Settings, signal: AbortSignal): Promise<string> {
  const isOff = speech.engine === "off";
  try {
    const wanted = isOff ? { ...speech, engine: "auto" as const } : speech;
    const { name } = await chooseVoice(wanted, { signal });
    if (!isOff) return `${name} speaks`;
    return `off; ${name} is there and speaks with speech.engine: auto`;
  } catch (thrown) {
    return isOff ? "off, and none is installed" : wordsOf(thrown);
  }
}

export interface End {
  readonly settings: Settings;
  readonly isStarted: boolean;
  readonly withService: boolean;
}

/** Where the page is, and the next commands. */
export async function lastLines(
  { settings, isStarted, withService }: End,
  parts: EndParts,
): Promise<readonly string[]> {
  const start = withService ? "sudo systemctl start streamware" : "streamware run";
  return [
    "",
    isStarted ? "StreamWare watches." : `Next: ${start}`,
    ...await pageLines(settings, parts),
    "",
    "  streamware status             how it is",
    "  streamware events --follow    what happens, as it happens",
    "  streamware config example     what else can be set",
    "  streamware doctor             what is wrong, and what to do",
  ];
}

async function pageLines(
  { server }: Settings,
  { places, clock }: EndParts,
): Promise<readonly string[]> {
  const { listen, port, names } = server;
  if (isLoopback(listen)) {
    const host = boxNames(Deno.hostname(), names)[0] ?? "this-box";
    return [
      `  Page: http://127.0.0.1:${port}/`,
      `  From another machine: ssh -L ${port}:127.0.0.1:${port} USER@${host}`,
    ];
  }
  const own = reachable(Deno.networkInterfaces().map(({ address }) => address));
  const { fingerprint } = await ensureCertificate({
    stateFolder: places.stateFolder,
    names,
    addresses: own,
    clock,
  });
  const isAny = listen === "0.0.0.0" || listen === "::";
  const hosts = isAny
    ? [...boxNames(Deno.hostname(), names).filter((name) => name.includes(".")), ...own]
    : [listen];
  return [
    ...hosts.map((host) => `  Page: https://${inUrl(host)}:${port}/`),
    "  The browser warns, as no authority vouches for this box. Compare, then go on:",
    `  SHA-256 ${fingerprint}`,
  ];
}
