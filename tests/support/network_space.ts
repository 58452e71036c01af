/**
 * A network of its own for a camera: a link that can be cut and slowed down. Needs root
 * and `ip` with network namespaces.
 * @module
 */
export const canNetworkSpace: boolean = (() => {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const name = `swt-${Deno.pid}`;
  try {
    return run("ip", "netns", "add", name) && run("ip", "netns", "del", name);
  } catch {
    return false;
  }
})();

let count = 0;

/** Disposing it removes the network; what runs in it should be ended first. */
export class NetworkSpace implements Disposable {
  readonly name: string;
  /** Of the camera's end. */
  readonly address: string;
  readonly #outer: string;
  readonly #inner: string;

  constructor() {
    const number = count++;
    const place = `${Deno.pid % 200}.${4 * number}`;
    this.name = `sw-${Deno.pid}-${number}`;
    this.#outer = `swo${Deno.pid % 100_000}${number}`;
    this.#inner = `swi${Deno.pid % 100_000}${number}`;
    const [network, last] = place.split(".");
    const at = (offset: number) => `10.77.${network}.${Number(last) + offset}`;
    this.address = at(1);
    must("ip", "netns", "add", this.name);
    must("ip", "link", "add", this.#outer, "type", "veth", "peer", "name", this.#inner);
    must("ip", "link", "set", this.#inner, "netns", this.name);
    must("ip", "addr", "add", `${at(2)}/30`, "dev", this.#outer);
    must("ip", "-n", this.name, "addr", "add", `${this.address}/30`, "dev", this.#inner);
    must("ip", "-n", this.name, "link", "set", "lo", "up");
    must("ip", "-n", this.name, "link", "set", this.#inner, "up");
    must("ip", "link", "set", this.#outer, "up");
  }

  /** The cable is pulled, or plugged in again. */
  link(state: "up" | "down"): void {
    must("ip", "-n", this.name, "link", "set", this.#inner, state);
  }

  /** Lets so much through from the camera, kbit/s; undefined: all. */
  rate(kbit: number | undefined): void {
    const device = ["dev", this.#inner, "root"];
    if (kbit === undefined) return must("tc", "-n", this.name, "qdisc", "del", ...device);
    const bucket = ["tbf", "rate", `${kbit}kbit`, "burst", "16k", "latency", "200ms"];
    must("tc", "-n", this.name, "qdisc", "add", ...device, ...bucket);
  }

  [Symbol.dispose](): void {
    run("ip", "link", "del", this.#outer);
    run("ip", "netns", "del", this.name);
  }
}

function must(...words: [string, ...string[]]): void {
  if (!run(...words)) throw new Error(`Cannot run ${words.join(" ")}`);
}

function run(...[program, ...args]: [string, ...string[]]): boolean {
  const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;
  return new Deno.Command(program, { args, ...silent }).outputSync().success;
}
