import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isDatagenKey } from './datagen-key.ts';
import { isNearKey } from './near-key.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'dmk_';
const RANDOM_LENGTH = 43;
const CHECK_LENGTH = 6;
const OUR_FORM = new RegExp(`^${PREFIX}[a-z]+_[0-9A-Za-z]{${RANDOM_LENGTH + CHECK_LENGTH}}$`);
/** The shortest key that may be brought along in DATAMAKER_API_KEY. */
export const MIN_KEY_LENGTH = 24;
const MAX_KEY_LENGTH = 512;

/** A number in base 62, padded. */
function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? '') + text;
  return text;
}

const checksum = (body: string): string => base62(BigInt(crc32(body)), CHECK_LENGTH);

/**
 * A new key: `dmk_<role>_`, 256 random bits, and a checksum of all that, by which scanners tell a key from a look-alike and
 * the server refuses typing errors without asking the database.
 */
export function newApiKey(role: string): string {
  const random = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_LENGTH);
  const body = `${PREFIX}${role}_${random}`;
  return body + checksum(body);
}

/**
 * Whether a text can be a key: ours have a right checksum, others (brought along) merely a length. The database is asked of no other,
 * neither of ours with a slip in them.
 */
export function mayBeApiKey(text: string): boolean {
  if (text.length < MIN_KEY_LENGTH || text.length > MAX_KEY_LENGTH) return false;
  if (!OUR_FORM.test(text)) return isDatagenKey(text) || !isNearKey(text);
  return checksum(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH);
}

/** Why a key that is brought along would never be accepted; undefined when it will do. */
export function problemOfKey(key: string): string | undefined {
  if (key.length < MIN_KEY_LENGTH) return `has ${key.length} characters: use at least ${MIN_KEY_LENGTH}`;
  if (key.length > MAX_KEY_LENGTH) return `has ${key.length} characters: use at most ${MAX_KEY_LENGTH}`;
  if (!/^[\x20-\x7e]+$/.test(key))
    return 'has characters that HTTP headers cannot carry: use letters, digits and signs of ASCII';
  if (key.trim() !== key) return 'begins or ends with a space, which HTTP headers lose: leave it out';
  return mayBeApiKey(key) ? undefined : 'looks like a key of DataMaker, but its checksum is wrong: copy it again';
}

/** What is stored of a key. */
export const hashApiKey = (key: string, pepper: string): Buffer =>
  createHmac('sha256', pepper).update(`api-key\0${key}`).digest();

/** The part of a key that may be shown. */
export const displayOfKey = (key: string): string => `${key.slice(0, Math.min(12, Math.floor(key.length / 3)))}…`;
