/**
 * One narration as the JSON that a webhook receiver gets. Every field stands in
 * docs/ref/webhook.md; a test compares. Pure; sends nothing.
 * @module
 */
import type { ClassState, ObjectClass } from "../analysis/dsl/class_line.ts";
import { classFieldsOf } from "../analysis/dsl/episode.ts";
import { encodeBase64 } from "../base/base64.ts";
import type { Author, Moment, Narration, Told } from "../llm/narration.ts";

/** Grows when a field changes its meaning or goes; a new field alone changes nothing. */
const DELIVERY_VERSION = 1;

/**
 * A larger picture is left out: a hundred of these may wait, and many receivers take one
 * megabyte of body.
 */
const PICTURE_BYTES_MAX = 256_000;

/** The body of one POST. */
export interface Delivery {
  readonly version: typeof DELIVERY_VERSION;
  /** The same at every try, unlike any other: as `Idempotency-Key`. */
  readonly delivery: string;
  readonly narration: number;
  readonly camera: string;
  readonly episode: number;
  readonly track: number;
  readonly zone: string | null;
  readonly class: ObjectClass | null;
  readonly classScore: number | null;
  readonly classState: ClassState;
  readonly classDetail: string | null;
  readonly moment: Moment;
  readonly author: Author["kind"];
  readonly model: string | null;
  readonly modelMs: number | null;
  readonly text: string;
  readonly madeMs: number;
  readonly madeIso: string;
  readonly startMs: number;
  readonly startIso: string;
  readonly endMs: number;
  readonly endIso: string;
  readonly dsl: readonly string[];
  /** JPEG as base64. */
  readonly picture: string | null;
}

/** @param id of this delivery */
export function deliveryOf({ narration, picture }: Told, id: string): Delivery {
  const { author, utcMs, startMs, endMs } = narration;
  const isModels = author.kind === "model";
  return {
    version: DELIVERY_VERSION,
    delivery: id,
    narration: narration.id,
    ...subjectOf(narration),
    ...classFieldsOf(narration),
    moment: narration.moment,
    author: author.kind,
    model: isModels ? author.model : null,
    modelMs: isModels ? author.tookMs : null,
    text: narration.text,
    madeMs: utcMs,
    madeIso: isoOf(utcMs),
    startMs,
    startIso: isoOf(startMs),
    endMs,
    endIso: isoOf(endMs),
    dsl: narration.dsl,
    picture: picture ? encodeBase64(picture) : null,
  };
}

/** Without its picture when that is too large, so that a bounded number is bounded memory. */
export function withinBounds(told: Told): Told {
  const isTooLarge = (told.picture?.length ?? 0) > PICTURE_BYTES_MAX;
  return isTooLarge ? { narration: told.narration } : told;
}

function subjectOf({ camera, episode, track, zone }: Narration) {
  return { camera, episode, track, zone };
}

function isoOf(utcMs: number): string {
  return new Date(utcMs).toISOString();
}
