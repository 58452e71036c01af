/**
 * Names that a test decides on: a name server of its own, and a view of the file system
 * in which a program asks that one and no other. Needs root; changes nothing for others.
 * @module
 */
import type { TestFolder } from "./clips.ts";

const SCRIPT = new URL("./fault_names.py", import.meta.url).pathname;
/** Of the loopback network, where nobody else listens. */
const LISTEN = "127.77.0.53";
/** Mounts $1 and $2 where libc looks, then becomes the rest. */
const VIEW = 'mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && ' +
  'mount --bind "$2" /etc/nsswitch.conf && shift 2 && exec "$@"';

/** For `ignore:`. */
export const canServeNames: boolean = (() => {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;
  try {
    const words = ["--mount", "mount", "--bind", "/etc/hosts", "/etc/hosts"];
    return new Deno.Command("unshare", { args: words, ...silent }).outputSync().success;
  } catch {
    return false;
  }
})();

/** Every name is this machine's, as long as it answers. */
export class NameServer implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #resolv: string;
  readonly #switch: string;

  /** @param times how often a program is told of it, as if there were several */
  static async start(folder: TestFolder, times: number): Promise<NameServer> {
    const process = new Deno.Command("/usr/bin/python3", {
      args: [SCRIPT, LISTEN, "127.0.0.1"],
      ...{ stdin: "null", stdout: "piped", stderr: "null" },
    }).spawn();
    const reader = process.stdout.getReader();
    const { done } = await reader.read();
    await reader.cancel();
    if (done) throw new Error("The name server ended before it listened");
    return new NameServer(process, folder, times);
  }

  private constructor(
    process: Deno.ChildProcess,
    folder: TestFolder,
    times: number,
  ) {
    this.#process = process;
    this.#resolv = folder.file("resolv.conf");
    this.#switch = folder.file("nsswitch.conf");
    Deno.writeTextFileSync(this.#resolv, `nameserver ${LISTEN}\n`.repeat(times));
    Deno.writeTextFileSync(this.#switch, "hosts: dns\n");
  }

  /** What a command is started with to ask this server. */
  get under(): readonly [string, ...string[]] {
    return ["unshare", "--mount", "sh", "-c", VIEW, "sh", this.#resolv, this.#switch];
  }

  /** It does not answer any more, or again. */
  halt(isHalted: boolean): void {
    this.#process.kill(isHalted ? "SIGSTOP" : "SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It ended by itself.
    }
    await this.#process.status;
  }
}
