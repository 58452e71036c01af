/**
 * Parameters of effects: each is drawn evenly from a stated range, by the seed and its
 * place in the table alone. What they do to a picture is each effect's.
 * @module
 */
import { RandomStream } from "./random.ts";

/** The least and the most of each parameter, by its name; the name holds the unit. */
export type Ranges = Readonly<Record<string, readonly [least: number, most: number]>>;

/** One value per range. */
export type Drawn<R extends Ranges> = { readonly [name in keyof R]: number };

/** The same seed and effect give the same values. */
export function drawParameters<R extends Ranges>(
  ranges: R,
  { seed, effect }: { readonly seed: number; readonly effect: string },
): Drawn<R> {
  const random = new RandomStream(seed, ...placeOf(effect));
  const values = Object.entries(ranges).map(([name, [least, most]]) =>
    [name, random.between(least, most)] as const
  );
  return Object.fromEntries(values) as Drawn<R>;
}

/** A name as the whole numbers that chance is taken from. */
export function placeOf(name: string): number[] {
  return [...name].map((letter) => letter.codePointAt(0)!);
}
