/**
 * Opens what the user typed by its kind.
 * @module
 */
import { wordsOf } from "../base/fault.ts";
import { CameraSession } from "./camera_session.ts";
import { DirectSource } from "./direct_source.ts";
import { missingDecoders } from "./probe.ts";
import { openRecording } from "./recording_source.ts";
import type { FrameSink, FrameSource, SourceOptions, SourceParts } from "./source.ts";
import { parseSourceUrl, type StreamUrl, withLogin } from "./source_url.ts";
import { analysisStream, TwoStreamSource } from "./two_stream_source.ts";
import { openSyntheticSource } from "./synthetic_source.ts";

/**
 * Opens a source. A camera or a stream that cannot be reached is no error: its
 * states are told, and it is tried for ever.
 * @throws Fault usage for a source that cannot be read as one; for a video file
 *   unavailable when it is not there, corrupt when it is none.
 */
export async function openSource(
  options: SourceOptions,
  sink: FrameSink,
  parts: SourceParts,
): Promise<FrameSource> {
  const source = withLogin(parseSourceUrl(options.url), options);
  const opening = { options, sink, parts };
  if (options.analysisUrl !== undefined) {
    const analysis = analysisStream(source, options.analysisUrl);
    tellMissingDecoders(parts);
    return new TwoStreamSource({ main: source as StreamUrl, analysis }, opening);
  }
  switch (source.kind) {
    case "rtsp":
      tellMissingDecoders(parts);
      return new CameraSession(source, opening);
    case "http":
    case "device":
      return new DirectSource(source, opening);
    case "file":
      return await openRecording(source.path, opening);
    case "scene":
      return openSyntheticSource(options, sink, parts);
  }
}

/** Beside the camera's start, which does not wait for it. */
function tellMissingDecoders({ log }: SourceParts): void {
  missingDecoders().then(
    (missing) => {
      if (missing.length === 0) return;
      log.warn("capture.decoders_missing", { missing: missing.join(",") });
    },
    (thrown: unknown) => log.warn("capture.ffmpeg_unknown", { words: wordsOf(thrown) }),
  );
}
