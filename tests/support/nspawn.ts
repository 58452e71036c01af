/**
 * A real systemd, booted over an overlay of this machine's own root: it has our programs
 * and our files, and what it writes goes with it. Needs root; changes nothing outside its
 * own two folders. Its mounts lie in a namespace of their own and its processes die with
 * the test, so that a test that is killed leaves nothing but these folders.
 * @module
 */

/**
 * Whether a machine can be booted here; for `ignore:`. It needs root with the right to
 * mount, and Debian's systemd-container, systemd-sysv and dbus.
 */
export const canBoot: boolean = (() => {
  const needed = ["/usr/bin/systemd-nspawn", "/usr/sbin/init", "/usr/bin/dbus-daemon"];
  const status = Deno.readTextFileSync("/proc/self/status");
  const capabilities = BigInt(`0x${/^CapEff:\s+(\w+)$/m.exec(status)?.[1] ?? "0"}`);
  const mayMount = (capabilities & (1n << 21n)) !== 0n; // CAP_SYS_ADMIN
  return Deno.uid() === 0 && mayMount && needed.every((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
})();

/** What a program inside the machine gave. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const BOOT_MS = 30_000;
const COMMAND_MS = 60_000;

/**
 * `$0` overlay options, `$1` mount point, then nspawn and its arguments. It gets a /run of
 * its own, as it leaves a folder there.
 */
const START = "mount -t tmpfs tmpfs /run && " +
  'mount -t overlay overlay -o "$0" "$1" && shift && exec "$@"';

/** A machine over ours. Disposing switches it off, as a power cut does, and removes it. */
export class BootedMachine implements AsyncDisposable {
  /** In memory: an overlay's upper half may not lie in its lower one. */
  readonly #layers = Deno.makeTempDirSync({ dir: "/dev/shm", prefix: "boot-test-" });
  readonly #root = Deno.makeTempDirSync({ prefix: "streamware-machine-" });
  #running: { readonly nspawn: Deno.ChildProcess; readonly leader: number } | undefined;

  constructor() {
    for (const name of ["upper", "work"]) Deno.mkdirSync(`${this.#layers}/${name}`);
    this.#maskServices();
  }

  /** What our machine starts at boot (databases, SSH) is nobody's business in this one. */
  #maskServices(): void {
    const units = `${this.#layers}/upper/etc/systemd/system`;
    Deno.mkdirSync(units, { recursive: true });
    for (const target of ["multi-user.target", "timers.target"]) {
      for (const name of namesIn(`/etc/systemd/system/${target}.wants`)) {
        if (/\.(service|timer)$/.test(name)) {
          Deno.symlinkSync("/dev/null", `${units}/${name}`);
        }
      }
    }
  }

  /** Puts a program into the machine's `/`, before it boots; gives its path there. */
  putProgram(from: string, name: string): string {
    Deno.copyFileSync(from, `${this.#layers}/upper/${name}`);
    Deno.chmodSync(`${this.#layers}/upper/${name}`, 0o755);
    return `/${name}`;
  }

  /** Boots, and waits until its systemd has nothing left to start. */
  async boot(): Promise<void> {
    const { pid, nspawn } = this.#start();
    const deadline = performance.now() + BOOT_MS;
    while (performance.now() < deadline) {
      const leader = leaderBelow(pid);
      if (leader !== undefined) {
        this.#running = { nspawn, leader };
        const { stdout } = await this.run(["systemctl", "is-system-running", "--wait"]);
        if (/^(running|degraded)/.test(stdout)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    kill(pid);
    const { stderr } = await nspawn.output();
    throw new Error(`the machine did not boot: ${new TextDecoder().decode(stderr)}`);
  }

  /** Boots anew, as `sudo reboot` does. */
  async reboot(): Promise<void> {
    const { nspawn } = this.#mustRun();
    await this.run(["systemctl", "reboot"]);
    const late = setTimeout(() => kill(nspawn.pid), BOOT_MS);
    await nspawn.status;
    clearTimeout(late);
    await this.boot();
  }

  /** Runs a program inside, as root. */
  async run(
    command: readonly string[],
    { input, timeoutMs = COMMAND_MS }: { input?: string; timeoutMs?: number } = {},
  ): Promise<Ran> {
    const { leader } = this.#mustRun();
    await using child = new Deno.Command("nsenter", {
      args: ["--target", String(leader), "--all", "--wdns=/", "--", ...command],
      clearEnv: true,
      env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", LANG: "C.UTF-8" },
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const late = setTimeout(() => kill(child.pid), timeoutMs);
    try {
      if (input !== undefined) {
        await new Blob([input]).stream().pipeTo(child.stdin).catch(() => {});
      }
      const [stdout, stderr, status] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.status,
      ]);
      return { code: status.code, stdout, stderr };
    } finally {
      clearTimeout(late);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running) {
      // unshare ends the namespace of the machine with it, and the kernel all in there.
      kill(this.#running.nspawn.pid);
      await this.#running.nspawn.status;
    }
    await Deno.remove(this.#layers, { recursive: true });
    await Deno.remove(this.#root, { recursive: true });
  }

  #start(): { readonly pid: number; readonly nspawn: Deno.ChildProcess } {
    const layers = this.#layers;
    const overlay = `lowerdir=/,upperdir=${layers}/upper,workdir=${layers}/work`;
    const nspawn = new Deno.Command("setpriv", {
      args: [
        ...["--pdeathsig", "KILL", "--"],
        // The machine's own first process outlives nspawn; that of this namespace does not.
        ...["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ...["--mount", "--propagation", "private", "--"],
        ...["sh", "-c", START, overlay, this.#root],
        "systemd-nspawn",
        "--quiet",
        `--directory=${this.#root}`,
        `--machine=streamware-${Deno.pid}`,
        "--register=no",
        "--keep-unit",
        "--private-network",
        "--boot",
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#running = { nspawn, leader: nspawn.pid };
    return { pid: nspawn.pid, nspawn };
  }

  #mustRun() {
    if (this.#running) return this.#running;
    throw new Error("the machine is not booted");
  }
}

/** The machine's own first process: unshare has nspawn as its child, nspawn has it. */
function leaderBelow(unshare: number): number | undefined {
  return childrenOf(unshare).flatMap(childrenOf).find((pid) => nameOf(pid) === "systemd");
}

function childrenOf(parent: number): readonly number[] {
  try {
    const path = `/proc/${parent}/task/${parent}/children`;
    return Deno.readTextFileSync(path).trim().split(" ").filter(Boolean).map(Number);
  } catch {
    // Not there yet, or gone a moment ago.
    return [];
  }
}

function nameOf(pid: number): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/comm`).trim();
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It had ended by itself.
  }
}
