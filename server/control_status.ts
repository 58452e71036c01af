/**
 * Puts together what `GET /status` answers. Pure: everything is read by who asks.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { Narration } from "../llm/narration.ts";
import {
  type CameraStatus,
  CONTROL_VERSION,
  type ControlStatus,
  type ControlUrls,
  type OutletStatus,
  type WordsStatus,
} from "./control_protocol.ts";
import { judgeHealth } from "./health.ts";
import type { CameraView } from "./live_protocol.ts";

interface DecodingSigns {
  readonly decode: string;
  readonly words: string;
}

interface StreamSigns {
  readonly lossPercent: number | undefined;
  readonly clockDriftPpm: number | undefined;
}

/** All that the answer is made of. */
export interface StatusSigns {
  readonly programVersion: string;
  readonly pid: number;
  readonly startedUtcMs: number;
  readonly utcMs: number;
  readonly urls: ControlUrls;
  readonly configFile: string | undefined;
  readonly memoryBytes: number | undefined;
  readonly cameras: readonly CameraView[];
  /** By camera, without credentials. */
  readonly sources: Readonly<Record<string, string>>;
  /** By camera. */
  readonly ages: Readonly<Record<string, number>>;
  /** Numbers of workers, by camera. */
  readonly workers: Readonly<Record<string, number>>;
  /** By camera; without those of which nothing is kept. */
  readonly codedBytes: Readonly<Record<string, number>>;
  /** How well the stream comes, by camera. */
  readonly streams: Readonly<Record<string, StreamSigns>>;
  /** What decodes it, by camera. */
  readonly decodings: Readonly<Record<string, DecodingSigns>>;
  fps(camera: string): number | undefined;
  readonly words: Omit<WordsStatus, "last"> | undefined;
  readonly lastSpoken: Narration | undefined;
  readonly outlets: readonly OutletStatus[];
  readonly alerts: readonly Alert[];
}

/** The answer to `GET /status`. */
export function makeStatus(signs: StatusSigns): ControlStatus {
  const { programVersion, pid, startedUtcMs, utcMs, urls, outlets, alerts } = signs;
  return {
    version: CONTROL_VERSION,
    ...judged(signs),
    programVersion,
    pid,
    startedUtcMs,
    utcMs,
    urls,
    ...given({ configFile: signs.configFile, memoryBytes: signs.memoryBytes }),
    cameras: signs.cameras.map((view) => cameraOf(view, signs)),
    ...given({ words: wordsOf(signs) }),
    outlets,
    alerts,
  };
}

function judged(signs: StatusSigns): Pick<ControlStatus, "status" | "why"> {
  const { status } = judgeHealth(signs);
  return { status, why: whyOf(status, signs) };
}

/** The worst that is wrong; one sentence is enough to begin with. */
function whyOf(status: ControlStatus["status"], signs: StatusSigns): string {
  const { cameras, alerts } = signs;
  const troubled = cameras.find(({ state }) => state.state !== "online");
  if (status === "well") {
    return cameras.length === 1
      ? `camera ${cameras[0]?.camera} gives pictures`
      : `all ${cameras.length} cameras give pictures`;
  }
  const box = alerts.find((alert) => alert.severity === "critical" && !alert.subject);
  if (status === "down") {
    if (box) return box.words;
    if (cameras.length === 0) return "there is no camera";
    const full = alerts.find(({ code }) => code === "memory.full");
    if (!troubled && full) return full.words;
    const blind = troubled ? `: ${troubled.words}` : "";
    return `no camera gives pictures${blind}`;
  }
  const worst = box ?? alerts.find(({ severity }) => severity === "critical") ??
    alerts.find(({ severity }) => severity === "warning");
  if (worst) return worst.words;
  return troubled ? troubled.words : "a camera's pictures are late";
}

function cameraOf(view: CameraView, signs: StatusSigns): CameraStatus {
  const { camera, state, words, header, mainStream: main } = view;
  const fps = signs.fps(camera);
  const ageMs = signs.ages[camera];
  const decoding = signs.decodings[camera];
  const { lossPercent, clockDriftPpm } = signs.streams[camera] ?? {};
  return {
    camera,
    source: signs.sources[camera] ?? "",
    state: state.state,
    sinceUtcMs: state.sinceMs,
    words,
    ...given({
      why: state.why,
      rung: state.rung,
      mainStream: main && {
        state: main.isThere ? "online" : "offline",
        sinceUtcMs: main.sinceMs,
        words: main.words,
      },
      decoding: decoding && { by: decoding.decode, words: decoding.words },
      analysedFps: fps === undefined ? undefined : Math.round(fps * 10) / 10,
      frameAgeMs: ageMs === undefined ? undefined : Math.round(ageMs),
      lossPercent: lossPercent === undefined
        ? undefined
        : Math.round(lossPercent * 10) / 10,
      clockDriftPpm,
      worker: signs.workers[camera],
      codedBytes: signs.codedBytes[camera],
      size: header && { width: header.width, height: header.height },
    }),
  };
}

function wordsOf({ words, lastSpoken }: StatusSigns): WordsStatus | undefined {
  if (!words || !lastSpoken) return words;
  const { camera, text, utcMs } = lastSpoken;
  return { ...words, last: { camera, text, utcMs } };
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined: absent and undefined are different things in JSON's types. */
function given<T extends object>(values: T): Given<T> {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Given<T>;
}
