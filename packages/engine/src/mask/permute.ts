import { type MaskKey, toBigInt } from './mask-key.ts';

/** As in FF1 (NIST SP 800-38G, 5.1): the construction below is its Feistel network, with HMAC-SHA-256 for AES-CBC-MAC. */
const ROUNDS = 10;

/** A character that changes: its place in its alphabet, and how large that is. */
export interface Symbol {
  readonly value: number;
  readonly size: number;
}

/** Larger sets of texts are not permuted but hashed: two texts of theirs meet with a chance of 2^-64 among 2^32. */
const LARGEST = 2n ** 128n;

const encoder = new TextEncoder();

/**
 * The symbols in the place of others, settled by the key. Of texts with the same alphabets no two become the same: where
 * there are fewer than 2^128 of them, by a keyed permutation; otherwise by a hash.
 * @param tweak what else decides: texts with another tweak are permuted otherwise
 * @returns the new value of each symbol, below its size
 */
export function permute(key: MaskKey, symbols: readonly Symbol[], tweak: string): number[] {
  const sizes = symbols.map(({ size }) => size);
  const shape = key.macOf('shape', `${tweak}\0${sizes.join(',')}`).subarray(0, 16);
  const middle = Math.ceil(symbols.length / 2);
  const [left, right] = [sizes.slice(0, middle), sizes.slice(middle)];
  const [a, b] = [product(left), product(right)];
  if (a * b > LARGEST) return hashed(key, symbols, shape);
  const values = symbols.map(({ value }) => value);
  let x = toNumber(values.slice(0, middle), left);
  let y = toNumber(values.slice(middle), right);
  for (let round = 0; round < ROUNDS; round += 2) {
    x = (x + roundOf(key, shape, round, y)) % a;
    y = (y + roundOf(key, shape, round + 1, x)) % b;
  }
  return [...toDigits(x, left), ...toDigits(y, right)];
}

/** 192 bits, so that the remainder by a half of at most 2^128 is even to 2^-64. */
function roundOf(key: MaskKey, shape: Uint8Array, round: number, half: bigint): bigint {
  // 33 bytes: one block of SHA-256.
  const message = new Uint8Array(33);
  message.set(shape);
  const view = new DataView(message.buffer);
  view.setUint8(16, round);
  view.setBigUint64(17, half >> 64n);
  view.setBigUint64(25, half & 0xffff_ffff_ffff_ffffn);
  return toBigInt(key.mac('round', message), 24);
}

function hashed(key: MaskKey, symbols: readonly Symbol[], shape: Uint8Array): number[] {
  const values = encoder.encode(symbols.map(({ value }) => value).join(','));
  const digest = key.mac('long', new Uint8Array([...shape, ...values]));
  let block = new Uint8Array(0);
  let used = 0;
  let count = 0;
  return symbols.map(({ size }) => {
    if (used + 4 > block.length) {
      block = new Uint8Array(key.mac('stream', new Uint8Array([...digest, ...encoder.encode(String(count++))])));
      used = 0;
    }
    const word = new DataView(block.buffer).getUint32(used);
    used += 4;
    return word % size;
  });
}

const product = (sizes: readonly number[]): bigint => {
  let all = 1n;
  for (const size of sizes) {
    all *= BigInt(size);
    if (all > LARGEST) return all;
  }
  return all;
};

const toNumber = (digits: readonly number[], sizes: readonly number[]): bigint =>
  digits.reduce((number, digit, i) => number * BigInt(sizes[i] ?? 1) + BigInt(digit), 0n);

function toDigits(number: bigint, sizes: readonly number[]): number[] {
  let rest = number;
  return sizes
    .toReversed()
    .map((size) => {
      const digit = Number(rest % BigInt(size));
      rest /= BigInt(size);
      return digit;
    })
    .toReversed();
}
