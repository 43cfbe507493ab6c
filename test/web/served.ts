import type { Browser, BrowserContext, Page } from 'playwright-core';

const EMAIL = 'ada@example.org';
const PASSWORD = 'correct horse battery staple';

/** A server with what pages show, for programs that are no tests. */
export interface Served {
  readonly url: string;
  /** Asks its API as the owner. @throws Error for all but a success */
  ask<T>(method: string, path: string, body?: object): Promise<T>;
}

/** A server, with an owner who can sign in. @param key the owner's */
export async function served(url: string, key: string): Promise<Served> {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text.slice(0, 200)}`);
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return (isJson ? JSON.parse(text) : text) as T;
  };
  await ask('POST', '/people/me/password', { email: EMAIL, password: PASSWORD });
  return { url, ask };
}

/** A browser that has nothing kept but a session, with an empty page. */
export async function signedIn(
  browser: Browser,
  { url }: Pick<Served, 'url'>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const data = { email: EMAIL, password: PASSWORD };
  const answer = await context.request.post(`${url}/session`, { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`the sign-in was answered with ${answer.status()}`);
  return { context, page: await context.newPage() };
}
