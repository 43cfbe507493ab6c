import { isIP } from 'node:net';

/** Names of this machine for itself. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * Whether a request may name that host. A page of another site that has its name lead here (DNS rebinding) is of the same origin as its
 * requests are, and cannot but name its own host: names that nobody has told of are refused. Addresses are no names.
 * @param hostname without a port
 * @param hosts that lead here, as whoever runs the server says
 */
export function isKnownHost(hostname: string, hosts: readonly string[]): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (LOOPBACK.has(name) || name.endsWith('.localhost')) return true;
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || hosts.includes(name);
}

/** Whether a page of that origin may ask: one of the host that it asks, or one that may call the API anyway. */
export function isKnownOrigin(origin: string, host: string, origins: readonly string[]): boolean {
  const asked = URL.parse(origin);
  // As a URL has it: without the port that goes without saying.
  const isSame = asked !== null && URL.parse(`${asked.protocol}//${host}`)?.host === asked.host;
  return isSame || origins.includes(origin) || origins.includes('*');
}
