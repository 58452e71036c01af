/**
 * What a check of `streamware doctor` is given and what it says. Finds nothing itself:
 * one check is one file beside this one.
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { Fault, wordsOf } from "../../base/fault.ts";
import type { Places } from "../../config/places.ts";
import type { Settings } from "../../config/schema.ts";
import type { ControlStatus } from "../../server/control_protocol.ts";

/** From "as it should be" to "it cannot work like this". */
export const FINDING_LEVELS = ["good", "note", "warning", "broken"] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

export interface Finding {
  readonly level: FindingLevel;
  /** What was found, without a period. */
  readonly words: string;
  /** The line to run, or what to do with one's hands. */
  readonly toDo?: string;
  /** Numbers and names with units, for `--json`. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** The settings that a start would use now. */
export type Configuration =
  | {
    readonly kind: "file";
    readonly path: string;
    readonly settings: Settings;
    /** What may stay and should not: a secret that others can read. */
    readonly warnings: readonly string[];
    /** Paths of settings that only the service can look up: `cameras.gate.password`. */
    readonly elsewhere: readonly string[];
  }
  /** There is no file: defaults, and no camera. */
  | { readonly kind: "none"; readonly path: string; readonly settings: Settings }
  /** There is one that cannot be used; the checks look at the defaults. */
  | {
    readonly kind: "broken";
    readonly path: string;
    readonly settings: Settings;
    readonly fault: Fault;
  }
  /** There is one that this user may not read; the checks look at the defaults. */
  | {
    readonly kind: "forbidden";
    readonly path: string;
    readonly settings: Settings;
    readonly fault: Fault;
  };

export interface CheckContext {
  readonly clock: Clock;
  /** Ends when the check's time is over: what it started ends then. */
  readonly signal: AbortSignal;
  readonly places: Places;
  readonly configuration: Configuration;
  /** What the running program says of itself; undefined when none answers. */
  readonly program: ControlStatus | undefined;
  /** Why a program that is there does not tell: it may not be asked, or hangs. */
  readonly silence?: Fault | undefined;
}

export interface Check {
  readonly name: string;
  /** After so long it is said to hang; what it does has shorter limits of its own. */
  readonly timeoutMs: number;
  run(context: CheckContext): Promise<readonly Finding[]>;
}

/** A fault as a finding: its hint is what to do. */
export function faultFinding(thrown: unknown, level: FindingLevel = "broken"): Finding {
  const toDo = thrown instanceof Fault && thrown.hint ? { toDo: thrown.hint } : {};
  return { level, words: wordsOf(thrown), ...toDo };
}
