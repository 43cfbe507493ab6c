import type { Reading } from '../parse-name/reading.ts';
import { type Guess, kind } from './guess.ts';

/** Ends of names of digests: hash keys and hash differences of data vaults among them. */
const DIGESTS = new Set(
  'hk hkey hashkey hashdiff hdiff hd hash hashes hashed digest checksum md5 sha sha1 sha256 sha512 crc crc32 etag fingerprint thumbprint hmac'.split(
    ' ',
  ),
);
const SECRETS = new Set(
  'token tokens jwt secret nonce apikey accesskey secretkey appkey authkey authtoken csrf challenge sharedsecret passkey salt otp seed keyhash nwkskey appskey nwkkey'.split(
    ' ',
  ),
);
/** IEEE EUI-64 and numbers of SIM cards and devices, in hexadecimal digits. */
const HEXADECIMAL = new Set(['eui', 'eui64', 'deveui', 'joineui', 'appeui', 'devaddr', 'gpgid', 'uuid64']);
const OF_KEYS = new Set(
  'api access secret private public encryption session app nwk network auth license signing activation ssh gpg pgp host'.split(
    ' ',
  ),
);

/** Digests, tokens and hexadecimal addresses by how their names end. */
export function digestGuesses({ spoken, raw }: Reading): Guess[] {
  const last = raw.at(-1) ?? '';
  const make = (
    type: string,
    options: Readonly<Record<string, unknown>>,
    confidence: number,
    description: string,
  ): Guess => ({
    ...kind('code'),
    type,
    options,
    confidence,
    description,
    reason: `"${last.slice(0, 40)}" is a ${description}`,
    source: 'rule',
  });
  if (HEXADECIMAL.has(last)) return [make('regex', { pattern: '[0-9A-F]{16}' }, 0.93, 'hexadecimal address')];
  if (last === 'hex' && raw.length > 1)
    return [make('regex', { pattern: '[0-9a-f]{24}' }, 0.9, 'text of hexadecimal digits')];
  if (DIGESTS.has(last) && (raw.length > 1 || last.length > 2)) return [make('hash', {}, 0.93, 'digest')];
  if (SECRETS.has(last)) return [make('token', {}, 0.91, 'secret')];
  if (spoken.length > 1 && spoken.at(-1) === 'key' && OF_KEYS.has(spoken.at(-2) as string))
    return [make('token', {}, 0.92, 'secret')];
  return [];
}
