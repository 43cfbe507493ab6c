import { normalHost } from './normal-host.ts';

/** A host and port that something is sent to; a port that is not known is any. */
export interface Destined {
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * One entry of a list of hosts in its one spelling: `db.example.org` (any port), `db.example.org:5432`, `[::1]:5432`, `10.1.2.3`, or `*.example.org`
 * for whatever is beneath it.
 * @returns undefined when it is none of these
 */
export function hostEntry(text: string): string | undefined {
  const given = text.trim();
  // Without brackets a colon belongs to an IPv6 address.
  const isBare = !given.startsWith('[') && (given.match(/:/g)?.length ?? 0) > 1;
  const [, named = '', digits] = isBare ? [given, given] : (/^(.*?)(?::(\d{1,5}))?$/s.exec(given) ?? []);
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  const isBeneath = named.startsWith('*.');
  const host = normalHost(isBeneath ? named.slice(2) : named);
  // All of a top-level domain is nobody's.
  if (host === undefined || (isBeneath && (isAddress(host) || !host.includes('.')))) return undefined;
  return `${isBeneath ? '*.' : ''}${host}${port === undefined ? '' : `:${port}`}`;
}

/** The entry that is for one target alone; undefined: its host is none. */
export const entryOf = ({ host, port }: Destined): string | undefined =>
  hostEntry(
    `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`,
  );

/** Whether a list has a target. @param entries as `hostEntry` writes them */
export function hasHost(entries: readonly string[], { host, port }: Destined): boolean {
  const name = normalHost(host);
  if (name === undefined) return false;
  return entries.some((entry) => {
    const [, named = '', digits] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (digits !== undefined && Number(digits) !== port) return false;
    return named.startsWith('*.') ? !isAddress(name) && name.endsWith(named.slice(1)) : named === name;
  });
}

const isAddress = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host);
