/**
 * The random source. A word is the splitmix64 finaliser over a Weyl sequence:
 *
 *     word(key, row, draw) = mix64(key + row * GOLDEN + draw * DRAW_STEP)   (all modulo 2^64)
 *
 * so that any value of any row can be had alone. `mix64` and its constants: G. Steele, D. Lea, C. Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014 (variant 13 of D. Stafford). docs/reference/random-source.md holds the
 * statistical tests. The kernel computes the same in WebAssembly; this is the reference.
 */
const MASK = (1n << 64n) - 1n;

/** Row step: 2^64 / golden ratio, odd. */
export const GOLDEN = 0x9e3779b97f4a7c15n;
/** Draw step within a field. */
export const DRAW_STEP = 0xd1342543de82ef95n;

/** A bijection of 64-bit words with full avalanche. */
export function mix64(value: bigint): bigint {
  let z = value & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/** The 64-bit word of one draw of one field in one row. */
export function word(key: bigint, row: bigint, draw: number): bigint {
  return mix64(key + row * GOLDEN + BigInt(draw) * DRAW_STEP);
}
