/**
 * The version of the program; a house test holds it equal to package.json's.
 * @module
 */
export const VERSION = "0.1.0";
