/**
 * Small clips made by FFmpeg for tests, in a folder that goes with the test.
 * @module
 */

/** A folder that is removed when the test is over. */
export class TestFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "streamware-test-" });

  file(name: string): string {
    return `${this.path}/${name}`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Runs FFmpeg to its end; throws with its words when it fails. */
export async function ffmpeg(args: readonly string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-nostdin", "-v", "error", "-y", ...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`ffmpeg failed: ${new TextDecoder().decode(stderr)}`);
}

export interface ClipShape {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
}

/** A moving test picture, lossless, so that odd and tiny sizes work too. */
export async function makeTestClip(path: string, shape: ClipShape): Promise<void> {
  const { width, height, fps, seconds } = shape;
  const source = `testsrc2=size=320x240:rate=${fps}:duration=${seconds}`;
  const scaled = `${source},scale=${width}:${height}:flags=neighbor`;
  await ffmpeg(["-f", "lavfi", "-i", scaled, "-c:v", "ffv1", path]);
}
