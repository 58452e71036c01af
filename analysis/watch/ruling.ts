/**
 * What one frame is good for, as the judges of the whole picture leave it, and the two
 * ways of giving it up. Decides nothing: that is `whole_picture.ts`.
 * @module
 */
import type { Cause } from "../dsl/observation.ts";
import type { Seen } from "./states.ts";

/** What a frame is good for. */
export interface Ruling {
  readonly learn: boolean;
  readonly keep: boolean;
  readonly bear: boolean;
  readonly follow: boolean;
  readonly restart: boolean;
  /** … of another view: who was known is not there. */
  readonly elsewhere: boolean;
  readonly shift: { readonly dx: number; readonly dy: number } | undefined;
  /** Pixels, row by row, whose frame the model is to take as it is: dirt, not a thing. */
  readonly take: Uint8Array | undefined;
  /** Told in this frame. */
  readonly told: readonly Told[];
  /** The state, if it is not the usual one. */
  readonly seen: Seen | undefined;
  /** What looks like light has another cause, or may have. */
  readonly vetoesLight: boolean;
  readonly doubtsLight: boolean;
  /** The remembered scene is there, whatever covers the most of it. */
  readonly known: boolean;
  /** It is no true picture: blocks of it are torn, or the decoder doubts it. */
  readonly damaged: boolean;
}

export interface Told {
  readonly cause: Cause;
  readonly score: number;
}

/** A ruling while it is made. */
export type Mutable = { -readonly [K in keyof Ruling]: Ruling[K] };

/** Everything is allowed; to be narrowed. */
export function freely(told: readonly Told[]): Mutable {
  return {
    learn: true,
    keep: false,
    bear: true,
    follow: true,
    restart: false,
    elsewhere: false,
    shift: undefined,
    take: undefined,
    told,
    seen: undefined,
    vetoesLight: false,
    doubtsLight: false,
    known: false,
    damaged: false,
  };
}

/** Nothing is to be made of this frame: who is known waits. */
export function wait(ruling: Mutable): void {
  ruling.learn = false;
  ruling.keep = true;
  ruling.bear = false;
  ruling.follow = false;
  ruling.vetoesLight = true;
}

/** … and the model is of another scene. */
export function renew(ruling: Mutable): void {
  wait(ruling);
  ruling.restart = true;
}
