/**
 * When a camera's certificate is good enough, how OpenSSL is asked to judge it, and what
 * to say when it is not. Pure; connections are `tls_tunnel.ts`.
 * @module
 */

/**
 * `verify`: an authority that this box trusts vouches for the name in the URL. `any`: it
 * is not looked at. Else the SHA-256 of the one certificate that is right.
 */
export type CertificateRule =
  | { readonly kind: "verify" }
  | { readonly kind: "any" }
  | { readonly kind: "pinned"; readonly fingerprint: string };

/** Reads the setting: `verify`, `any`, or 32 bytes in hex, colons or not; absent is `verify`. */
export function certificateRule(setting = "verify"): CertificateRule {
  const kind = setting.toLowerCase();
  if (kind === "verify" || kind === "any") return { kind };
  return { kind: "pinned", fingerprint: inPairs(kind.replaceAll(":", "")) };
}

/** As cameras and browsers show a SHA-256: `5F:3A:…`, 32 pairs. */
export async function fingerprintOf(
  certificate: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", certificate));
  return inPairs(
    Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
}

function inPairs(hex: string): string {
  return hex.toUpperCase().replace(/(..)(?=.)/g, "$1:");
}

/** The first certificate in PEM that OpenSSL printed, the peer's own; as text and DER. */
export function firstCertificate(
  printed: string,
): { readonly pem: string; readonly der: Uint8Array<ArrayBuffer> } | undefined {
  const found = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/
    .exec(printed);
  if (!found) return undefined;
  const letters = atob(found[1]!.replace(/\s/g, ""));
  return { pem: `${found[0]}\n`, der: Uint8Array.from(letters, (c) => c.charCodeAt(0)) };
}

export interface TlsPeer {
  /** As in a URL: IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
}

/** Shows the peer's certificates and ends; judges nothing. */
export function showArgs(peer: TlsPeer): string[] {
  return ["s_client", ...addressOf(peer), "-showcerts"];
}

/**
 * A pipe through TLS that carries bytes only after the certificate was judged.
 *
 * Of a pinned one only its key counts: cameras sign for themselves, as authorities or
 * not, for any name, and by a clock that is wrong; `-partial_chain` takes it as it is.
 * Nothing else is trusted then, the box's own authorities neither.
 * @param pinnedFile where the pinned certificate stands; undefined: the authorities judge
 */
export function pipeArgs(peer: TlsPeer, pinnedFile: string | undefined): string[] {
  const bare = peer.host.replace(/^\[|\]$/g, "");
  const judged = pinnedFile === undefined
    ? [isAddress(peer.host) ? "-verify_ip" : "-verify_hostname", bare]
    : [
      ...["-CAfile", pinnedFile, "-no-CApath", "-no-CAstore", "-partial_chain"],
      // Old cameras have keys of 1024 bits; whoever pinned one knows it.
      ...["-no_check_time", "-cipher", "DEFAULT@SECLEVEL=1"],
    ];
  return [
    ...["s_client", ...addressOf(peer), "-brief", "-ign_eof"],
    ...["-verify_return_error", ...judged],
  ];
}

function addressOf({ host, port }: TlsPeer): string[] {
  const name = isAddress(host) ? ["-noservername"] : ["-servername", host];
  return ["-connect", `${host}:${port}`, ...name];
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** True for the line after which the pipe is open and its peer proved. */
export function tellsProved(line: string): boolean {
  return line.trim() === "Verification: OK";
}

/** Why the certificate was refused, in OpenSSL's words; undefined: it was not. */
export function refusalOf(lines: readonly string[]): string | undefined {
  return lines.map((line) => /verify error:num=\d+:(.+)$/.exec(line)?.[1]?.trim())
    .find((words) => words !== undefined);
}

/** What a refused camera does and what to do, to stand after its name; no period. */
export function refusalWords(
  refused: {
    readonly rule: CertificateRule;
    readonly found: string;
    readonly why: string;
  },
  camera: string,
): string {
  const { rule, found, why } = refused;
  const pin = `set cameras.${camera}.certificate to ${found}`;
  if (rule.kind === "pinned") {
    return "shows another certificate than the one in its settings, so nothing was sent " +
      `to it: if the camera was reset or updated, ${pin}; if not, somebody may stand ` +
      "between";
  }
  return `shows a certificate that nobody vouches for (${why}), so no password was sent ` +
    "to it: most cameras make their own. Compare its SHA-256 with what the camera's own " +
    `page shows, on a network that you trust, then ${pin}`;
}
