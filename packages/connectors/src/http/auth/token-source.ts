import { ConnectionError } from '../../connection-error.ts';
import { type HttpAnswer, textOf } from '../http-request.ts';
import { parseJson } from '../json.ts';
import { problemOfStatus } from '../problem-of-status.ts';
import type { Send } from './authenticator.ts';

export interface TokenClient {
  readonly token_url: string;
  readonly client_id: string;
  readonly scope?: string | undefined;
  readonly audience?: string | undefined;
  readonly credentials_in?: 'header' | 'body' | undefined;
}

/** A token is renewed this much before it ends, since it is on its way for a while. */
const MARGIN_MS = 30_000;
/** Of services that do not say how long a token lives. */
const USUAL_SECONDS = 300;

/** Tokens by client credentials (RFC 6749, 4.4): asked for once, kept as long as they live, renewed when one is refused. */
export class TokenSource {
  readonly #client: TokenClient;
  readonly #secret: string;
  readonly #send: Send;
  #pending: Promise<string> | undefined;
  #until = 0;
  /** Ends the request that is under way, when nobody waits for it any more. */
  #end = new AbortController();
  readonly #waiting = new Set<Promise<never>>();

  constructor(client: TokenClient, secret: string, send: Send) {
    this.#client = client;
    this.#secret = secret;
    this.#send = send;
  }

  /** @throws ConnectionError auth, when the service of tokens refuses the client; the signal's reason */
  async token(signal: AbortSignal | undefined): Promise<string> {
    signal?.throwIfAborted();
    if (this.#pending === undefined || performance.now() >= this.#until) this.#begin();
    return await this.#await(this.#pending as Promise<string>, signal);
  }

  #begin(): void {
    this.#end = new AbortController();
    const asked = this.#ask(this.#end.signal);
    // Until it is there, whoever comes waits for the same one.
    this.#until = Number.POSITIVE_INFINITY;
    this.#pending = asked;
    asked.catch(() => {
      if (this.#pending === asked) this.forget();
    });
  }

  /** Each waits as long as it wants to: the request ends early only when all have gone. */
  async #await(asked: Promise<string>, signal: AbortSignal | undefined): Promise<string> {
    const end = this.#end;
    const { promise: gone, reject } = Promise.withResolvers<never>();
    const abort = (): void => {
      reject(signal?.reason);
      this.#waiting.delete(gone);
      if (this.#waiting.size > 0 || this.#pending !== asked || this.#until !== Number.POSITIVE_INFINITY) return;
      this.forget();
      end.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting.add(gone);
    try {
      return await Promise.race([asked, gone]);
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(gone);
    }
  }

  /** @returns true: there will be another */
  forget(): boolean {
    this.#pending = undefined;
    return true;
  }

  async #ask(signal: AbortSignal): Promise<string> {
    const { token_url, client_id, scope, audience, credentials_in } = this.#client;
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (scope !== undefined) form.set('scope', scope);
    if (audience !== undefined) form.set('audience', audience);
    const headers: Record<string, string> = {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    };
    if (credentials_in === 'body') {
      form.set('client_id', client_id);
      form.set('client_secret', this.#secret);
    } else {
      headers['authorization'] =
        `Basic ${Buffer.from(`${encoded(client_id)}:${encoded(this.#secret)}`).toString('base64')}`;
    }
    const answer = await this.#send({
      method: 'POST',
      url: new URL(token_url),
      headers,
      body: form.toString(),
      isRepeatable: true,
      signal,
    });
    return this.#read(answer);
  }

  #read(answer: HttpAnswer): string {
    const text = textOf(answer);
    const said = answer.headers['content-type']?.includes('json') ? (parseJson(text) as Record<string, unknown>) : {};
    if (answer.status !== 200) {
      const code = said?.['error'];
      const why = typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : String(answer.status);
      const problem = [400, 401, 403].includes(answer.status) ? 'auth' : problemOfStatus(answer.status);
      throw new ConnectionError(problem, `the service of tokens gives none (${why})`, {
        hint: 'check token_url, client_id, client_secret and scope',
      });
    }
    const { access_token: token, expires_in } = said ?? {};
    if (typeof token !== 'string' || token === '' || /[^\x21-\x7e]/.test(token)) {
      throw new ConnectionError('protocol', 'the service of tokens answers without an access_token');
    }
    const lives = Number(expires_in ?? USUAL_SECONDS);
    this.#until = performance.now() + Math.max((Number.isFinite(lives) ? lives : USUAL_SECONDS) * 1000 - MARGIN_MS, 0);
    return token;
  }
}

/** As forms are (RFC 6749, 2.3.1): a colon in the name would be taken for the end of it. */
const encoded = (text: string): string => new URLSearchParams({ a: text }).toString().slice(2);
