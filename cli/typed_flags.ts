/**
 * Reads what was typed behind flags of commands that have no settings.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { Typed } from "./command_line.ts";

/** The text behind a flag; undefined when it was not typed. */
export function typedText(typed: Typed, flag: string): string | undefined {
  const value = typed[flag];
  return typeof value === "string" ? value : undefined;
}

export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  /** What is counted: "seconds". */
  readonly unit?: string;
}

/**
 * The number behind a flag; undefined when it was not typed.
 * @throws Fault usage when it is none within its bounds
 */
export function typedNumber(
  typed: Typed,
  flag: string,
  { min, max, whole, unit }: NumberBounds,
): number | undefined {
  const text = typedText(typed, flag);
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const number = whole ? "a whole number" : "a number";
  const kind = unit === undefined ? number : `${number} of ${unit}`;
  const given = JSON.stringify(text);
  throw new Fault(
    "usage",
    `Cannot use ${flag} ${given}: give ${kind} from ${min} to ${max}`,
  );
}

/**
 * The whole number from 0 to `max` behind a flag.
 * @throws Fault usage when it is none
 */
export function typedCount(
  typed: Typed,
  flag: string,
  bounds: { readonly otherwise: number; readonly max: number },
): number {
  const text = typedText(typed, flag);
  if (text === undefined) return bounds.otherwise;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (count <= bounds.max) return count;
  const given = JSON.stringify(text);
  const words =
    `Cannot use ${flag} ${given}: give a whole number from 0 to ${bounds.max}`;
  throw new Fault("usage", words);
}
