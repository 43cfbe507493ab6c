import { parseIp } from './ip-range.ts';

/** What the dialer takes for a host. */
const HOST = /^[\p{L}\p{N}._:-]{1,253}$/u;

/**
 * The one spelling of a host: a name in lower case and ASCII (RFC 3492) without a dot at its end, an address as it is usually written, one of
 * IPv6 in brackets. An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`) is itself.
 * @param text with brackets around an IPv6 address or without; no port
 * @returns undefined when it is no host
 */
export function normalHost(text: string): string | undefined {
  const name = text.replace(/^\[(.*)\]$/, '$1');
  if (!HOST.test(name)) return undefined;
  const ip = parseIp(name);
  if (ip?.length === 4) return ip.join('.');
  if (ip === undefined && name.includes(':')) return undefined;
  // As the URLs of the web are read: `0x7f.1` is an address there, and to the name system.
  const host = URL.parse(ip === undefined ? `http://${name}/` : `http://[${name}]/`)?.hostname.replace(/\.$/, '');
  return host === '' ? undefined : host;
}
