import { isInRange, parseRange } from './ip-range.ts';

const rangeOf = (text: string) => parseRange(text) as NonNullable<ReturnType<typeof parseRange>>;

/** Prefixes behind which 4 bytes are an IPv4 address, and where they begin. */
const PREFIXES = [
  // IPv4-compatible, RFC 4291, section 2.5.5.1.
  { range: rangeOf('::/96'), at: 12 },
  // NAT64, RFC 6052.
  { range: rangeOf('64:ff9b::/96'), at: 12 },
  // IPv4-translated, RFC 2765.
  { range: rangeOf('::ffff:0:0:0/96'), at: 12 },
  // 6to4, RFC 3056.
  { range: rangeOf('2002::/16'), at: 2 },
];

/**
 * The IPv4 address that packets to an IPv6 address come to, where a translator or tunnel takes it out of it: NAT64, 6to4,
 * ISATAP (RFC 5214), Teredo (RFC 4380, whose client address is inverted).
 */
export function embeddedIpv4(ip: Uint8Array): Uint8Array | undefined {
  if (ip.length !== 16) return undefined;
  // `::` and `::1` carry none.
  if (ip.subarray(0, 15).every((byte) => byte === 0)) return undefined;
  for (const { range, at } of PREFIXES) if (isInRange(ip, range)) return ip.slice(at, at + 4);
  if (isInRange(ip, TEREDO)) return ip.slice(12).map((byte) => byte ^ 0xff);
  const isIsatap = (ip[8] === 0 || ip[8] === 2) && ip[9] === 0 && ip[10] === 0x5e && ip[11] === 0xfe;
  return isIsatap ? ip.slice(12) : undefined;
}

const TEREDO = rangeOf('2001::/32');
