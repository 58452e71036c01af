/**
 * A time of day, which tells its date and UTC where one points.
 * @module
 */
import { timeOfDay, utcText } from "./times.ts";

export function Moment({ utcMs }: { readonly utcMs: number }) {
  return <time title={utcText(utcMs)}>{timeOfDay(utcMs)}</time>;
}
