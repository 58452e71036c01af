/**
 * `../random.ts`: xorshift32 as four lanes of a vector and one scalar.
 * @module
 */
import { random } from "./address.ts";

const SCALAR: usize = 16;

export function seedRandom(): void {
  const at = random();
  store<u32>(at, 0x9e3779b9);
  store<u32>(at, 0x243f6a88, 4);
  store<u32>(at, 0xb7e15162, 8);
  store<u32>(at, 0x6c078965, 12);
  store<u32>(at, 12345, SCALAR);
}

/** The next 32 bits of the scalar generator, as a signed number. */
export function nextRandom(): i32 {
  const at = random();
  let word = load<i32>(at, SCALAR);
  word ^= word << 13;
  word ^= word >>> 17;
  word ^= word << 5;
  store<i32>(at, word, SCALAR);
  return word;
}

/** What follows sixteen random bytes; they are kept by who draws them. */
export function nextRandomBytes(bytes: v128): v128 {
  let word = v128.xor(bytes, i32x4.shl(bytes, 13));
  word = v128.xor(word, i32x4.shr_u(word, 17));
  return v128.xor(word, i32x4.shl(word, 5));
}
