/**
 * Frames for offline analysis: a clip's or a drawn scene's, one interface for both.
 * @module
 */
import { openClip } from "../capture/clip_reader.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { probeCamera } from "../capture/probe_camera.ts";
import type { WholeClip } from "./offline_classes.ts";
import { openScene } from "../capture/scene/scene_frames.ts";
import { parseSourceUrl, shownUrl } from "../capture/source_url.ts";
import { Fault } from "../base/fault.ts";

export interface OfflineRequest {
  /** A path, or `scene:NAME`. */
  readonly clip: string;
  readonly fps?: number;
  readonly width?: number;
  /** Scenes only. */
  readonly seconds: number;
  readonly seed: number;
}

/** Frames in order; pixels are lent until the next one is asked for. */
export interface OfflineFrames extends AsyncDisposable {
  readonly format: FrameFormat;
  readonly frames: AsyncIterable<{ readonly pixels: Uint8Array; readonly ptsUs: number }>;
  /** The clip as it is; undefined for a scene, and where nobody can tell its size. */
  whole(): Promise<WholeClip | undefined>;
  /** What was drawn, as JSON; undefined for a clip. */
  truth(): string | undefined;
  /** Complaints of the decoder so far. */
  decoderErrors(): number;
}

/** @throws Fault when there is no such clip or scene, or it is none */
export async function openOfflineFrames(request: OfflineRequest): Promise<OfflineFrames> {
  const source = parseSourceUrl(request.clip);
  if (source.kind === "scene") return sceneFrames(source.name, request);
  if (source.kind !== "file") {
    const shown = shownUrl(source);
    throw new Fault("usage", `Cannot analyze ${shown}: it is no file and no scene`, {
      hint: `streamware run --url ${shown}`,
    });
  }
  const { fps, width } = request;
  const clip = await openClip(source.path, { fps, width });
  return {
    format: clip.format,
    frames: clip.frames,
    whole: async () => await wholeOf(source),
    truth: () => undefined,
    decoderErrors: () => clip.decoderErrors(),
    [Symbol.asyncDispose]: () => clip[Symbol.asyncDispose](),
  };
}

/** How long a file may take to tell its size, ms. */
const PROBE_MS = 20_000;

async function wholeOf(
  source: { readonly kind: "file"; readonly path: string },
): Promise<WholeClip | undefined> {
  const probe = await probeCamera(source, { timeoutMs: PROBE_MS });
  if (probe.kind === "none") return undefined;
  const { width, height } = probe;
  return { path: source.path, format: { width, height } };
}

function sceneFrames(name: string, request: OfflineRequest): OfflineFrames {
  const { seconds, seed, fps, width } = request;
  const scene = openScene(name, { seconds, seed, fps, width });
  return {
    format: scene.format,
    frames: asAsync(scene.frames()),
    whole: () => Promise.resolve(undefined),
    truth: () => JSON.stringify(scene.truth(), undefined, 1) + "\n",
    decoderErrors: () => 0,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function* asAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
