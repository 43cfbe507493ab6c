import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { TestServer } from '../../packages/server/src/testing/servers.ts';

export const EMAIL = 'ada@example.org';
export const PASSWORD = 'correct horse battery staple';

export interface OpenApp {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the pages ask of other servers, and what they complain of. Tests want both empty. */
  readonly elsewhere: readonly string[];
  readonly complaints: readonly string[];
}

/** Gives the owner of a server a password, so that pages can sign in. */
export async function givePassword({ client }: TestServer): Promise<void> {
  const { status } = await client.post('/people/me/password', { email: EMAIL, password: PASSWORD });
  if (status >= 300) throw new Error(`the password was answered with ${status}`);
}

/** A page of the app in a browser of its own, closed when the test ends. @param session whether it is signed in */
export async function openApp(
  browser: Browser,
  server: TestServer,
  path: string,
  { session = true, ...options }: Parameters<Browser['newContext']>[0] & { session?: boolean } = {},
): Promise<OpenApp> {
  const { url } = server.client;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${url}/`)) elsewhere.push(request.url());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // Browsers write of every refusal; which requests are refused is a matter of the test.
    const isRefusal = /Failed to load resource/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  if (session) {
    const answer = await context.request.post(`${url}/session`, {
      data: { email: EMAIL, password: PASSWORD },
      headers: { origin: url },
    });
    if (!answer.ok()) throw new Error(`the sign-in was answered with ${answer.status()}`);
  }
  const page = await context.newPage();
  await page.goto(`${url}/app${path}`);
  return { page, context, elsewhere, complaints };
}
