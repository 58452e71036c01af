/**
 * What these sources use of AssemblyScript, for editors and the type checker. The
 * compiler knows its own; see its manual, "Globals" and "SIMD".
 * @module
 */

declare type i8 = number;
declare type i16 = number;
declare type i32 = number;
declare type u32 = number;
declare type u64 = number;
declare type f64 = number;
declare type u8 = number;
declare type u16 = number;
/** An address in the memory of the instance. */
declare type usize = number;
declare type bool = boolean;

/** Reads a number at an address. */
declare function load<T>(address: usize, offset?: usize): number;
declare function store<T>(address: usize, value: number | boolean, offset?: usize): void;
/** Bits that are set. */
declare function popcnt<T>(value: number): number;
/** Zero bits below the lowest that is set. */
declare function ctz<T>(value: number): number;

declare const memory: {
  copy(to: usize, from: usize, bytes: usize): void;
  fill(at: usize, byte: number, bytes: usize): void;
};

/** Sixteen bytes. */
declare interface v128 {
  readonly v128: unique symbol;
}
declare const v128: {
  load(address: usize, offset?: usize): v128;
  store(address: usize, value: v128, offset?: usize): void;
  load64_zero(address: usize, offset?: usize): v128;
  store64_lane(address: usize, value: v128, lane: number): void;
  store32_lane(address: usize, value: v128, lane: number): void;
  and(a: v128, b: v128): v128;
  /** a and not b. */
  andnot(a: v128, b: v128): v128;
  or(a: v128, b: v128): v128;
  xor(a: v128, b: v128): v128;
  /** Bits of a where the mask is set, of b elsewhere. */
  bitselect(a: v128, b: v128, mask: v128): v128;
  any_true(a: v128): bool;
};

type Two = (a: v128, b: v128) => v128;
type Shift = (a: v128, by: i32) => v128;

declare const i8x16: {
  (...lanes: number[]): v128;
  splat(value: number): v128;
  readonly add: Two;
  readonly add_sat_u: Two;
  readonly sub: Two;
  readonly sub_sat_u: Two;
  readonly min_u: Two;
  readonly max_u: Two;
  readonly eq: Two;
  readonly ne: Two;
  readonly lt_u: Two;
  readonly gt_u: Two;
  readonly ge_u: Two;
  readonly shl: Shift;
  readonly shr_u: Shift;
  readonly swizzle: Two;
  readonly narrow_i16x8_u: Two;
  shuffle(a: v128, b: v128, ...lanes: number[]): v128;
  /** The highest bit of every lane. */
  bitmask(a: v128): i32;
};

declare const i16x8: {
  splat(value: number): v128;
  readonly add: Two;
  readonly sub: Two;
  readonly mul: Two;
  readonly min_u: Two;
  readonly max_u: Two;
  readonly lt_u: Two;
  readonly gt_u: Two;
  readonly shl: Shift;
  readonly shr_u: Shift;
  readonly shr_s: Shift;
  readonly narrow_i32x4_u: Two;
  extend_low_i8x16_u(a: v128): v128;
  extend_high_i8x16_u(a: v128): v128;
  extend_low_i8x16_s(a: v128): v128;
  extend_high_i8x16_s(a: v128): v128;
  /** Sums of two neighbouring bytes. */
  extadd_pairwise_i8x16_u(a: v128): v128;
  readonly extmul_low_i8x16_u: Two;
  readonly extmul_high_i8x16_u: Two;
};

declare const i32x4: {
  splat(value: number): v128;
  readonly add: Two;
  readonly shl: Shift;
  readonly shr_u: Shift;
  readonly ne: Two;
  /** Sums of the products of two neighbouring words, with their signs. */
  readonly dot_i16x8_s: Two;
  extadd_pairwise_i16x8_u(a: v128): v128;
  extract_lane(a: v128, lane: number): i32;
};
