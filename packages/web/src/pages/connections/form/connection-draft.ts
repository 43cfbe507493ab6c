import type { Connection } from '../../../api/types.ts';
import { AUTH } from './auth-fields.ts';
import { AUTH_KINDS, type AuthKind, systemOf } from './systems.ts';

/** What a form says of a connection. */
export interface ConnectionDraft {
  readonly type: string;
  readonly name: string;
  /** Of a database, in parts. */
  readonly host: string;
  readonly port: string;
  readonly database: string;
  /** Behind the question mark of an address that was pasted, with it. */
  readonly parameters: string;
  /** Of others, in one text. */
  readonly url: string;
  readonly authKind: AuthKind;
  /** By name, secrets as well. */
  readonly auth: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
}

const NO_ADDRESS = { host: '', port: '', database: '', parameters: '' } as const;
const DATABASE_URL =
  /^[a-z][a-z0-9+.-]*:\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?(?:\/([^?#]*))?(\?[^#]*)?$/i;

/** An empty form. */
export const emptyDraft = (type: string): ConnectionDraft => ({
  type,
  name: '',
  ...NO_ADDRESS,
  url: '',
  authKind: systemOf(type).auth[0] ?? 'none',
  auth: {},
  options: {},
  readOnly: false,
});

/** The form of a connection that there is. */
export function draftOf({ type, name, url, auth, options, readOnly }: Connection): ConnectionDraft {
  const { type: kind, ...rest } = auth;
  const said = Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    type,
    name,
    ...NO_ADDRESS,
    ...(systemOf(type).database === undefined ? {} : readDatabaseUrl(url)),
    url,
    authKind: AUTH_KINDS.find((one) => one === kind) ?? 'none',
    auth: Object.fromEntries(said),
    options,
    readOnly,
  };
}

/** The parts of the address of a database, as somebody pastes it. @returns undefined: it is none */
export function readDatabaseUrl(text: string) {
  const found = DATABASE_URL.exec(text.trim());
  if (found === null) return undefined;
  const [, who = '', host = '', port = '', database = '', parameters = ''] = found;
  const [user = '', ...password] = who.split(':');
  const auth = { username: plain(user), password: plain(password.join(':')) };
  const given = Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== ''));
  return { host: plain(host), port, database: plain(database), parameters, auth: given };
}

/** The address that the form says. */
export function urlOf({ type, host, port, database, parameters, url }: ConnectionDraft): string {
  const system = systemOf(type);
  if (system.database === undefined) return url.trim();
  const scheme = system.url.slice(0, system.url.indexOf(':'));
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.trim();
  return `${scheme}://${name}${port === '' ? '' : `:${port}`}/${encodeURIComponent(database)}${parameters}`;
}

/** Whether the form leads to another host than the connection does: a kept secret is not sent there. */
export const leadsElsewhere = (draft: ConnectionDraft, { url }: Pick<Connection, 'url'>): boolean =>
  goesTo(urlOf(draft)) !== goesTo(url);

/**
 * Whether what the server keeps does not serve any more: it goes to no other host, and signs in as nobody else. There is nothing to
 * give again where a secret is named in its place.
 */
export const needsSecret = (draft: ConnectionDraft, connection: Connection): boolean =>
  draft.auth['secret_ref'] === undefined &&
  (leadsElsewhere(draft, connection) || 'auth' in changeOf(draft, connection));

/** The body that creates a connection. */
export const bodyOf = (draft: ConnectionDraft) => ({
  type: draft.type,
  name: draft.name.trim(),
  url: urlOf(draft),
  readOnly: draft.readOnly,
  auth: authOf(draft),
  ...(Object.keys(draft.options).length === 0 ? {} : { options: draft.options }),
});

/**
 * The body that changes a connection: the parts that are not as the form began. Of others the server keeps what it has: what somebody
 * else has changed meanwhile, and what it signs in with.
 */
export function changeOf(draft: ConnectionDraft, connection: Connection) {
  const parts = (of: ConnectionDraft) => ({ ...bodyOf(of), options: of.options });
  const { type: _, ...after } = parts(draft);
  const before: Readonly<Record<string, unknown>> = parts(draftOf(connection));
  const changed = Object.entries(after).filter(([name, value]) => written(value) !== written(before[name]));
  return Object.fromEntries(changed) as Partial<typeof after>;
}

/** How the form signs in; parts that are empty are left out, and what is typed where a secret is named in its place. */
function authOf({ authKind, auth }: ConnectionDraft): Record<string, string> {
  const { fields } = AUTH[authKind];
  const reference = fields.some(({ isSecret }) => isSecret) ? auth['secret_ref'] : undefined;
  const said = fields.flatMap(({ name, values, isSecret }): [string, string][] => {
    const value = auth[name] ?? values?.[0] ?? '';
    return value === '' || (isSecret && reference !== undefined) ? [] : [[name, value]];
  });
  return {
    type: authKind,
    ...Object.fromEntries(said),
    ...(reference === undefined ? {} : { secret_ref: reference }),
  };
}

/** A value as text, whatever the order of its names. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Scheme, hosts and ports, as the server compares them. */
const goesTo = (url: string): string => (/^[^:]*:\/\/[^/?#]*/.exec(url)?.[0] ?? url).toLowerCase();

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
