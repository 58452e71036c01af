/**
 * How FFmpeg reaches a camera: straight, or, where the URL asks for TLS, by a tunnel to
 * whoever proved to be the camera. Opens no stream.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { StreamUrl } from "./source_url.ts";
import { certificateRule } from "./tls_certificate.ts";
import { openTunnel, type TunnelRefusal } from "./tls_tunnel.ts";

export interface WayOptions {
  readonly camera: string;
  /** The setting `certificate`. */
  readonly certificate?: string | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Disposing it closes what FFmpeg was led through. */
export interface JudgedWay extends AsyncDisposable {
  readonly kind: "open";
  /** What FFmpeg is given. */
  readonly url: StreamUrl;
  /** FFmpeg is to speak no TLS of its own: it would judge nobody. */
  readonly isTunnel: boolean;
  /** How FFmpeg names an HTTP server that it does not know it speaks to. */
  readonly hostName: string | undefined;
  /** The child that speaks TLS, if any. */
  readonly pid: number | undefined;
}

const PORTS = { rtsps: 322, https: 443 } as const;

/** Never fails: a peer that is not to be trusted is a refusal, in words. */
export async function openWay(
  url: StreamUrl,
  { camera, certificate, clock, signal }: WayOptions,
): Promise<JudgedWay | TunnelRefusal> {
  const { scheme } = url;
  const rule = certificateRule(certificate);
  const isPlain = scheme === "rtsp" || scheme === "http";
  if (isPlain || rule.kind === "any") return straight(url);
  const peer = { host: url.host, port: url.port ?? PORTS[scheme] };
  // A stream over HTTP may come in pieces.
  const clients = url.kind === "http" ? "many" : "one";
  const tunnel = await openTunnel({ camera, peer, rule, clock, signal, clients });
  if (tunnel.kind === "refused") return tunnel;
  return {
    kind: "open",
    url: { ...url, scheme: url.kind, host: "127.0.0.1", port: tunnel.port },
    isTunnel: true,
    hostName: url.kind === "http" ? nameOf(url) : undefined,
    pid: tunnel.pid,
    [Symbol.asyncDispose]: () => tunnel[Symbol.asyncDispose](),
  };
}

function straight(url: StreamUrl): JudgedWay {
  const close = async () => {};
  return {
    ...{ kind: "open", url, isTunnel: false, hostName: undefined, pid: undefined },
    [Symbol.asyncDispose]: close,
  };
}

function nameOf({ host, port }: StreamUrl): string {
  return port === undefined ? host : `${host}:${port}`;
}
