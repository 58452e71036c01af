/**
 * The version of the program; a house test holds it equal to package.json's.
 * @module
 */
export const VERSION = "0.1.0";

/**
 * The day of `VERSION`, ms since 1970 UTC, set with it. It is never earlier than this,
 * whatever a box says whose clock begins in 1970 at each start until a network sets it.
 */
export const RELEASED_UTC_MS = Date.UTC(2026, 10, 22);
