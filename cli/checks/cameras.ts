/**
 * Can each camera be reached, and what does it show? A camera that the running program
 * watches is not asked: it may allow no further session.
 * @module
 */
import { givesPictures } from "../../analysis/dsl/camera_state.ts";
import type { StateReason } from "../../analysis/dsl/camera_state.ts";
import {
  type CameraProbe,
  probeCamera,
  type ProbedSource,
} from "../../capture/probe_camera.ts";
import { parseSourceUrl, shownUrl, type SourceUrl } from "../../capture/source_url.ts";
import { type StatePlace, stateWords } from "../../capture/state_words.ts";
import { analysisStream } from "../../capture/two_stream_source.ts";
import type { CameraSettings } from "../../config/schema.ts";
import type { CameraStatus } from "../../server/control_protocol.ts";
import { isThere } from "../found_files.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

const PROBE_MS = 8_000;
/** At once: each is a program of its own. */
const PROBES_MAX = 4;

export const check: Check = { name: "cameras", timeoutMs: 60_000, run };

async function run(context: CheckContext): Promise<readonly Finding[]> {
  const { configuration, program, silence, signal } = context;
  const cameras = Object.entries(configuration.settings.cameras);
  if (cameras.length === 0 && program) return program.cameras.map(judgeWatched);
  if (cameras.length === 0) {
    const isKnown = configuration.kind === "file" || configuration.kind === "none";
    const words = isKnown ? "none is set up" : "not looked at: see the settings";
    return [{ level: "note", words }];
  }
  if (silence) {
    const words = "not asked: a program that does not tell may be watching them";
    return [{ level: "note", words }];
  }
  const findings: Finding[] = [];
  for (let at = 0; at < cameras.length; at += PROBES_MAX) {
    const group = cameras.slice(at, at + PROBES_MAX).map(async ([camera, settings]) => {
      const watched = program?.cameras.find((one) => one.camera === camera);
      if (watched && givesPictures(watched.state)) return judgeWatched(watched);
      if (isElsewhere(camera, configuration)) {
        const words = `${camera}: not asked, as its login is known to the service only`;
        return { level: "note", words } as const;
      }
      return await look(camera, settings, signal);
    });
    findings.push(...(await Promise.all(group)).flat());
  }
  return findings;
}

/** With half a login a camera would say "wrong password", and some then lock it. */
function isElsewhere(
  camera: string,
  configuration: CheckContext["configuration"],
): boolean {
  const elsewhere = configuration.kind === "file" ? configuration.elsewhere : [];
  return ["url", "analysis_url", "user", "password"].some((name) =>
    elsewhere.includes(`cameras.${camera}.${name}`)
  );
}

async function look(
  camera: string,
  settings: CameraSettings,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const main = await lookAt(camera, settings, signal);
  const { analysisUrl } = settings;
  if (analysisUrl === undefined) return [main, ...largeFinding(camera, main)];
  try {
    const source = analysisStream(sourceOf(settings), analysisUrl);
    const { certificate } = settings;
    const limits = { timeoutMs: PROBE_MS, signal, camera, certificate };
    const probe = await probeCamera(source, limits);
    const place = { camera: `${camera}, for analysis,`, source: shownUrl(source) };
    return [main, judgeProbe(place, probe)];
  } catch (thrown) {
    const finding = faultFinding(thrown);
    return [main, { ...finding, words: `${camera}: ${finding.words}` }];
  }
}

/** Wider than this, decoding is what a camera costs, px. */
const LARGE_PX = 1_280;

/**
 * What a smaller stream would save: nothing to say of cameras that are small. The figures
 * were measured on the development machine, both streams at once (docs/design/capture.md):
 * 18 % of a core for 1920x1080 at 25 pictures a second, 6.5 % for 640x480 at 15.
 */
export function largeFinding(camera: string, main: Finding): readonly Finding[] {
  const { codec, width, height } = main.facts ?? {};
  if (main.level !== "good" || typeof width !== "number" || width <= LARGE_PX) return [];
  if (codec !== "h264" && codec !== "hevc") return [];
  const words = `${camera}: decoding ${width}x${height} to look at it is most of what ` +
    "this camera costs. A smaller stream for analysis (where measured, 640x480 at 15 a " +
    "second instead of 1920x1080 at 25) takes about a third of that";
  const toDo =
    `set cameras.${camera}.analysis_url; streamware cameras find shows which ` +
    "streams the camera has";
  return [{ level: "note", words, toDo }];
}

