/**
 * Reads video as raw planes, one frame at a time: through FFmpeg or from a raw file.
 * For scripts only; the program itself decodes in `capture/`.
 * @module
 */
import { type ChildOutput, runProgram, startChild } from "../../base/subprocess.ts";

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

/** The output of a program, or an error with the last words it wrote. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const limits = { timeoutMs: 600_000, outputBytesMax: 4_000_000 };
  const { code, stdout, stderr } = await runProgram([program, ...args], limits);
  if (code === 0) return stdout;
  const words = stderr.slice(-5).join("\n");
  throw new Error(`Cannot run ${program}: exit code ${code}\n${words}`);
}

export interface DecodedClip extends AsyncDisposable {
  readonly size: VideoSize;
  readonly stream: ReadableStream<Uint8Array>;
}

/**
 * Decodes a clip, every frame once, to `gray` or `yuv420p`; disposing ends FFmpeg.
 * @param smaller the size that pictures are made, averaged; their own without it
 */
export async function decodeClip(
  clip: string,
  pixelFormat: "gray" | "yuv420p",
  smaller?: VideoSize,
): Promise<DecodedClip> {
  const size = smaller ?? await videoSize(clip);
  const scaled = smaller
    ? ["-vf", `scale=${smaller.width}:${smaller.height}:flags=area`]
    : [];
  const child = await startChild({
    program: "ffmpeg",
    args: [
      ...["-nostdin", "-v", "error", "-threads", "1", "-i", clip, "-map", "0:v:0"],
      ...scaled,
      ...["-fps_mode", "passthrough", "-pix_fmt", pixelFormat, "-f", "rawvideo", "-"],
    ],
    stdin: "none",
    outputs: [1],
  });
  return {
    size,
    stream: streamOf(child.output(1)),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

const WAITING_BYTES_MAX = 4_000_000;

function streamOf(output: ChildOutput): ReadableStream<Uint8Array> {
  let open = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      output.onBytes((bytes) => {
        if (!open) return;
        controller.enqueue(bytes);
        if ((controller.desiredSize ?? 0) <= 0) output.pause();
      });
      output.ended.then(() => {
        if (open) controller.close();
        open = false;
      });
    },
    pull: () => output.resume(),
    cancel: () => {
      open = false;
    },
  }, new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES_MAX }));
}
