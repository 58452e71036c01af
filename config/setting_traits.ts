/**
 * What a setting says of itself beside its type, and how a declaration says it.
 * Declares no setting: that is `schema.ts`.
 * @module
 */
import { z } from "zod";
import { Secret } from "../base/secret.ts";

/** How a setting behaves, beside its type. */
export interface SettingTraits {
  /** For the help text and the reference; one sentence. */
  readonly doc: string;
  /** `live`: a change takes effect at once; `restart`: at the next start. */
  readonly applies: "live" | "restart";
  /** `file`: cannot be changed from the network, as it names commands or paths. */
  readonly door: "anywhere" | "file";
  /** The flag of `streamware run` that sets it, if any: `--fps`. */
  readonly flag?: string;
  /**
   * Of what changes which motion is found or reported. True: a change can be tried on
   * what is remembered; false: it holds for new pictures only.
   */
  readonly replays?: boolean;
  /** What a number counts: seconds. Others have their unit in their name, or none. */
  readonly unit?: "s";
}

/** The traits of every setting. */
export const settingTraits = z.registry<SettingTraits>();

/** Gives a type its traits. One instance of a type is one setting. */
export function setting<T extends z.ZodType>(type: T, traits: SettingTraits): T {
  settingTraits.add(type, traits);
  return type;
}

/** Text that must not be shown. In the file best given as `${file:PATH}`. */
export const secret = z.string().min(1).transform((value) => new Secret(value));