async function lookAt(
  camera: string,
  settings: CameraSettings,
  signal: AbortSignal,
): Promise<Finding> {
  try {
    const source = sourceOf(settings);
    const place = { camera, source: shownUrl(source) };
    if (source.kind === "scene") {
      return { level: "good", words: `${camera} is drawn: ${place.source}` };
    }
    if (source.kind === "file" || source.kind === "device") {
      const missing = missingFinding(place);
      if (missing) return missing;
    }
    const { certificate } = settings;
    const limits = { timeoutMs: PROBE_MS, signal, camera, certificate };
    return judgeProbe(place, await probeCamera(source, limits));
  } catch (thrown) {
    const finding = faultFinding(thrown);
    return { ...finding, words: `${camera}: ${finding.words}` };
  }
}

/** What is on this box needs no manual of a camera. */
export function missingFinding({ camera, source }: StatePlace): Finding | undefined {
  if (isThere(source)) return undefined;
  const words = `${camera}: ${source} is not there`;
  return { level: "broken", words, toDo: `ls -l ${source}` };
}

/** User and password may stand beside the URL. */
function sourceOf({ url, user, password }: CameraSettings): SourceUrl {
  const source = parseSourceUrl(url);
  if (source.kind !== "rtsp" && source.kind !== "http") return source;
  return {
    ...source,
    user: user ?? source.user,
    password: password ?? source.password,
  } satisfies ProbedSource;
}

/**
 * What was found of a camera that was asked; a reason it did not answer is broken.
 */
export function judgeProbe(place: StatePlace, probe: CameraProbe): Finding {
  if (probe.kind === "pictures") {
    const { codec, width, height, fps } = probe;
    const rate = fps === undefined ? "" : `, ${fps} a second`;
    const words = `${place.camera} gives ${codec} pictures of ${width}x${height}${rate}`;
    const facts = { camera: place.camera, codec, width, height };
    return { level: "good", words, facts: fps === undefined ? facts : { ...facts, fps } };
  }
  const { why, said } = probe;
  const words = probe.words === undefined
    ? stateWords("offline", why, place)
    : `Camera ${place.camera} ${probe.words} (${place.source})`;
  const facts = { camera: place.camera, why, said };
  return { level: "broken", words, toDo: toDoOf(why, place), facts };
}

/** The line that shows the same from outside of this program. */
function toDoOf(why: StateReason, { source }: StatePlace): string {
  const [, scheme, host, port] =
    /^([a-z]+):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+))?/.exec(source) ??
      [];
  if (scheme === undefined || !host) return `ls -l ${source}`;
  const name = host.replace(/^\[|\]$/g, "");
  switch (why) {
    case "dns":
      return `getent hosts ${name}`;
    case "auth":
      return "set the camera's user and password in the settings file";
    case "not_found":
      return `find the stream's path in the camera's manual; try it: ffplay ${source}`;
    case "refused":
    case "tls": {
      const place = `/dev/tcp/${name}/${port ?? PORTS[scheme]}`;
      return `bash -c '< ${place}' && echo it is open`;
    }
    default:
      return `ping -c 3 ${name}`;
  }
}

const PORTS: Readonly<Record<string, number>> = {
  rtsp: 554,
  rtsps: 322,
  http: 80,
  https: 443,
};

/** What the running program says of a camera: it is believed. */
export function judgeWatched(camera: CameraStatus): Finding {
  const { state, why, words, analysedFps, size, mainStream: main } = camera;
  const facts = { camera: camera.camera, state };
  const isWell = state === "online" || state === "warmup";
  // Online, but for how long? Or spared, as the box is in trouble.
  const isSpared = why !== undefined && why !== "quiet";
  if (!isWell || isSpared) return { level: "warning", words, facts };
  if (main?.state === "offline") return { level: "warning", words: main.words, facts };
  const rate = analysedFps === undefined ? "" : `, ${analysedFps} analysed a second`;
  const of = size ? ` of ${size.width}x${size.height}` : "";
  return {
    level: "good",
    words: `${camera.camera} is watched by the running program: pictures${of}${rate}`,
    facts,
  };
}
