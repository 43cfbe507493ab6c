import { z } from 'zod';
import { ConnectionError } from '../../connection-error.ts';
import { checked } from '../checked.ts';

const text = z.string().min(1).max(2000);
const secret = z.string().min(1).max(20_000).optional();
const httpUrl = z.url({ protocol: /^https?$/, message: 'it is no URL of the form https://host/path' }).max(2000);
const client = { token_url: httpUrl, client_id: text, client_secret: secret };

const KINDS = {
  none: z.strictObject({ type: z.literal('none') }),
  basic: z.strictObject({
    type: z.literal('basic'),
    username: text.regex(/^[^:]*$/, 'a user name has no colon (RFC 7617)'),
    password: z.string().max(20_000).optional(),
  }),
  bearer: z.strictObject({ type: z.literal('bearer'), token: secret }),
  api_key: z.strictObject({
    type: z.literal('api_key'),
    in: z.enum(['header', 'query']).default('header'),
    name: text.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'it is no name of a header or parameter').default('X-API-Key'),
    key: secret,
  }),
  oauth2_client_credentials: z.strictObject({
    type: z.literal('oauth2_client_credentials'),
    ...client,
    scope: text.optional(),
    audience: text.optional(),
    /** How the client says who it is (RFC 6749, 2.3.1). */
    credentials_in: z.enum(['header', 'body']).default('header'),
  }),
  /** Of SAP BTP: the address and the credentials of the system are kept in its destination service. */
  destination: z.strictObject({ type: z.literal('destination'), name: text, service_url: httpUrl, ...client }),
} as const;

export type AuthType = keyof typeof KINDS;
type Kinds = { [Type in AuthType]: z.output<(typeof KINDS)[Type]> };
/** With its secret still in it. */
export type HttpAuth = Kinds[AuthType];
export type AuthOf<Type extends AuthType> = Kinds[Type];

/** The property of each kind that is secret. */
const SECRETS = ['password', 'token', 'key', 'client_secret'] as const;

/**
 * Checks how a connection signs in and takes the secret out.
 * @param kinds that the type of connection knows
 * @throws ConnectionError invalid_config
 */
export function parseAuth(
  input: Readonly<Record<string, unknown>> | undefined,
  kinds: readonly AuthType[],
): { auth: HttpAuth; secrets: Record<string, string> } {
  const { type = 'none', ...rest } = input ?? {};
  // Documents and forms write the same names with hyphens.
  const kind = typeof type === 'string' ? type.replaceAll('-', '_') : '';
  const known = kinds.find((name) => name === kind);
  if (known === undefined) {
    throw new ConnectionError('invalid_config', `auth.type: there are ${kinds.join(', ')}`);
  }
  const auth = checked(KINDS[known], { ...rest, type: known }, 'auth') as Record<string, unknown>;
  const secrets: Record<string, string> = {};
  for (const name of SECRETS) {
    const value = auth[name];
    if (typeof value === 'string') secrets[name] = value;
    delete auth[name];
  }
  return { auth: auth as HttpAuth, secrets };
}
