import { ConnectionError } from '../connection-error.ts';
import type { ConnectionSecrets } from '../connector.ts';
import type { Authenticator, Send, Signature } from '../http/auth/authenticator.ts';
import type { AuthOf } from '../http/auth/http-auth.ts';
import { TokenSource } from '../http/auth/token-source.ts';
import { parseBaseUrl } from '../http/base-url.ts';
import { textOf } from '../http/http-request.ts';
import { parseJson } from '../http/json.ts';
import { problemOfStatus } from '../http/problem-of-status.ts';
import type { ValueObject } from '../value.ts';
import { isObject } from './entity.ts';

interface Found {
  readonly url: string;
  readonly signature: Signature;
  readonly until: number;
}

/** Of what the service says without a time. */
const USUAL_SECONDS = 300;

/**
 * A destination of SAP BTP: where a system is and how one signs in there is asked of the destination service ("Find Destination",
 * `GET /destination-configuration/v1/destinations/{name}`), which also gets the tokens that the system wants.
 */
export class Destination implements Authenticator {
  readonly #auth: AuthOf<'destination'>;
  readonly #tokens: TokenSource;
  readonly #send: Send;
  #found: Promise<Found> | undefined;

  /** @throws ConnectionError invalid_config, when the secret is missing */
  constructor(auth: AuthOf<'destination'>, secrets: ConnectionSecrets, send: Send) {
    const secret = secrets['client_secret'];
    if (secret === undefined)
      throw new ConnectionError('invalid_config', 'auth.client_secret is missing: say it again');
    this.#auth = auth;
    this.#tokens = new TokenSource(auth, secret, send);
    this.#send = send;
  }

  /** The root of the service: the path of the connection beneath the URL of the destination. */
  async urlOf(given: string, signal: AbortSignal | undefined): Promise<string> {
    const { url } = await this.#find(signal);
    if (given.startsWith('/')) return `${parseBaseUrl(url).url}${given}`;
    if (new URL(given).origin === new URL(url).origin) return given;
    throw new ConnectionError('invalid_config', 'the URL of the connection is at another host than the destination', {
      hint: 'give only the path of the service, such as /sap/opu/odata/sap/API_SALES_ORDER_SRV',
    });
  }

  async sign(signal: AbortSignal | undefined): Promise<Signature> {
    return (await this.#find(signal)).signature;
  }

  renew(): boolean {
    this.#found = undefined;
    return true;
  }

  async #find(signal: AbortSignal | undefined): Promise<Found> {
    const known = await this.#found?.catch(() => undefined);
    if (known !== undefined && performance.now() < known.until) return known;
    this.#found = this.#ask(signal);
    return this.#found;
  }

  async #ask(signal: AbortSignal | undefined): Promise<Found> {
    const { service_url, name } = this.#auth;
    const url = new URL(service_url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/destination-configuration/v1/destinations/${encodeURIComponent(name)}`;
    const ask = async () => {
      const authorization = `Bearer ${await this.#tokens.token(signal)}`;
      return this.#send({ method: 'GET', url, headers: { authorization, accept: 'application/json' }, signal });
    };
    let answer = await ask();
    if (answer.status === 401 && this.#tokens.forget()) answer = await ask();
    if (answer.status !== 200) {
      throw new ConnectionError(problemOfStatus(answer.status), `the destination service answers ${answer.status}`, {
        hint: answer.status === 404 ? 'check the name of the destination' : 'check the credentials of the service',
      });
    }
    return readDestination(parseJson(textOf(answer)) as ValueObject);
  }
}

function readDestination(answer: ValueObject): Found {
  const configuration = answer['destinationConfiguration'];
  if (!isObject(configuration) || typeof configuration['URL'] !== 'string') {
    throw new ConnectionError('protocol', 'the destination service answers without the URL of the destination');
  }
  if (configuration['ProxyType'] === 'OnPremise') {
    throw new ConnectionError(
      'invalid_config',
      'the destination leads through the Cloud Connector, which is open inside BTP only',
      {
        hint: 'use a destination with ProxyType Internet',
      },
    );
  }
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  let lives = USUAL_SECONDS;
  const [token] = Array.isArray(answer['authTokens']) ? answer['authTokens'].filter(isObject) : [];
  if (token !== undefined) {
    const header = token['http_header'];
    if (
      token['error'] !== undefined ||
      !isObject(header) ||
      typeof header['key'] !== 'string' ||
      typeof header['value'] !== 'string'
    ) {
      throw new ConnectionError('auth', 'the destination service got no token for the system', {
        hint: 'check the destination in the cockpit of BTP ("Check Connection")',
      });
    }
    headers[header['key'].toLowerCase()] = header['value'];
    const seconds = Number(token['expires_in']);
    if (Number.isFinite(seconds) && seconds > 0) lives = Math.min(seconds, USUAL_SECONDS);
  } else if (configuration['Authentication'] === 'BasicAuthentication') {
    const pair = `${configuration['User'] ?? ''}:${configuration['Password'] ?? ''}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (configuration['Authentication'] !== 'NoAuthentication') {
    throw new ConnectionError('invalid_config', 'the destination signs in in a way that needs a person', {
      hint: 'use BasicAuthentication, OAuth2ClientCredentials or NoAuthentication',
    });
  }
  // `URL.headers.x` and `URL.queries.x` are additional properties for each request.
  for (const [name, value] of Object.entries(configuration)) {
    if (typeof value !== 'string') continue;
    if (name.startsWith('URL.headers.')) headers[name.slice('URL.headers.'.length).toLowerCase()] ??= value;
    if (name.startsWith('URL.queries.')) query[name.slice('URL.queries.'.length)] = value;
  }
  if (typeof configuration['sap-client'] === 'string') query['sap-client'] ??= configuration['sap-client'];
  return {
    url: configuration['URL'],
    signature: { headers, query },
    until: performance.now() + Math.max(lives * 1000 - 30_000, 0),
  };
}
