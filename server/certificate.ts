/**
 * The certificate that the box makes for itself, and keeps: a browser that was told to
 * trust it must find the same one tomorrow. No authority vouches for it; people compare
 * its fingerprint. The only file that knows npm:selfsigned.
 * @module
 */
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { RELEASED_UTC_MS } from "../base/version.ts";
import { boxNames, reachable } from "./box.ts";
import { readStateFile, writeStateFile } from "./state_file.ts";

export interface CertificateOptions {
  readonly stateFolder: string;
  /** `server.names`: more names beside the hostname and hostname.local. */
  readonly names: readonly string[];
  /** The box's addresses of now. They go in when one is made, and never make a new one. */
  readonly addresses: readonly string[];
  readonly clock: Pick<Clock, "utcMs">;
  /** Of the box; asked from the kernel when absent. */
  readonly hostname?: string;
}

export interface Certificate {
  readonly certPem: string;
  readonly keyPem: Secret;
  /** SHA-256 over the certificate as `AB:CD:…`, as browsers show it. */
  readonly fingerprint: string;
  readonly notAfterUtcMs: number;
  /** Why it was made just now; undefined when it is the one that was kept. */
  readonly madeBecause?: string;
}

/**
 * Long before any box was built, so that neither side's wrong clock makes it "not yet
 * valid". Before July 2019 also because Apple's systems refuse a certificate begun later
 * that is valid for more than 825 days, without a way past the page that says so.
 */
const NOT_BEFORE_UTC_MS = Date.UTC(2019, 0, 1);
const VALID_MS = 10 * 365 * 86_400_000;
/** A certificate is looked at when the program starts, which may be rare. */
const LEFT_MS_MIN = 90 * 86_400_000;

/**
 * The kept certificate, or a new one when there is none, it lacks a name or runs out.
 *
 * An address that changes (DHCP) makes no new one: the fingerprint that people compared
 * is worth more than an address inside a certificate that browsers warn about anyway.
 * @throws Fault `unavailable` when the state folder cannot be read or written
 */
export async function ensureCertificate(
  options: CertificateOptions,
): Promise<Certificate> {
  const names = boxNames(options.hostname ?? Deno.hostname(), options.names);
  const folder = join(options.stateFolder, "tls");
  const [certPath, keyPath] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const kept = judgeKept(await readStateFile(certPath), await readStateFile(keyPath), {
    names,
    utcMs: notBeforeRelease(options.clock),
  });
  if (typeof kept !== "string") return kept;
  const made = await makeCertificate(names, options);
  await writeStateFile(keyPath, made.private);
  await writeStateFile(certPath, made.cert);
  return { ...readCertificate(made.cert, made.private), madeBecause: kept };
}

/** At the first start of a box without a clock of its own it is 1970 for a while. */
function notBeforeRelease(clock: CertificateOptions["clock"]): number {
  return Math.max(clock.utcMs(), RELEASED_UTC_MS);
}

interface Wanted {
  readonly names: readonly string[];
  readonly utcMs: number;
}

/** The certificate when it may stay, else why not. */
function judgeKept(
  certPem: string | undefined,
  keyPem: string | undefined,
  wanted: Wanted,
): Certificate | string {
  if (certPem === undefined || keyPem === undefined) return "there was none";
  try {
    const kept = readCertificate(certPem, keyPem);
    const missing = wanted.names.find((name) => !covers(certPem, name));
    if (missing !== undefined) return `the old one does not hold the name ${missing}`;
    if (kept.notAfterUtcMs - wanted.utcMs < LEFT_MS_MIN) return "the old one runs out";
    return kept;
  } catch (thrown) {
    return `the old one was damaged (${wordsOf(thrown)})`;
  }
}

/** @throws when either is damaged or they do not belong together */
function readCertificate(certPem: string, keyPem: string): Certificate {
  const read = new X509Certificate(certPem);
  if (!holdsKeyOf(certPem, keyPem)) throw new Error("its key is another one");
  return {
    certPem,
    keyPem: new Secret(keyPem),
    fingerprint: read.fingerprint256,
    notAfterUtcMs: Date.parse(read.validTo),
  };
}

function covers(certPem: string, name: string): boolean {
  return new X509Certificate(certPem).checkHost(name) !== undefined;
}

/**
 * A certificate holds its public key verbatim. Deno 2.6.8, which our binary is made with,
 * has no X509Certificate.checkPrivateKey.
 */
function holdsKeyOf(certPem: string, keyPem: string): boolean {
  const publicKey = createPublicKey(createPrivateKey(keyPem))
    .export({ type: "spki", format: "der" });
  const body = certPem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return Uint8Array.fromBase64(body).toHex().includes(new Uint8Array(publicKey).toHex());
}

type Selfsigned = typeof import("selfsigned");

/** Loaded when it is needed, which is rarely, as that takes long. */
async function certificateMaker(): Promise<Selfsigned["generate"]> {
  const library = await import("selfsigned") as Selfsigned & { default?: Selfsigned };
  // Out of a bundle a CommonJS package comes as its default.
  return library.generate ?? library.default!.generate;
}

async function makeCertificate(names: readonly string[], options: CertificateOptions) {
  const { addresses, clock } = options;
  const generate = await certificateMaker();
  const bare = reachable(addresses).map((address) => address.replace(/%.*$/, ""));
  const altNames = [
    ...["localhost", ...names].map((value) => ({ type: 2 as const, value })),
    ...["127.0.0.1", "::1", ...bare].map((ip) => ({ type: 7 as const, ip })),
  ];
  return generate(
    [{ name: "commonName", value: `StreamWare ${names[0] ?? ""}`.trim() }],
    {
      keyType: "ec",
      curve: "P-256",
      algorithm: "sha256",
      notBeforeDate: new Date(NOT_BEFORE_UTC_MS),
      notAfterDate: new Date(notBeforeRelease(clock) + VALID_MS),
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames },
      ],
    },
  );
}
