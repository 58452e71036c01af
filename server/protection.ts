/**
 * What guards the page, read from the state folder: the password's hash, the key that
 * signs sessions, and beyond loopback the certificate. Decides whether the box may listen
 * as the settings want; asks nobody for a password.
 * @module
 */
import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { ServerSettings } from "../config/schema.ts";
import { isLoopback, reachable } from "./box.ts";
import { type Certificate, ensureCertificate } from "./certificate.ts";
import { readPasswordHash } from "./password.ts";
import type { Signer } from "./session_cookie.ts";
import { readStateFile, writeStateFile } from "./state_file.ts";

/** With it one has to log in, on loopback too. */
export interface Protection extends Signer {
  /** Of now: it follows `streamware config password` within seconds. */
  readonly passwordHash: string;
  /** Absent on loopback only, where the page is plain HTTP. */
  readonly certificate?: Certificate;
}

export interface ProtectionOptions {
  readonly stateFolder: string;
  readonly settings: Pick<ServerSettings, "listen" | "names" | "port">;
  readonly clock: Clock;
  readonly log: Log;
}

const SESSION_KEY_BYTES = 32;
/** How long a new password may take to count. */
const LOOK_PERIOD_MS = 2_000;

/**
 * Undefined when no password is set, which is enough on loopback.
 * @throws Fault `config` when the box must not listen beyond loopback without one;
 * `corrupt` or `unavailable` from the state folder
 */
export async function openProtection(
  options: ProtectionOptions,
): Promise<(Protection & Disposable) | undefined> {
  const { stateFolder, settings } = options;
  const first = await readPasswordHash(stateFolder);
  refuseUnprotected(settings, first !== undefined);
  if (first === undefined) return undefined;
  const sessionKey = await ensureSessionKey(stateFolder);
  const beyond = !isLoopback(settings.listen);
  const certificate = beyond ? await openCertificate(options) : undefined;
  const watch = new PasswordWatch(options, first);
  return {
    sessionKey,
    ...(certificate ? { certificate } : {}),
    get passwordHash() {
      return watch.hash;
    },
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

/** @throws Fault `config` when the settings open the page to all without a password */
export function refuseUnprotected(
  settings: Pick<ServerSettings, "listen" | "port">,
  hasPassword: boolean,
): void {
  const { listen, port } = settings;
  if (hasPassword || isLoopback(listen)) return;
  throw new Fault("config", `Cannot listen on ${listen}: no password is set`, {
    hint: "streamware config password; or leave server.listen at 127.0.0.1 and come by " +
      `ssh -L ${port}:127.0.0.1:${port} USER@${Deno.hostname()}`,
  });
}

async function openCertificate(options: ProtectionOptions): Promise<Certificate> {
  const { stateFolder, settings, clock, log } = options;
  const addresses = reachable(Deno.networkInterfaces().map(({ address }) => address));
  const { names } = settings;
  const certificate = await ensureCertificate({ stateFolder, names, addresses, clock });
  const { fingerprint, madeBecause } = certificate;
  if (madeBecause === undefined) log.info("server.certificate", { fingerprint });
  else log.warn("server.certificate_made", { fingerprint, because: madeBecause });
  return certificate;
}

/** A key that is damaged is made anew: that ends the sessions, and nothing else. */
async function ensureSessionKey(stateFolder: string): Promise<Uint8Array> {
  const path = join(stateFolder, "session.key");
  const text = (await readStateFile(path))?.trim() ?? "";
  if (/^[0-9a-f]{64}$/.test(text)) return Uint8Array.fromHex(text);
  const key = crypto.getRandomValues(new Uint8Array(SESSION_KEY_BYTES));
  await writeStateFile(path, key.toHex() + "\n");
  return key;
}

/** A password that cannot be read leaves the one before it: nobody gets in for that. */
class PasswordWatch implements Disposable {
  readonly #options: ProtectionOptions;
  readonly #looking: Disposable;
  #hash: string;
  #trouble: string | undefined;

  constructor(options: ProtectionOptions, hash: string) {
    this.#options = options;
    this.#hash = hash;
    this.#looking = options.clock.every(LOOK_PERIOD_MS, () => void this.#look());
  }

  get hash(): string {
    return this.#hash;
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    const { stateFolder, log } = this.#options;
    try {
      const hash = await readPasswordHash(stateFolder) ?? this.#hash;
      if (hash !== this.#hash) log.info("server.password_changed");
      this.#hash = hash;
      this.#trouble = undefined;
    } catch (thrown) {
      const cause = wordsOf(thrown);
      if (cause !== this.#trouble) log.error("server.password_unreadable", { cause });
      this.#trouble = cause;
    }
  }
}
