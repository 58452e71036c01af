/**
 * `streamware run` on free ports, with the addresses that it printed. Its frames are in a
 * folder of its own: beside them is what one that was killed knew of a camera, and ports,
 * by which cameras are told apart there, come again.
 * @module
 */
import { type ProgramPlace, RunningProgram } from "./program.ts";

export interface Watching extends AsyncDisposable {
  readonly program: RunningProgram;
  /** `http://localhost:PORT/`. */
  readonly page: string;
  readonly socket: string;
  readonly original: string;
}

/** Starts the program on `url` and waits until its doors are open. */
export async function watch(
  url: string,
  more: readonly string[] = [],
  place?: ProgramPlace,
  startMs?: number,
): Promise<Watching> {
  await using opened = new AsyncDisposableStack();
  const ports = ["--port", "0", "--original-port", "0", "--control-socket", "off"];
  const memory = place || more.includes("--frames-folder") ? [] : ownMemory(opened);
  const args = ["run", "--url", url, "--dsl-only", ...ports, ...memory, ...more];
  const program = opened.use(new RunningProgram(args, [], place));
  const told = {
    program,
    page: await program.printedGroup(/^ {2}page +(\S+)/, startMs),
    socket: await program.printedGroup(/^ {2}socket +(\S+)/, startMs),
    original: await program.printedGroup(/^ {2}original +(\S+)/, startMs),
  };
  const owned = opened.move();
  return { ...told, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The flags for it; it goes after the program. */
function ownMemory(opened: AsyncDisposableStack): readonly string[] {
  const folder = Deno.makeTempDirSync({ dir: "/dev/shm", prefix: "watch-test-" });
  opened.defer(() => Deno.removeSync(folder, { recursive: true }));
  return ["--frames-folder", `${folder}/frames`];
}
