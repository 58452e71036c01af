/**
 * Reads video as raw planes, one frame at a time: through FFmpeg or from a raw file.
 * For scripts only; the program itself decodes in `capture/`.
 * @module
 */
import { wordsOf } from "../../base/fault.ts";

/** Cuts a byte stream into frames. The view is good until the next frame is read. */
export async function* framesOf(
  stream: ReadableStream<Uint8Array>,
  frameBytes: number,
): AsyncGenerator<Uint8Array> {
  const frame = new Uint8Array(frameBytes);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + frameBytes - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < frameBytes) continue;
      yield frame;
      filled = 0;
    }
  }
  if (filled > 0) {
    throw new Error(`Cannot read video: ${filled} bytes after the last frame`);
  }
}

export interface VideoSize {
  readonly width: number;
  readonly height: number;
}

/** The size of a clip's first video stream, pixels. */
export async function videoSize(clip: string): Promise<VideoSize> {
  const text = await run("ffprobe", [
    ...["-v", "error", "-select_streams", "v:0"],
    ...["-show_entries", "stream=width,height", "-of", "csv=p=0", "--", clip],
  ]);
  const [width, height] = text.trim().split(",").map(Number);
  if (!width || !height) throw new Error(`Cannot read ${clip}: no picture in it`);
  return { width, height };
}

/** The output of a program, or an error with the words it wrote. */
export async function run(program: string, args: string[]): Promise<string> {
  const output = await new Deno.Command(program, { args, stdin: "null" }).output();
  const decoder = new TextDecoder();
  if (!output.success) {
    const words = decoder.decode(output.stderr).trim().split("\n").slice(-5).join("\n");
    throw new Error(`Cannot run ${program}: exit code ${output.code}\n${words}`);
  }
  return decoder.decode(output.stdout);
}

export interface DecodedClip extends AsyncDisposable {
  readonly size: VideoSize;
  readonly stream: ReadableStream<Uint8Array>;
}

/** Decodes a clip, every frame once, to `gray` or `yuv420p`; disposing ends FFmpeg. */
export async function decodeClip(
  clip: string,
  pixelFormat: "gray" | "yuv420p",
): Promise<DecodedClip> {
  const size = await videoSize(clip);
  const child = new Deno.Command("ffmpeg", {
    args: [
      ...["-nostdin", "-v", "error", "-threads", "1", "-i", clip, "-map", "0:v:0"],
      ...["-fps_mode", "passthrough", "-pix_fmt", pixelFormat, "-f", "rawvideo", "-"],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  return {
    size,
    stream: child.stdout,
    async [Symbol.asyncDispose]() {
      try {
        child.kill();
      } catch (ended) {
        if (!(ended instanceof TypeError)) throw new Error(wordsOf(ended));
      }
      await child.status;
    },
  };
}
