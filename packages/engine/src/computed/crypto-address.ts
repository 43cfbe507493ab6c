import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58, base58check, base58xrp, bech32, bech32m, hex } from '@scure/base';
import type { Maker } from './makers.ts';

/** How an address is written: what bytes the chain puts in front, and what its addresses begin with. */
export type AddressForm =
  /** Base58 of version, 20 bytes and a checksum of four bytes (twice SHA-256). */
  | { readonly form: 'base58check'; readonly version: number }
  /** The same with the alphabet of the XRP Ledger. */
  | { readonly form: 'xrp' }
  /** Segregated witness: version 0 in bech32 (BIP 173), 20 bytes. */
  | { readonly form: 'bech32'; readonly prefix: string }
  /** Version 1 in bech32m (BIP 350), 32 bytes. */
  | { readonly form: 'bech32m'; readonly prefix: string }
  /** 20 bytes in hexadecimal digits, whose case is the checksum (ERC-55). */
  | { readonly form: 'ethereum' }
  /** Base58 of 32 bytes, without a checksum. */
  | { readonly form: 'solana' };

const withChecksum = base58check(sha256);

/** Bytes that the address of a form holds. */
export const bytesOf = ({ form }: AddressForm): 20 | 32 => (form === 'bech32m' || form === 'solana' ? 32 : 20);

const encoder = new TextEncoder();
const A = 'a'.charCodeAt(0);
const TO_CAPITAL = 'A'.charCodeAt(0) - A;

function ethereum(digits: string): string {
  const codes = encoder.encode(digits);
  const hash = keccak_256(codes);
  // A letter is a capital where the half byte of the hash at its place is 8 or more.
  for (let i = 0; i < codes.length; i++) {
    const half = (hash[i >> 1] ?? 0) >> (i % 2 === 0 ? 4 : 0);
    const code = codes[i] ?? 0;
    if (code >= A && (half & 8) !== 0) codes[i] = code + TO_CAPITAL;
  }
  return `0x${String.fromCharCode(...codes)}`;
}

function write(address: AddressForm, digits: string): string {
  if (address.form === 'ethereum') return ethereum(digits);
  const payload = hex.decode(digits);
  switch (address.form) {
    case 'base58check':
      return withChecksum.encode(Uint8Array.of(address.version, ...payload));
    case 'xrp': {
      const body = Uint8Array.of(0, ...payload);
      return base58xrp.encode(Uint8Array.of(...body, ...sha256(sha256(body)).subarray(0, 4)));
    }
    case 'bech32':
      return bech32.encode(address.prefix, [0, ...bech32.toWords(payload)]);
    case 'bech32m':
      return bech32m.encode(address.prefix, [1, ...bech32m.toWords(payload)]);
    case 'solana':
      return base58.encode(payload);
  }
}

/**
 * An address of drawn bytes: a digit says which of the forms, and 64 lower-case hexadecimal digits follow, of which shorter
 * forms take the first.
 */
export function cryptoAddress(options: Readonly<Record<string, unknown>>): Maker {
  const forms = options['forms'] as readonly AddressForm[];
  return (input) => {
    const form = forms[Number(input[0])];
    if (form === undefined) throw new Error('an address has one of the forms');
    return write(form, input.slice(1, 1 + 2 * bytesOf(form)));
  };
}
