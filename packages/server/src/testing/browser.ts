import type { Answer, Client } from './client.ts';

/** A browser with a page of the server open: keeps its cookies, and says where requests come from. */
export class Browser {
  readonly #client: Client;
  #cookies = new Map<string, string>();

  constructor(client: Client) {
    this.#client = client.as(undefined);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param headers in place of those that a browser sends from a page of the server */
  async send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
  ): Promise<Answer<T>> {
    const answer = await this.#client.send<T>(method, path, body, {
      ...(this.#cookies.size === 0 ? {} : { cookie: this.cookie }),
      ...headers,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}
