/**
 * Asserts what only a bug could break. Never for input: that is a `Fault`.
 * @module
 */
export function assert(truth: boolean, claim: string): asserts truth {
  if (!truth) throw new Error(`Bug: expected that ${claim}`);
}
