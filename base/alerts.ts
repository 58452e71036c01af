/**
 * What is wrong with us now: raised and cleared by code, listed for page and status.
 * @module
 */
import type { Clock } from "./clock.ts";

export type Severity = "note" | "warning" | "critical";

/** One wrong thing. The same record on the page, in `status` and in the log. */
export interface Alert {
  /** Stable and dotted: `camera.offline`, `server.port_busy`. */
  readonly code: string;
  /** What it is about, such as a camera's name; empty for the whole box. */
  readonly subject: string;
  readonly severity: Severity;
  readonly sinceUtcMs: number;
  readonly words: string;
  /** What a person can do about it. */
  readonly toDo: string;
  /** The code of the alert that causes this one: mend that, and this one goes. */
  readonly dependsOn?: string;
}

/** At most this many alerts are kept: each code and subject holds one. */
const ALERTS_MAX = 256;

export class AlertBoard {
  readonly #alerts = new Map<string, Alert>();
  readonly #clock: Clock;
  #onChange: (alerts: readonly Alert[]) => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Tells `listener`, the only one, of every change from now on. */
  tell(listener: (alerts: readonly Alert[]) => void): void {
    this.#onChange = listener;
  }

  /** Raises an alert, or changes its words; `since` stays that of the first raise. */
  raise(alert: Omit<Alert, "sinceUtcMs">): void {
    const key = `${alert.code}\n${alert.subject}`;
    const was = this.#alerts.get(key);
    if (was?.words === alert.words && was.severity === alert.severity) return;
    if (!was && this.#alerts.size >= ALERTS_MAX) return;
    const sinceUtcMs = was?.sinceUtcMs ?? this.#clock.utcMs();
    this.#alerts.set(key, { ...alert, sinceUtcMs });
    this.#onChange(this.list());
  }

  clear(code: string, subject: string): void {
    if (this.#alerts.delete(`${code}\n${subject}`)) this.#onChange(this.list());
  }

  list(): readonly Alert[] {
    return [...this.#alerts.values()];
  }
}
