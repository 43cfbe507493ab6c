import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  type ODataService,
  startODataService,
} from '../../packages/connectors/src/sap-odata/testing/start-odata-service.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startChromium()]);
  await givePassword(server);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const rows = (page: Page) => page.getByRole('table', { name: 'Rows' }).getByRole('row');
const idOf = (page: Page): string => /templates\/(tmpl_\w+)/.exec(page.url())?.[1] ?? '';

it('makes a template of thirty columns by their names, with two levels of nested fields', async () => {
  const names = Array.from(
    { length: 30 },
    (_, n) => ['email', 'city', 'amount', 'birth_date', 'is_active'][n % 5] + (n < 5 ? '' : `_${n}`),
  );
  const { page, elsewhere, complaints } = await openApp(browser, server, '/new');
  await page.getByLabel('Names of columns').fill(names.join('\t'));
  await page.getByRole('list', { name: 'Inferred fields' }).getByRole('listitem').nth(29).waitFor();
  await page.getByRole('button', { name: 'Create template' }).click();
  await rows(page).nth(1).waitFor();
  const add = async (list: number, type: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add field' }).nth(list).click();
    await page.getByLabel('Search types').fill(type);
    await page.keyboard.press('Enter');
  };
  await add(0, 'nested template');
  // Lists within lists come first.
  await add(0, 'nested template');
  await page.getByRole('tab', { name: 'JSON' }).click();
  await page.getByText('"template":{"street"').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Version 2', { exact: true }).waitFor();
  const sent = await server.client.post<Record<string, unknown>[]>(`/templates/${idOf(page)}/generate`, { count: 1 });
  const [row] = sent.body as unknown as { data?: unknown }[];
  expect(row).toMatchObject({
    email: expect.stringContaining('@'),
    template: { template: { street: expect.any(String) } },
  });
  expect(Object.keys(row ?? {})).toEqual([...names, 'template']);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('makes a template of a CSV file', async () => {
  const { page, complaints } = await openApp(browser, server, '/new');
  await page.getByRole('tab', { name: 'CSV, JSON or a schema' }).click();
  const csv = 'order_id,customer_email,total\n17,a@example.org,9.50\n18,b@example.org,12.00\n';
  const file = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.getByLabel('Open a file').setInputFiles(file);
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('order_id, customer_email, total').waitFor();
  await page.getByRole('button', { name: 'Create template' }).click();
  await rows(page).nth(1).getByText('@').waitFor();
  expect(complaints).toEqual([]);
});

it('makes a key with which the line for curl gets the rows', async () => {
  const id = await server.client.create([{ name: 'n', type: 'sequence' }], 'By curl');
  const { page, complaints } = await openApp(browser, server, '/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('Nightly');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const key = (await page.getByRole('region', { name: 'the key' }).textContent()) ?? '';
  await page.goto(`${server.client.url}/app/templates/${id}`);
  await page.getByRole('button', { name: 'Code' }).click();
  const line = (await page.getByRole('region', { name: 'curl' }).textContent()) ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-curl-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await promisify(execFile)('sh', ['-c', line], { cwd: folder, env: { ...process.env, DM_API_KEY: key } });
  const lines = readFileSync(join(folder, 'rows.csv'), 'utf8').trimEnd().split(/\r?\n/);
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([1001, 'n', '1000']);
  expect(complaints).toEqual([]);
});

/** Olingo may have to be built first. */
it('puts orders with their items into an OData service by deep insert', async () => {
  const service: ODataService = await startODataService();
  onTestFinished(() => service.stop());
  await service.reset();
  const { page, elsewhere, complaints } = await openApp(browser, server, '/connections/new?type=sap_odata');
  await page.getByLabel('Name', { exact: true }).fill('Sales');
  await page.getByLabel('Address').fill(`${service.url}/v2`);
  await page.getByLabel('Sign-in').selectOption({ label: 'User and password' });
  await page.getByLabel('User', { exact: true }).fill(service.username);
  await page.getByLabel('Password', { exact: true }).fill(service.password);
  await page.getByRole('button', { name: 'Create and try' }).click();
  await page.getByText('reached', { exact: true }).waitFor();
  const connection = page.url();
  await page.getByRole('link', { name: 'SalesOrders', exact: true }).click();
  await page.getByLabel('Choose SalesOrders', { exact: true }).check();
  await page.getByRole('button', { name: 'Make templates (1)' }).click();
  await page.getByLabel('to_Item').check();
  await page.getByRole('button', { name: 'Make the template' }).click();
  const made = page.getByRole('dialog').getByRole('link', { name: 'SalesOrders' });
  const editor = page.getByLabel('Name of the template');
  await made.or(editor).waitFor();
  if (await made.isVisible()) await made.click();
  await page.getByRole('button', { name: 'Open the options of to_Item' }).waitFor();
  await page.goto(`${connection.replace(/\?.*/, '')}/push?template=${idOf(page)}&table=SalesOrders`);
  await page.getByLabel('Rows', { exact: true }).fill('5');
  await page.getByLabel('Seed').fill('demo');
  await page.getByRole('button', { name: 'Push 5 rows into SalesOrders' }).click();
  await page.getByRole('region', { name: 'Progress' }).getByText('done', { exact: true }).waitFor();
  const headers = {
    authorization: `Basic ${Buffer.from(`${service.username}:${service.password}`).toString('base64')}`,
  };
  const ask = async (path: string): Promise<{ d: { results: { to_Item: { results: object[] } }[] } }> =>
    (await fetch(`${service.url}/v2/${path}`, { headers: { ...headers, accept: 'application/json' } })).json() as never;
  const orders = (await ask('SalesOrders?$expand=to_Item')).d.results;
  expect(orders).toHaveLength(5);
  expect(orders.every(({ to_Item }) => to_Item.results.length > 0)).toBe(true);
  // All of them in one request, each with its items within it.
  expect((await service.log()).filter((line) => line.startsWith('POST '))).toEqual(['POST /v2/$batch 202']);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
}, 900_000);
