/**
 * A door on loopback that leads through TLS to a camera whose certificate was judged:
 * FFmpeg verifies none, so it speaks to the door, and its bytes go over the very
 * connection that was judged. Why OpenSSL's own program: docs/adr/0016.
 *
 * Knows neither RTSP nor HTTP; the door itself is `tunnel_door.ts`.
 * @module
 */
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import { type Clock, sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { runProgram, startChild } from "../base/subprocess.ts";
import { reasonOf } from "./ffmpeg_words.ts";
import {
  type CertificateRule,
  fingerprintOf,
  firstCertificate,
  pipeArgs,
  refusalOf,
  refusalWords,
  showArgs,
  tellsProved,
  type TlsPeer,
} from "./tls_certificate.ts";
import { type JudgedPipe, openDoor } from "./tunnel_door.ts";

/** A peer that has not proved itself after so long is given up, ms. */
const HANDSHAKE_MS = 10_000;
const OUTPUT_BYTES_MAX = 200_000;

export interface TunnelOptions {
  /** Names the camera in words. */
  readonly camera: string;
  readonly peer: TlsPeer;
  readonly rule: Exclude<CertificateRule, { readonly kind: "any" }>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** One connection, or as many as FFmpeg wants: streams over HTTP come in pieces. */
  readonly clients: "one" | "many";
}

/** Why there is no tunnel. */
export interface TunnelRefusal {
  readonly kind: "refused";
  readonly why: StateReason;
  /** The last complaint, for the log. */
  readonly said: string;
  /** What the camera does and what to do, to stand after its name, when it is known. */
  readonly words: string | undefined;
}

/** Disposing it ends the connection and waits until its child is gone. */
export interface TlsTunnel extends AsyncDisposable {
  readonly kind: "open";
  /** On 127.0.0.1. */
  readonly port: number;
  readonly pid: number;
}

/** Opens TLS to the peer, judges its certificate, and then opens the door. */
export async function openTunnel(
  options: TunnelOptions,
): Promise<TlsTunnel | TunnelRefusal> {
  try {
    const { rule } = options;
    if (rule.kind === "verify") return await pipeTo(options, undefined);
    const shown = await shownBy(options);
    if (shown.pem === undefined) return lost(shown.lines);
    if (shown.fingerprint !== rule.fingerprint) {
      return refused(options, shown.fingerprint, "it is another one");
    }
    // Only whoever has the key of a certificate gets through: to show it is not enough.
    await using opened = new AsyncDisposableStack();
    const file = await Deno.makeTempFile({ prefix: "streamware-", suffix: ".pem" });
    opened.defer(() => Deno.remove(file));
    await Deno.writeTextFile(file, shown.pem);
    const tunnel = await pipeTo(options, file);
    if (tunnel.kind === "refused" || options.clients === "one") return tunnel;
    // Each further connection is judged by it, too.
    opened.use(tunnel);
    const stack = opened.move();
    return { ...tunnel, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (thrown) {
    const words = `cannot be asked over TLS: ${wordsOf(thrown)}`;
    return { kind: "refused", why: "tls", said: wordsOf(thrown), words };
  }
}

interface Shown {
  readonly pem: string | undefined;
  readonly fingerprint: string;
  readonly lines: readonly string[];
}

/** The certificate that the peer shows, whether it has its key or not. */
async function shownBy({ peer, signal }: TunnelOptions): Promise<Shown> {
  const { stdout, stderr } = await runProgram(["openssl", ...showArgs(peer)], {
    timeoutMs: HANDSHAKE_MS,
    outputBytesMax: OUTPUT_BYTES_MAX,
    ...(signal ? { signal } : {}),
  });
  const found = firstCertificate(stdout);
  const fingerprint = found ? await fingerprintOf(found.der) : "";
  return { pem: found?.pem, fingerprint, lines: stderr };
}

async function pipeTo(
  options: TunnelOptions,
  pinnedFile: string | undefined,
): Promise<TlsTunnel | TunnelRefusal> {
  const first = await judgedPipe(options, pinnedFile);
  if ("kind" in first) return first;
  const another = async () => {
    const next = await judgedPipe(options, pinnedFile);
    return "kind" in next ? undefined : next;
  };
  const door = openDoor(first, options.clients === "many" ? another : undefined);
  return { kind: "open", pid: first.child.pid, ...door };
}

async function judgedPipe(
  options: TunnelOptions,
  pinnedFile: string | undefined,
): Promise<JudgedPipe | TunnelRefusal> {
  const lines: string[] = [];
  const proved = Promise.withResolvers<"proved">();
  await using opened = new AsyncDisposableStack();
  const child = opened.use(
    await startChild({
      program: "openssl",
      args: pipeArgs(options.peer, pinnedFile),
      stdin: "pipe",
      outputs: [1],
      onStderrLine: (line) => {
        if (lines.push(line) > 20) lines.shift();
        if (tellsProved(line)) proved.resolve("proved");
      },
    }),
  );
  using patience = patienceOf(options);
  const over = child.exited.then(() => child.stderrEnded).then(() => "over" as const);
  const end = await Promise.race([proved.promise, over, patience.late]);
  if (end === "proved") return { child, opened: opened.move() };
  const why = refusalOf(lines);
  if (why === undefined) return lost(lines);
  await opened.disposeAsync(); // one connection at a time: some cameras allow no more
  return refused(options, (await shownBy(options)).fingerprint, why);
}

/** Resolves after the time that a handshake may take, or when nobody waits any more. */
function patienceOf({ clock, signal }: TunnelOptions) {
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const late = sleep(clock, HANDSHAKE_MS, either).then(() => "late" as const);
  return { late, [Symbol.dispose]: () => over.abort() };
}

function lost(lines: readonly string[]): TunnelRefusal {
  // Said of every address that is no name, and no complaint.
  const complaints = lines.filter((line) => !line.includes("SSL_get_servername"));
  return {
    kind: "refused",
    why: reasonOf(complaints),
    said: complaints.find((line) => /error/i.test(line)) ?? "",
    words: undefined,
  };
}

function refused(
  { camera, rule }: TunnelOptions,
  found: string,
  why: string,
): TunnelRefusal {
  const words = refusalWords({ rule, found, why }, camera);
  return { kind: "refused", why: "tls", said: `its certificate: ${why}`, words };
}
