/**
 * Tells systemd how we are: ready, a line of status, stopping, and that we still live
 * (sd_notify(3)). Knows nothing of what we do: who opens it says when we are alive.
 *
 * Through libc: Deno has no datagram socket without an unstable flag, and that one
 * cannot reach an abstract address, which a container's systemd may give.
 * @module
 */
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** The line to systemd. Disposing it ends the pings, so that systemd sees a hang. */
export interface ServiceNotifier extends Disposable {
  /** Once: what was started works. `status` is what `systemctl status` shows. */
  ready(status: string): void;
  /** One line for `systemctl status`; longer ones are cut. */
  status(text: string): void;
  /** A stop has begun: systemd does not take the end for a failure. */
  stopping(): void;
}

export interface NotifierParts {
  /** `Deno.env`, or a test's. */
  readonly env: { get(name: string): string | undefined };
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Whether we still do our work, not only run. Asked for every ping; while it is
   * false none is sent, and systemd restarts us at the end of its `WatchdogSec`.
   */
  isAlive(): boolean;
}

/**
 * The line to the systemd that started us, or undefined when none listens: started by
 * hand, in a container without it, under another init.
 */
export function openServiceNotifier(parts: NotifierParts): ServiceNotifier | undefined {
  const { env, clock, log } = parts;
  const path = env.get("NOTIFY_SOCKET");
  if (path === undefined || path === "") return undefined;
  const address = socketAddress(path);
  if (address === undefined) {
    log.warn("service.notify_unusable", { path });
    return undefined;
  }
  const send = (state: string) => {
    if (!sendDatagram(address, state)) log.warn("service.notify_failed", { state });
  };
  const watchdogMs = watchdogOf(env);
  const pings = watchdogMs === undefined
    ? undefined
    : clock.every(watchdogMs / PINGS_PER_WATCHDOG, pinger(parts, send));
  return {
    ready: (status) => send(`READY=1\n${statusLine(status)}`),
    status: (text) => send(statusLine(text)),
    stopping: () => send("STOPPING=1"),
    [Symbol.dispose]: () => pings?.[Symbol.dispose](),
  };
}

/**
 * systemd asks for one ping in half of `WatchdogSec`. Twice as often, one moment in
 * which `isAlive` is false, as while a worker is replaced, costs no restart.
 */
const PINGS_PER_WATCHDOG = 4;

/** Sends a ping while we are alive, and logs when that changes. */
function pinger({ isAlive, log }: NotifierParts, send: (state: string) => void) {
  let wasAlive = true;
  return () => {
    const alive = isAlive();
    if (alive) send("WATCHDOG=1");
    if (wasAlive && !alive) log.error("service.watchdog_held_back");
    if (!wasAlive && alive) log.info("service.watchdog_pings_again");
    wasAlive = alive;
  };
}

/** Milliseconds between pings at most, or undefined when systemd waits for none of us. */
function watchdogOf(env: NotifierParts["env"]): number | undefined {
  const micros = Number(env.get("WATCHDOG_USEC") ?? Number.NaN);
  // Inherited from somebody else: then it is not us who is watched.
  const isOurs = Number(env.get("WATCHDOG_PID") ?? Deno.pid) === Deno.pid;
  return isOurs && micros > 0 ? micros / 1_000 : undefined;
}

const STATUS_MAX = 500;

/** A line break would begin another assignment. */
function statusLine(text: string): string {
  return `STATUS=${text.replaceAll(/[\r\n]+/g, " ").slice(0, STATUS_MAX)}`;
}

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
/** A systemd that hangs must not stop us; and no signal when it is gone. */
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
/** `sun_path` of unix(7), with its closing zero. */
const PATH_BYTES_MAX = 108;

const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  sendto: {
    parameters: ["i32", "buffer", "usize", "i32", "buffer", "u32"],
    result: "isize",
  },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/**
 * `struct sockaddr_un`: a path, or an abstract name written with `@`. Undefined for
 * what is neither or too long.
 */
function socketAddress(path: string): Uint8Array<ArrayBuffer> | undefined {
  const name = new TextEncoder().encode(path);
  const isAbstract = path.startsWith("@");
  if (!isAbstract && !path.startsWith("/")) return undefined;
  const length = name.length + (isAbstract ? 0 : 1);
  if (length > PATH_BYTES_MAX) return undefined;
  const address = new Uint8Array(2 + length);
  new DataView(address.buffer).setUint16(0, AF_UNIX, true);
  address.set(name, 2);
  if (isAbstract) address[2] = 0;
  return address;
}

/** A socket for each, some eight a minute: a restart of systemd breaks none. */
function sendDatagram(address: Uint8Array<ArrayBuffer>, text: string): boolean {
  const libc = Deno.dlopen("libc.so.6", SYMBOLS);
  const bytes = new TextEncoder().encode(text);
  const socket = libc.symbols.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  try {
    if (socket < 0) return false;
    const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    const size = BigInt(bytes.length);
    const sent = libc.symbols.sendto(socket, bytes, size, flags, address, address.length);
    return sent === size;
  } finally {
    if (socket >= 0) libc.symbols.close(socket);
    libc.close();
  }
}
