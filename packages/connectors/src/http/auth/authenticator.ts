import { ConnectionError } from '../../connection-error.ts';
import type { ConnectionSecrets } from '../../connector.ts';
import type { HttpAnswer, HttpRequest } from '../http-request.ts';
import type { HttpAuth } from './http-auth.ts';
import { TokenSource } from './token-source.ts';

/** What a request carries so that the system knows who asks. */
export interface Signature {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export interface Authenticator {
  sign(signal: AbortSignal | undefined): Promise<Signature>;
  /** Told when the system says 401. @returns whether it is worth another try */
  renew(): boolean;
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Signs requests as the connection says.
 * @param send without signing: tokens are asked for with it
 * @throws ConnectionError invalid_config, when a secret is missing
 */
export function authenticatorOf(auth: HttpAuth, secrets: ConnectionSecrets, send: Send): Authenticator {
  const need = (name: string): string => {
    const secret = secrets[name];
    if (secret !== undefined) return secret;
    throw new ConnectionError('invalid_config', `auth.${name} is missing: say it again`);
  };
  if (auth.type === 'oauth2_client_credentials') {
    const tokens = new TokenSource(auth, need('client_secret'), send);
    return {
      sign: async (signal) => header('authorization', `Bearer ${await tokens.token(signal)}`),
      renew: () => tokens.forget(),
    };
  }
  if (auth.type === 'destination') throw new ConnectionError('invalid_config', 'a destination is of SAP OData only');
  const fixed = fixedSignature(auth, need);
  return { sign: async () => fixed, renew: () => false };
}

function fixedSignature(
  auth: Exclude<HttpAuth, { type: 'oauth2_client_credentials' | 'destination' }>,
  need: (name: string) => string,
): Signature {
  switch (auth.type) {
    case 'none':
      return { headers: {}, query: {} };
    case 'basic':
      return header('authorization', `Basic ${Buffer.from(`${auth.username}:${need('password')}`).toString('base64')}`);
    case 'bearer':
      return header('authorization', `Bearer ${need('token')}`);
    case 'api_key':
      return auth.in === 'header'
        ? header(auth.name.toLowerCase(), need('key'))
        : { headers: {}, query: { [auth.name]: need('key') } };
  }
}

const header = (name: string, value: string): Signature => ({ headers: { [name]: value }, query: {} });
