import { ROLES, type Role } from './permissions.ts';

/** Who vouches for people (OpenID Connect), and whom they let in. */
export interface OidcSettings {
  /** As its discovery document calls it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Domain of e-mail addresses, in lower case → the role of somebody new from there. */
  readonly domains: ReadonlyMap<string, Role>;
  /** Domain, or '' for all others → id of the workspace that somebody new from there comes into; what is not in it: the oldest one. */
  readonly workspaces?: ReadonlyMap<string, string>;
}

const NAMES = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'DOMAINS'].map((name) => `DATAMAKER_OIDC_${name}`);

/**
 * What the environment says of OpenID Connect; undefined when it says nothing.
 * @throws TypeError naming the variable, when one is missing or cannot be right
 */
export function readOidcSettings(environment: NodeJS.ProcessEnv): OidcSettings | undefined {
  const values = NAMES.map((name) => environment[name]?.trim() ?? '');
  const places = environment['DATAMAKER_OIDC_WORKSPACES']?.trim() ?? '';
  if ([...values, places].every((value) => value === '')) return undefined;
  const missing = NAMES.find((_, index) => values[index] === '');
  if (missing !== undefined) throw new TypeError(`${missing} is missing: sign-in with OpenID Connect needs all four`);
  const [issuer = '', clientId = '', clientSecret = '', domains = ''] = values;
  const url = URL.parse(issuer);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)))) {
    throw new TypeError('DATAMAKER_OIDC_ISSUER must be an https URL, such as https://accounts.example.org');
  }
  const roles = new Map(domains.split(',').map(toDomain));
  const workspaces = toWorkspaces(places);
  const stray = [...workspaces.keys()].find((domain) => domain !== '' && !roles.has(domain));
  if (stray !== undefined)
    throw new TypeError(`DATAMAKER_OIDC_WORKSPACES names ${stray}, which DATAMAKER_OIDC_DOMAINS does not let in`);
  return { issuer, clientId, clientSecret, domains: roles, ...(workspaces.size === 0 ? {} : { workspaces }) };
}

/** Without TLS only what never leaves the machine. */
export const isLocal = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

/** `example.org=member`; nobody becomes an owner by an address. */
function toDomain(text: string): [string, Role] {
  const [domain = '', role = 'member', ...rest] = text.split('=').map((part) => part.trim());
  const known = ROLES.find((one) => one === role && one !== 'owner');
  if (DOMAIN.test(domain) && known !== undefined && rest.length === 0) return [domain.toLowerCase(), known];
  throw new TypeError(
    'DATAMAKER_OIDC_DOMAINS must be domains with roles, such as example.org=member,example.com=viewer',
  );
}

/** `ws_…,example.org=ws_…`. By id, since administrators of workspaces choose the names: theirs could take those who come to another. */
function toWorkspaces(text: string): Map<string, string> {
  const found = new Map<string, string>();
  if (text === '') return found;
  for (const part of text.split(',')) {
    const [id = '', domain = '', ...rest] = part
      .split('=')
      .map((one) => one.trim())
      .toReversed();
    const isDomain = part.includes('=') ? DOMAIN.test(domain) : true;
    if (!isDomain || rest.length > 0 || !/^ws_[0-9a-z]+$/.test(id) || found.has(domain.toLowerCase())) {
      throw new TypeError(
        'DATAMAKER_OIDC_WORKSPACES must be the id of a workspace, or ids by domain, each domain once, such as example.org=ws_8d3kq0vx2m5ra7cz4n1w; `datamaker workspaces list` has the ids',
      );
    }
    found.set(domain.toLowerCase(), id);
  }
  return found;
}

const DOMAIN = /^[\w-]+(\.[\w-]+)+$/;
