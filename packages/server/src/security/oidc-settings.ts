import { ROLES, type Role } from './permissions.ts';

/** Who vouches for people (OpenID Connect), and whom they let in. */
export interface OidcSettings {
  /** As its discovery document calls it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Domain of e-mail addresses, in lower case → the role of somebody new from there. */
  readonly domains: ReadonlyMap<string, Role>;
}

const NAMES = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'DOMAINS'].map((name) => `DATAMAKER_OIDC_${name}`);

/**
 * What the environment says of OpenID Connect; undefined when it says nothing.
 * @throws TypeError naming the variable, when one is missing or cannot be right
 */
export function readOidcSettings(environment: NodeJS.ProcessEnv): OidcSettings | undefined {
  const values = NAMES.map((name) => environment[name]?.trim() ?? '');
  if (values.every((value) => value === '')) return undefined;
  const missing = NAMES.find((_, index) => values[index] === '');
  if (missing !== undefined) throw new TypeError(`${missing} is missing: sign-in with OpenID Connect needs all four`);
  const [issuer = '', clientId = '', clientSecret = '', domains = ''] = values;
  const url = URL.parse(issuer);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)))) {
    throw new TypeError('DATAMAKER_OIDC_ISSUER must be an https URL, such as https://accounts.example.org');
  }
  return { issuer, clientId, clientSecret, domains: new Map(domains.split(',').map(toDomain)) };
}

/** Without TLS only what never leaves the machine. */
export const isLocal = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

/** `example.org=member`; nobody becomes an owner by an address. */
function toDomain(text: string): [string, Role] {
  const [domain = '', role = 'member', ...rest] = text.split('=').map((part) => part.trim());
  const known = ROLES.find((one) => one === role && one !== 'owner');
  if (/^[\w-]+(\.[\w-]+)+$/.test(domain) && known !== undefined && rest.length === 0)
    return [domain.toLowerCase(), known];
  throw new TypeError(
    'DATAMAKER_OIDC_DOMAINS must be domains with roles, such as example.org=member,example.com=viewer',
  );
}
