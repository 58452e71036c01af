/**
 * What a password may cost in a test that is not about the cost: microseconds.
 * @module
 */
import type { PasswordCost } from "../../server/password.ts";

export const CHEAP_COST: PasswordCost = { logN: 1, r: 1, p: 1 };
