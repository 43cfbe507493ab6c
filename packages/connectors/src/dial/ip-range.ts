import { isIP } from 'node:net';

/** A network: all addresses that begin with the same bits. */
export interface IpRange {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

/**
 * An address as its 4 or 16 bytes; an IPv4 address that is written as an IPv6 one (`::ffff:10.0.0.1`) as its 4.
 * @returns undefined when it is none, or names a zone (`fe80::1%eth0`)
 */
export function parseIp(text: string): Uint8Array | undefined {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 4) return Uint8Array.from(text.split('.'), Number);
  if (version !== 6) return undefined;
  const bytes = bytesOfIpv6(text);
  return isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** A range such as `10.0.0.0/8` or `fd00::/8`, or a single address. @returns undefined when it is none */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const bytes = parseIp(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  const most = bytes.length * 8;
  if (prefix === undefined) return { bytes, bits: most };
  // A mapped address with a prefix could mean either family.
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > most || (bytes.length === 4 && address.includes(':'))) {
    return undefined;
  }
  return { bytes, bits: Number(prefix) };
}

export function isInRange(ip: Uint8Array, { bytes, bits }: IpRange): boolean {
  if (ip.length !== bytes.length) return false;
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (ip[i] !== bytes[i]) return false;
  const left = bits & 7;
  return left === 0 || ((ip[whole] ?? 0) ^ (bytes[whole] ?? 0)) >> (8 - left) === 0;
}

/** `::ffff:0:0/96`, RFC 4291, section 2.5.5.2. */
const isMapped = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;

function bytesOfIpv6(text: string): Uint8Array {
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const [, before = '', ...dotted] = tail ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = dotted.map(Number);
  const plain = tail === null ? text : `${before}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const [head = '', rest] = plain.split('::');
  const groupsOf = (part: string | undefined): number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groupsOf(head), groupsOf(rest)];
  const groups = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}
