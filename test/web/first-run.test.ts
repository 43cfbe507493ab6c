import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { EMAIL, openApp, PASSWORD } from './open-app.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external'), startChromium()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('leads browsers from / to the app, and tells programs of the service as before', async () => {
  const { url } = server.client;
  const browserAsks = await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' });
  expect([browserAsks.status, browserAsks.headers.get('location')]).toEqual([302, '/app/']);
  for (const accept of ['application/json', '*/*']) {
    expect(await (await fetch(url, { headers: { accept } })).json()).toMatchObject({ service: 'DataMaker' });
  }
});

it('leads from the link of the first start to rows, and lets in and out', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, server, `/welcome#key=${server.key}`, {
    session: false,
  });
  await page.getByLabel('E-mail address').fill(EMAIL);
  // The key has left the address before anything was sent.
  expect(page.url()).toBe(`${server.client.url}/app/welcome`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Start' }).click();

  await page.getByLabel('Names of columns').fill('customer_id, first_name, iban');
  await page.getByRole('list', { name: 'Inferred fields' }).getByText('iban').last().waitFor();
  await page.getByRole('button', { name: 'Create template' }).click();
  const cell = page.getByRole('table', { name: 'Rows' }).getByRole('cell').nth(1);
  await cell.waitFor();
  expect(await cell.textContent()).toBe('1');
  const [template] = (await server.client.get<{ items: { id: string; fields: object[] }[] }>('/templates')).body.items;
  expect(template?.fields).toMatchObject([{ type: 'sequence' }, { type: 'first_name' }, { type: 'iban' }]);

  await page.getByRole('button', { name: /Owner/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to DataMaker' }).waitFor();
  // Who asks for a page comes to it after the sign-in.
  await page.goto(`${server.client.url}/app/files`);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('wrong password here');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('says of 5,000 pasted names how many fields a template has, and takes as many', async () => {
  const { page, complaints } = await openApp(browser, server, '/new');
  const names = Array.from({ length: 5000 }, (_, n) => `column_${n}`);
  await page.getByLabel('Names of columns').fill(names.join(','));
  const said = page.getByRole('alert').getByText('These are 5,000 names, and a template has at most 1,000 fields.');
  await said.waitFor();
  await page.getByRole('button', { name: 'Create template of the first 1,000' }).click();
  await page.getByPlaceholder('Find one of 1,000 fields').waitFor();
  await page.getByRole('table', { name: 'Rows' }).getByRole('cell').nth(1).waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

it('leads from the address of a template over the sign-in to its rows', async () => {
  const id = await server.client.create([{ name: 'n', type: 'sequence' }], 'Asked for');
  const { page, complaints } = await openApp(browser, server, `/templates/${id}`, { session: false });
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('table', { name: 'Rows' }).getByRole('cell').nth(1).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('makes a template of CREATE TABLE', async () => {
  const { page, complaints } = await openApp(browser, server, '/new');
  await page.getByRole('tab', { name: 'CSV, JSON or a schema' }).click();
  await page.getByLabel('Schema or sample').fill('CREATE TABLE visit (id int PRIMARY KEY, city varchar(40) NOT NULL);');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('button', { name: 'Create template' }).click();
  await page.getByRole('table', { name: 'Rows' }).getByRole('cell').first().waitFor();
  expect(await page.getByLabel('Name of the template').inputValue()).toBe('visit');
  expect(complaints).toEqual([]);
});

it('makes a key that programs use, and revokes it', async () => {
  const { page, complaints } = await openApp(browser, server, '/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('CI');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const key = (await page.getByRole('region', { name: 'the key' }).textContent()) ?? '';
  const withIt = server.client.as(key);
  expect((await withIt.get('/session')).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke CI' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect((await withIt.get('/session')).status).toBe(401);
  expect(complaints).toEqual([]);
});
