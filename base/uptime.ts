/**
 * How long the box has been up: a clock that neither stands still while a program is
 * started again nor jumps when somebody sets the time. For ages across a restart only;
 * everything else takes a `Clock`.
 * @module
 */

/** ms since the box was started, in whole seconds. */
export function uptimeMs(): number {
  return Deno.osUptime() * 1_000;
}
