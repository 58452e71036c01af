/**
 * Two network namespaces joined by a cable: a box's and a camera's. Needs root; changes
 * nothing in this machine's own network, and is gone when it is disposed.
 * @module
 */

/** Whether namespaces can be made here; for `ignore:`. */
export const hasNetworkPairs: boolean = (() => {
  if (Deno.uid() !== 0) return false;
  const name = `swtry${Deno.pid}`;
  try {
    const made = ip(["netns", "add", name]);
    if (made) ip(["netns", "delete", name]);
    return made;
  } catch {
    return false;
  }
})();

/** @throws Deno.errors.NotFound without `ip` */
function ip(args: readonly string[]): boolean {
  const command = new Deno.Command("ip", {
    args: [...args],
    stdout: "null",
    stderr: "null",
  });
  return command.outputSync().success;
}

function orThrow(args: readonly string[]): void {
  if (!ip(args)) throw new Error(`ip ${args.join(" ")} failed`);
}

let pairs = 0;

export class NetworkPair implements Disposable {
  readonly #box: string;
  readonly #camera: string;
  readonly boxAddress = "10.77.0.1";
  readonly cameraAddress = "10.77.0.2";
  /** The box's network, as `ip` names it. */
  readonly boxInterface = "swbox0";

  constructor() {
    const id = `${Deno.pid}x${++pairs}`;
    this.#box = `swb${id}`;
    this.#camera = `swc${id}`;
    orThrow(["netns", "add", this.#box]);
    orThrow(["netns", "add", this.#camera]);
    const cable = ["link", "add", this.boxInterface, "netns", this.#box, "type", "veth"];
    orThrow([...cable, "peer", "name", "swcam0", "netns", this.#camera]);
    const ends = [
      [this.#box, this.boxInterface, this.boxAddress],
      [this.#camera, "swcam0", this.cameraAddress],
    ] as const;
    for (const [space, link, address] of ends) {
      orThrow(["-n", space, "addr", "add", `${address}/24`, "dev", link]);
      orThrow(["-n", space, "link", "set", link, "up"]);
      orThrow(["-n", space, "link", "set", "lo", "up"]);
    }
  }

  /** What a command is started with to run on one side: program and first arguments. */
  on(side: "box" | "camera"): readonly [string, ...string[]] {
    return ["ip", "netns", "exec", side === "box" ? this.#box : this.#camera];
  }

  /** Pulls the cable out, or puts it back. */
  link(state: "up" | "down"): void {
    orThrow(["-n", this.#camera, "link", "set", "swcam0", state]);
  }

  [Symbol.dispose](): void {
    for (const space of [this.#box, this.#camera]) ip(["netns", "delete", space]);
  }
}
