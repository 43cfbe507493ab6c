import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id: a prefix that tells what it names, and 100 random bits in Crockford's base 32. */
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

export const newId = (prefix: Prefix): string =>
  `${prefix}_${[...randomBytes(20)].map((byte) => ALPHABET[byte & 31]).join('')}`;
