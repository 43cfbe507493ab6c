import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const FORM = /^DATAGEN-(FREE|PRO|ENTERPRISE)-([0-9a-f]{32})([0-9a-f]{8})$/;
const SHOWN = 16;

const checksum = (body: string): string => crc32(body).toString(16).padStart(8, '0');

/** A new key of the DataGen door: `DATAGEN-<TIER>-`, 128 random bits in hex, and a checksum against slips. */
export function newDatagenKey(tier: string): string {
  const body = `DATAGEN-${tier.toUpperCase()}-${randomBytes(16).toString('hex')}`;
  return body + checksum(body);
}

/** Whether a text has the form of such a key, and its checksum. */
export function isDatagenKey(text: string): boolean {
  const [, , , check] = FORM.exec(text) ?? [];
  return check !== undefined && checksum(text.slice(0, -check.length)) === check;
}

/** What may be shown of a key: its first 16 characters. */
export const displayOfDatagenKey = (key: string): string => `${key.slice(0, SHOWN)}...`;

/** A network address as it is noted while its mints are counted: nobody can read it back without the server's secret. */
export const hashAddress = (address: string, pepper: string): Buffer =>
  createHmac('sha256', pepper)
    .update(`datagen-mint\0${networkOf(address)}`)
    .digest();

/** Of an IPv6 address the network of a household (RFC 6177): the rest is its holder's to choose. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
