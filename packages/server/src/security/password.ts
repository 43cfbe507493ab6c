// Not by name: Node before 24.7 has no `argon2`, and would not load this file.
import crypto from 'node:crypto';
import { ApiError } from '../errors.ts';

/**
 * Argon2id (RFC 9106) with the first of the OWASP Password Storage Cheat Sheet's settings for 19 MiB: two passes, one lane.
 */
const CURRENT = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;
const SALT_BYTES = 16;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** NIST SP 800-63B: length is what counts; no rules on which signs. */
export const MIN_PASSWORD = 12;
/** More would only cost time to hash. */
export const MAX_PASSWORD = 256;

/** What is kept of a password, as a PHC string: how it was made, salt and tag. @throws ApiError unavailable on a Node without Argon2 */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, CURRENT);
  const { memory, passes, parallelism } = CURRENT;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Whether a password is the one that was kept. Takes as long when nothing was kept (nobody there, or nobody with a
 * password), so that the time tells no stranger who has an account.
 * @throws ApiError unavailable on a Node without Argon2
 */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  const parsed = kept === null || kept === undefined ? undefined : parse(kept);
  const { salt, tag, cost } = parsed ?? { salt: NOBODY, tag: NOBODY, cost: CURRENT };
  const given = await derive(password, salt, cost);
  return parsed !== undefined && given.length === tag.length && crypto.timingSafeEqual(given, tag);
}

const NOBODY = Buffer.alloc(TAG_BYTES);
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

function parse(kept: string): { salt: Buffer; tag: Buffer; cost: Cost } | undefined {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(kept) ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  return {
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  };
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** One spelling for what looks the same: keyboards differ in how they compose letters (RFC 8265). */
const derive = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    if (typeof crypto.argon2 !== 'function') {
      throw new ApiError('unavailable', 'passwords need Node 24.7 or newer; keys work with this one as well');
    }
    const message = Buffer.from(password.normalize('NFC'));
    crypto.argon2('argon2id', { message, nonce, tagLength: TAG_BYTES, ...cost }, (error, tag) =>
      error === null ? resolve(tag) : reject(error),
    );
  });
