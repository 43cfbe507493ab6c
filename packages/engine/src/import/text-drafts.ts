import { parsePattern } from '../regex/index.ts';
import { findType } from '../types/registry.ts';
import type { ImportedColumn } from './imported-column.ts';
import type { Draft } from './measure-field.ts';

const regex = (pattern: string): Draft => ({ type: 'regex', options: { pattern } });

/** Formats of JSON Schema and OpenAPI, and what other schemas mean by theirs: types of the catalogue, else patterns. */
const FORMATS: Readonly<Record<string, { readonly types: readonly string[]; readonly pattern?: string }>> = {
  email: { types: ['email'], pattern: '[a-z]{3,6}@example\\.com' },
  'idn-email': { types: ['email'] },
  uri: { types: ['url'], pattern: 'https://example\\.com/[a-z]{1,8}' },
  url: { types: ['url'], pattern: 'https://example\\.com/[a-z]{1,8}' },
  iri: { types: ['url'], pattern: 'https://example\\.com/[a-z]{1,8}' },
  'uri-reference': { types: [], pattern: '/[a-z]{3,8}/[a-z]{3,8}' },
  'iri-reference': { types: [], pattern: '/[a-z]{3,8}/[a-z]{3,8}' },
  uuid: { types: ['uuid'] },
  ipv4: { types: ['ipv4'] },
  ipv6: { types: ['ipv6'], pattern: '2001:db8(:[1-9a-f][0-9a-f]{3}){6}' },
  hostname: { types: ['hostname', 'domain'], pattern: '[a-z]{3,10}\\.example\\.com' },
  'idn-hostname': { types: ['hostname', 'domain'], pattern: '[a-z]{3,10}\\.example\\.com' },
  phone: { types: ['phone'], pattern: '555\\d{4}' },
  mac: { types: ['mac_address'], pattern: '02(:[0-9a-f]{2}){5}' },
  cidr: { types: ['cidr'], pattern: '10\\.[1-9]\\d?\\.0\\.0/16' },
  duration: { types: [], pattern: 'P[1-9]DT[1-9]H' },
  interval: { types: [], pattern: '[1-9] days' },
  regex: { types: [], pattern: '\\[a-z\\]\\{[1-9]\\}' },
  'json-pointer': { types: [], pattern: '/[a-z]{3,8}' },
  'relative-json-pointer': { types: [], pattern: '[0-3]/[a-z]{3,8}' },
  byte: { types: [], pattern: '([A-Za-z0-9+/]{4}){4}' },
  password: { types: [], pattern: '[A-Za-z0-9]{12}' },
  cuid: { types: ['cuid'], pattern: 'c[a-z0-9]{24}' },
  ulid: { types: ['ulid'], pattern: '01[0-9A-HJKMNP-TV-Z]{24}' },
  nanoid: { types: ['nanoid'], pattern: '[A-Za-z0-9_-]{21}' },
  objectid: { types: ['mongo_object_id', 'object_id'], pattern: '[0-9a-f]{24}' },
  bits: { types: [], pattern: '[01]{8}' },
  hex: { types: [], pattern: '([0-9a-f]{2}){8}' },
  year: { types: [], pattern: '(19[7-9]|20[0-2])\\d' },
};

/** Whether a format says how texts look. */
export const isKnownFormat = (format: string): boolean => Object.hasOwn(FORMATS, format);

/** What gives texts of a format, the best first; empty when the format is not known. */
export function draftsOfFormat(format: string): Draft[] {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known === undefined) return [];
  const types = known.types.filter((type) => findType(type) !== undefined).map((type) => ({ type, options: {} }));
  return known.pattern === undefined ? types : [...types, regex(known.pattern)];
}

/** A pattern of the source, or in words why it cannot be had. */
export function draftOfPattern(pattern: string, { minLength, maxLength }: ImportedColumn): Draft | string {
  if (pattern === '') return 'an empty pattern says nothing';
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return parsed.diagnostics[0]?.message ?? 'the pattern is not supported';
  if (parsed.value.minLength > (maxLength ?? Number.POSITIVE_INFINITY) || parsed.value.maxLength < (minLength ?? 0))
    return `its texts have ${parsed.value.minLength} to ${parsed.value.maxLength} characters, and the length does not allow that`;
  return regex(pattern);
}

/** Longer texts are not made up: a row stays one that a person can read. */
const LONGEST = 400;

/**
 * Text of which nothing is known but its length, the best first; the last one always fits.
 * Bytes of the longest word of the filler list bound how many words are sure to fit.
 */
export function draftsOfLength({ minLength = 0, maxLength, unique, primaryKey }: ImportedColumn): Draft[] {
  const most = Math.min(maxLength ?? LONGEST, Math.max(minLength, LONGEST));
  if (most === 0) return [{ type: 'constant', options: { value: '' } }];
  if (unique === true || primaryKey === true) {
    const length = Math.max(minLength, Math.min(most, 10));
    const code = regex(most < 4 ? `[A-Z0-9]{${length}}` : `[A-Z]{2}[0-9A-Z]{${length - 2}}`);
    return minLength > 1 || most < 15 ? [code] : [{ type: 'words', options: { count: 3 } }, code];
  }
  const least = Math.max(1, minLength);
  // A length that is given as one number is that of a code.
  if (least > 1 && least === most) return [regex(least < 4 ? `[A-Z]{${least}}` : `[A-Z]{2}\\d{${least - 2}}`)];
  if (least > 1 || most < 15) return [regex(`[a-z]{${least},${Math.max(least, Math.min(most, least + 20))}}`)];
  const words = (min: number, max: number): Draft => ({ type: 'words', options: { count: { min, max } } });
  return [words(1, 3), words(1, 2), words(1, 1), regex(`[a-z]{1,${Math.min(most, 20)}}`)];
}
