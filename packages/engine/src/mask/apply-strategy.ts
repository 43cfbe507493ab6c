import { type MaskKey, toHex } from './mask-key.ts';
import type { MaskRule } from './policy.ts';
import { isPlainNumber, preserveFormat } from './preserve-format.ts';
import { shiftDate } from './shift-date.ts';

/** A value that is neither null nor made of others. */
export type Single = string | number | bigint | boolean;

/** What became of a value, or why the strategy cannot be used on it, in words that tell nothing of it. */
export type Applied =
  | { readonly ok: true; readonly value: unknown; readonly token?: string }
  | { readonly ok: false; readonly why: string; readonly hint: string };

const done = (value: unknown): Applied => ({ ok: true, value });

/** Applies a strategy that a key decides. @param entity what `per` leads to, else the value itself */
export function applyKeyed(rule: MaskRule, value: Single, key: MaskKey, entity: string): Applied {
  switch (rule.strategy) {
    case 'hash':
      return done(toHex(key.macOf('hash', textOf(value))).slice(0, rule.length));
    case 'tokenize': {
      const token = rule.prefix + toBase32(key.macOf('token', textOf(value))).slice(0, rule.length);
      return { ok: true, value: token, token };
    }
    case 'shift':
      return shift(rule, value, key, entity);
    default:
      return formatPreserved(value, key);
  }
}

/** 5 and "5" are the same to a join between a JSON file and a CSV file. */
const textOf = (value: Single): string => String(value).normalize('NFC');

function shift({ days, format }: MaskRule, value: Single, key: MaskKey, entity: string): Applied {
  const shifted = typeof value === 'string' ? shiftDate(key, value, entity, { reach: days, format }) : undefined;
  if (shifted !== undefined) return done(shifted);
  const wanted = format === undefined ? 'no ISO date or moment' : `no date written ${format}`;
  return { ok: false, why: `is ${wanted}`, hint: 'say how it is written with `format`, or choose another strategy' };
}

function formatPreserved(value: Single, key: MaskKey): Applied {
  if (typeof value === 'boolean') return { ok: false, why: 'is true or false', hint: 'use replace or redact' };
  const text = String(value);
  // The digits of 1e+21 or 0.1234567890123456 exchanged make no number that is written alike.
  if (typeof value === 'number' && !isPlainNumber(text))
    return { ok: false, why: 'is a number of more than 15 digits', hint: 'use replace or redact' };
  const image = preserveFormat(key, text);
  if (image === undefined) return { ok: false, why: 'is a date', hint: 'use shift, which gives a date again' };
  return done(typeof value === 'number' ? Number(image) : typeof value === 'bigint' ? BigInt(image) : image);
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Lower-case base 32 (RFC 4648, 6) without padding. */
function toBase32(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31];
  }
  return text;
}
