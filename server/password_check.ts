/**
 * Is this the password: asked by the login page and by machines alike, throttled, and so
 * that a flood of questions takes no more than one core's half second at a time. Knows
 * nothing of HTTP, and tells nobody what was tried.
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Alert } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Secret } from "../base/secret.ts";
import { LoginThrottle } from "./login_throttle.ts";
import { isPassword, PASSWORD_CHARS_MAX } from "./password.ts";
import type { Signer } from "./session_cookie.ts";

export interface PasswordCheckParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly protection: Signer;
  /** Raises the alert `server.login_failures`. */
  raise(alert: Omit<Alert, "sinceUtcMs">): void;
  clear(code: string, subject: string): void;
}

export type Attempt =
  | { readonly kind: "right" }
  | { readonly kind: "wrong" }
  /** It was not looked at: too many were wrong, or too many ask at once. */
  | { readonly kind: "wait"; readonly waitMs: number };

/** Passwords asked for at once: one is looked at, the others wait up to three seconds. */
const ASKING_MAX = 8;
const BUSY_WAIT_MS = 1_000;
/** Machines that ask with each request: so many may skip the half second. */
const KNOWN_MAX = 64;
/** So many wrong passwords are told as an alert, until none came for an hour. */
const ALERT_AFTER = 10;
const QUIET_MS = 3_600_000;
const LOOK_PERIOD_MS = 60_000;

export class PasswordCheck implements Disposable {
  readonly #parts: PasswordCheckParts;
  readonly #throttle: LoginThrottle;
  readonly #looking: Disposable;
  /** By address: a keyed hash of the password that was right from there. */
  readonly #known = new Map<string, Uint8Array>();
  /** Only of this run, so that what is in memory opens nothing elsewhere. */
  readonly #knownKey = crypto.getRandomValues(new Uint8Array(32));
  /** By address and keyed hash: who asks the same at once gets the same answer. */
  readonly #asking = new Map<string, Promise<Attempt>>();
  #turn: Promise<unknown> = Promise.resolve();
  #wrong = 0;
  #lastWrongMs = -Infinity;

  constructor(parts: PasswordCheckParts) {
    this.#parts = parts;
    this.#throttle = new LoginThrottle(parts.clock);
    this.#looking = parts.clock.every(LOOK_PERIOD_MS, () => this.#forgetQuiet());
  }

  /**
   * The throttle comes first, also for a machine that is known: else the short way would
   * tell right from wrong as often as one likes.
   */
  async try(password: Secret, address: string): Promise<Attempt> {
    const waitMs = this.#waitMs(address);
    if (waitMs > 0) return { kind: "wait", waitMs };
    const keyed = this.#keyed(password);
    if (this.#isKnown(keyed, address)) return { kind: "right" };
    const question = `${address} ${keyed.toHex()}`;
    const asking = this.#asking.get(question);
    if (asking) return await asking;
    if (this.#asking.size >= ASKING_MAX) return { kind: "wait", waitMs: BUSY_WAIT_MS };
    const answer = this.#inTurn(() => this.#look(password, address));
    this.#asking.set(question, answer);
    try {
      return await answer;
    } finally {
      this.#asking.delete(question);
    }
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => {}); // who asked is told; the next is not
    return mine;
  }

  #waitMs(address: string): number {
    return this.#throttle.waitMs(address, this.#known.has(address));
  }

  /** Asks the throttle again: those before it in the queue may have been wrong. */
  async #look(password: Secret, address: string): Promise<Attempt> {
    const waitMs = this.#waitMs(address);
    if (waitMs > 0) return { kind: "wait", waitMs };
    const { passwordHash } = this.#parts.protection;
    const tooLong = password.reveal().length > 2 * PASSWORD_CHARS_MAX;
    if (tooLong || !await isPassword(password, passwordHash)) {
      this.#throttle.wrong(address);
      this.#countWrong(address);
      return { kind: "wrong" };
    }
    this.#throttle.right(address);
    this.#parts.log.info("server.logged_in", { address });
    this.#known.delete(address);
    this.#known.set(address, this.#keyed(password));
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > KNOWN_MAX) this.#known.delete(oldest!);
    return { kind: "right" };
  }

  #isKnown(keyed: Uint8Array, address: string): boolean {
    const known = this.#known.get(address);
    return known !== undefined && timingSafeEqual(known, keyed);
  }

  /** Another password makes everybody unknown. */
  #keyed(password: Secret): Uint8Array {
    const { passwordHash } = this.#parts.protection;
    const mac = createHmac("sha256", this.#knownKey);
    return new Uint8Array(mac.update(`${passwordHash}\n${password.reveal()}`).digest());
  }

  #countWrong(address: string): void {
    const { clock, log, raise } = this.#parts;
    this.#wrong++;
    this.#lastWrongMs = clock.monotonicMs();
    log.warn("server.login_failed", { address, wrong: this.#wrong });
    if (this.#wrong % ALERT_AFTER !== 0) return;
    raise({
      code: "server.login_failures",
      subject: "",
      severity: "note",
      words: `${this.#wrong} wrong passwords were tried, the last from ${address}`,
      toDo:
        "If it was nobody you know, set a longer password: streamware config password",
    });
  }

  #forgetQuiet(): void {
    const { clock, clear } = this.#parts;
    if (this.#wrong === 0 || clock.monotonicMs() - this.#lastWrongMs < QUIET_MS) return;
    this.#wrong = 0;
    clear("server.login_failures", "");
  }
}
