import { beneath } from '../http/base-url.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type HttpAnswer, textOf } from '../http/http-request.ts';
import type { ODataOptions } from './config.ts';
import type { ODataModel } from './metadata/model.ts';
import { readMetadata } from './metadata/read-metadata.ts';
import { refusalError } from './translate-error.ts';

export interface ServiceRequest {
  readonly method: string;
  /** Beneath the root of the service, its names encoded: `SalesOrders('4711')`. */
  readonly path: string;
  /** `$filter` and so on. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly isRepeatable?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks one OData service, with the token against cross-site requests that SAP wants of whoever changes something. */
export class Service {
  readonly client: HttpClient;
  readonly #url: string;
  readonly #options: ODataOptions;
  #model: Promise<ODataModel> | undefined;
  /** Null: the service gives none. */
  #token: Promise<string | null> | undefined;

  /** @param url the root of the service */
  constructor(client: HttpClient, url: string, options: ODataOptions) {
    this.client = client;
    this.#url = url;
    this.#options = options;
  }

  /** What $metadata says; asked for once. @throws ConnectionError */
  model(): Promise<ODataModel> {
    this.#model ??= this.#readModel();
    this.#model.catch(() => {
      this.#model = undefined;
    });
    return this.#model;
  }

  /** Reads; nothing is changed. */
  read(request: ServiceRequest): Promise<HttpAnswer> {
    return this.client.send({ ...request, url: this.urlOf(request) });
  }

  /** Changes something; once more where the token was too old. */
  async change(request: ServiceRequest): Promise<HttpAnswer> {
    const once = async (): Promise<{ answer: HttpAnswer; used: Promise<string | null> }> => {
      this.#token ??= this.#fetchToken(request.signal);
      const used = this.#token;
      const token = await used.catch((error: unknown) => {
        if (this.#token === used) this.#token = undefined;
        throw error;
      });
      const headers = { ...request.headers, ...(token === null ? {} : { 'x-csrf-token': token }) };
      return { answer: await this.client.send({ ...request, headers, url: this.urlOf(request) }), used };
    };
    const { answer, used } = await once();
    const isTooOld = answer.status === 403 && answer.headers['x-csrf-token']?.toLowerCase() === 'required';
    if (!isTooOld) return answer;
    // Somebody else may have got a new one in the meantime.
    if (this.#token === used) this.#token = undefined;
    return (await once()).answer;
  }

  urlOf({ path, query = {} }: Pick<ServiceRequest, 'path' | 'query'>): URL {
    const url = beneath(this.#url, path);
    // The root is a folder to services: without its slash some lead there first.
    if (path === '/' && !url.pathname.endsWith('/')) url.pathname += '/';
    const { client, language } = this.#options;
    if (client !== undefined) url.searchParams.set('sap-client', client);
    if (language !== undefined) url.searchParams.set('sap-language', language);
    // A plus sign is no blank in the URLs of OData.
    const written = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    url.search = [url.search.replace(/^\?/, ''), ...written].filter((part) => part !== '').join('&');
    return url;
  }

  /** The root answers with a token when it is asked to (SAP Gateway, "Cross-Site Request Forgery Protection"). */
  async #fetchToken(signal: AbortSignal | undefined): Promise<string | null> {
    const answer = await this.read({
      method: 'GET',
      path: '/',
      headers: { 'x-csrf-token': 'Fetch', accept: 'application/json' },
      signal,
    });
    const token = answer.headers['x-csrf-token'];
    if (token !== undefined && token.toLowerCase() !== 'required') return token;
    if (answer.status >= 400) throw refusalError({ status: answer.status, body: textOf(answer) }, 'the service');
    return null;
  }

  async #readModel(): Promise<ODataModel> {
    const answer = await this.read({ method: 'GET', path: '$metadata', headers: { accept: 'application/xml' } });
    if (answer.status !== 200) throw refusalError({ status: answer.status, body: textOf(answer) }, '$metadata');
    const model = readMetadata(textOf(answer));
    const { version } = this.#options;
    return version === 'auto' ? model : { ...model, version };
  }
}
