import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

type Prefix =
  | 'ws'
  | 'proj'
  | 'usr'
  | 'key'
  | 'tmpl'
  | 'dgk'
  | 'aud'
  | 'rsv'
  | 'inv'
  | 'ses'
  | 'set'
  | 'file'
  | 'blob'
  | 'sec'
  | 'dek'
  | 'exp'
  | 'run'
  | 'conn'
  | 'scn'
  | 'sch'
  | 'wrk'
  | 'chat'
  | 'turn'
  | 'call'
  | 'apr';

/**
 * A new id: a prefix that tells what it names, and 130 random bits in Crockford's base 32. Whoever has one has no right by it, and
 * nobody guesses one. Those that older versions made have 20 signs.
 */
export const newId = (prefix: Prefix): string =>
  `${prefix}_${[...randomBytes(26)].map((byte) => ALPHABET[byte & 31]).join('')}`;
