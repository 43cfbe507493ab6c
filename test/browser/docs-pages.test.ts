import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from './chromium.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external'), startChromium()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page that notes what it asks for elsewhere (at other servers, or at the other door), and what it complains of. */
async function open(path: string): Promise<{ page: Page; elsewhere: string[]; complaints: string[] }> {
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const own = server.client.url + path.replace(/docs\/?$/, '');
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && !request.url().startsWith(own)) elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(server.client.url + path);
  return { page, elsewhere, complaints };
}

async function authorize(page: Page, scheme: string, key: string): Promise<void> {
  await page.locator('.auth-wrapper > .authorize').first().click();
  const dialog = page.locator('.auth-container', { hasText: scheme });
  await dialog.locator('input').first().fill(key);
  await dialog.locator('button[type=submit]').click();
  await page.locator('.modal-ux .btn-done').first().click();
}

/** Opens an operation, sends it as it is offered, and reads what came. */
async function tryOut(page: Page, operation: string): Promise<{ status: string; body: string }> {
  const block = page.locator(`#operations-${operation}`);
  await block.locator('.opblock-summary-control').click();
  await block.locator('button.execute').click();
  const live = block.locator('.live-responses-table .response').first();
  const status = (await live.locator('.response-col_status').textContent()) ?? '';
  const body = (await live.locator('.highlight-code code').first().textContent()) ?? '';
  return { status: status.trim().slice(0, 3), body };
}

it.each(['/api/v1/docs', '/api/v1/docs/'])('%s takes a key, sends a request and shows the answer', async (path) => {
  const { page, elsewhere, complaints } = await open(path);
  await authorize(page, 'XApiKey', server.key);
  const usage = await tryOut(page, 'Admin-usage');
  expect(usage.status).toBe('200');
  expect(JSON.parse(usage.body)).toMatchObject({ tier: 'self-hosted' });
  // The body that it offers is the first example of the document.
  const rows = await tryOut(page, 'Generation-generateAi');
  expect(rows.status).toBe('200');
  expect(rows.body).toContain('"inferred_contract_hash"');
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('without a key the pages show why there are no rows', async () => {
  const { page } = await open('/api/v1/docs');
  expect(await tryOut(page, 'Generation-generate')).toMatchObject({
    status: '402',
    body: expect.stringContaining('free_key_url'),
  });
});

it('the pages of the REST API do the same', async () => {
  const { page, elsewhere, complaints } = await open('/docs');
  await authorize(page, 'bearer', server.key);
  const templates = await tryOut(page, 'Templates-listTemplates');
  expect(templates.status).toBe('200');
  expect(JSON.parse(templates.body)).toMatchObject({ items: [] });
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});
