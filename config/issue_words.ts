/**
 * What the declaration of settings says of a wrong value, in words.
 * Names no setting, and shows no value: the caller knows whether it may.
 * @module
 */
import type { z } from "zod";

/** "must be at least 0.2": goes behind the name of a setting. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_small":
      return boundWords(issue.origin, "at least", Number(issue.minimum));
    case "too_big":
      return boundWords(issue.origin, "at most", Number(issue.maximum));
    case "invalid_type":
      return `must be a ${issue.expected === "int" ? "whole number" : issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "invalid_format":
      return issue.format === "url"
        ? "must be an http:// or https:// URL"
        : "must be letters, digits, - and . only";
    default:
      return issue.message;
  }
}

function boundWords(origin: string, which: string, bound: number): string {
  if (origin === "string") return bound === 1 ? "must not be empty" : "is too long";
  if (origin !== "array") return `must be ${which} ${bound}`;
  return `must have ${which} ${bound} ${bound === 1 ? "entry" : "entries"}`;
}
