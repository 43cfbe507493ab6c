import { type AddressForm, bytesOf } from '../../computed/crypto-address.ts';
import type { Program } from '../../plan/program.ts';
import type { Form } from './value-form.ts';
import { statesOf } from './walk-shares.ts';

/** Base58 without 0, O, I and l (Bitcoin's alphabet; the XRP Ledger orders the same characters in another way). */
const BASE58 = '[1-9A-HJ-NP-Za-km-z]';
/** BIP 173. */
const BECH32 = '[qpzry9x8gf2tvdw0s3jn54khce6mua7l]';
/** Three parts in base64url (RFC 7519). */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What a function of ../../computed makes; what it does to a text is not undone, its checksums are not looked at. */
export function computedForm(program: Extract<Program, { kind: 'computed' }>): Form | undefined {
  const { maker, options } = program;
  switch (maker) {
    case 'walk': {
      const states = statesOf(options);
      const allowed = (from: unknown, to: unknown): boolean => states.next(String(from)).has(String(to));
      if (options['output'] !== 'history') return (value) => typeof value === 'string' && states.all.has(value);
      return (value) =>
        Array.isArray(value) &&
        value[0] === states.start &&
        value.every((state, i) => i === 0 || allowed(value[i - 1], state));
    }
    case 'crypto address': {
      const pattern = new RegExp(`^(?:${(options['forms'] as readonly AddressForm[]).map(patternOf).join('|')})$`);
      return (value) => typeof value === 'string' && pattern.test(value);
    }
    case 'jwt':
      return (value) => typeof value === 'string' && JWT.test(value);
    default:
      return undefined;
  }
}

/** Characters of an address: those that its bytes, and four of a checksum, need. */
function patternOf(address: AddressForm): string {
  switch (address.form) {
    case 'base58check':
    case 'xrp':
      return `${BASE58}{25,36}`;
    case 'solana':
      return `${BASE58}{32,44}`;
    case 'ethereum':
      return '0x[0-9a-fA-F]{40}';
    default:
      // A character holds five bits; version and checksum are seven more.
      return `${address.prefix}1${BECH32}{${Math.ceil((bytesOf(address) * 8) / 5) + 7}}`;
  }
}
