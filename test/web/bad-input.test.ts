import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  quietly,
  removeFolder,
  startOn,
  type TestServer,
  temporaryFolder,
} from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { EMAIL, givePassword, openApp, PASSWORD } from './open-app.ts';

const MOST_BYTES = 1_000_000;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([
    startOn('external', quietly({ environments: { preinstalled: false }, maxFileBytes: MOST_BYTES })),
    startChromium(),
  ]);
  await givePassword(server);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const rows = (page: Page) => page.getByRole('table', { name: 'Rows' }).getByRole('row');
/** Signs in where the page asks for it, over what is there. */
async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('E-mail address').fill(EMAIL);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
/** Holds requests back until it is called. */
async function holdBack(page: Page, url: RegExp, method: string): Promise<{ held: () => number; letGo: () => void }> {
  let held = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    held++;
    await promise;
    await route.fallback();
  });
  return { held: () => held, letGo: resolve };
}

it('keeps what is typed while a slow server saves, and saves once however often it is told to', async () => {
  const id = await server.client.create([{ name: 'n', type: 'sequence' }], 'Slow');
  const { page, complaints } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  const { held, letGo } = await holdBack(page, /\/templates\/tmpl_/, 'PATCH');
  const name = page.getByLabel('Name of the template');
  await name.fill('First');
  await page.keyboard.press('Control+s');
  await expect.poll(held).toBe(1);
  await name.fill('First, and more');
  await page.keyboard.press('Control+s');
  await page.keyboard.press('Control+s');
  letGo();
  await page.getByText('Saved as version 2').waitFor();
  await page.getByText('Not saved', { exact: true }).waitFor();
  expect([held(), await name.inputValue()]).toEqual([1, 'First, and more']);
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'First', version: 2 });
  await page.keyboard.press('Control+s');
  await page.getByText('Version 3', { exact: true }).waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'First, and more', version: 3 });
  expect(complaints).toEqual([]);
}, 60_000);

it('shows a page whose rows a slow server is asked for as one that loads, and leaves it at once', async () => {
  await server.client.create([{ name: 'n', type: 'sequence' }], 'Late');
  const { page, complaints } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  const { held, letGo } = await holdBack(page, /\/templates\?/, 'GET');
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: 'Templates' }).click();
  await expect.poll(held).toBeGreaterThan(0);
  await page.getByText('Loading', { exact: false }).first().waitFor();
  expect(await page.getByText('Your first rows are a minute away').count()).toBe(0);
  await main.getByRole('link', { name: 'Files' }).click();
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  letGo();
  await main.getByRole('link', { name: 'Templates' }).click();
  await page.getByRole('link', { name: 'Late', exact: true }).waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

it('asks the server also where the browser takes itself for offline', async () => {
  const { page, complaints } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  await page.evaluate(
    "Object.defineProperty(navigator, 'onLine', { get: () => false }); dispatchEvent(new Event('offline'))",
  );
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('Offline');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('region', { name: 'the key' }).waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

it('asks to sign in again over code that is edited, and over a log that is followed', async () => {
  const code = 'import time\nprint("begun")\ntime.sleep(600)\n';
  const { body } = await server.client.post<{ id: string }>('/scenarios', { name: 'Long', code });
  const run = await server.client.post<{ run_id: string }>(`/scenarios/${body.id}/run`, {});
  const { page, context, complaints } = await openApp(browser, server, `/scenarios/${body.id}?run=${run.body.run_id}`);
  await page.getByRole('region', { name: 'Lines' }).getByText('begun').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# typed before');
  await context.clearCookies();
  await page.keyboard.press('Control+s');
  await signInAgain(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  expect((await server.client.get<{ code: string }>(`/scenarios/${body.id}`)).body.code).toBe(`${code}# typed before`);

  // The page is opened anew by somebody whose session ends while the log is not yet there.
  let ends = 0;
  await page.route(/\/logs\?/, async (route) => {
    if (ends++ === 0) await context.clearCookies();
    const { cookie: _, ...headers } = await route.request().allHeaders();
    await route.continue(ends === 1 ? { headers } : {});
  });
  await page.reload();
  await signInAgain(page);
  const shown = page.getByRole('region', { name: 'Console' });
  await shown.getByText('running', { exact: true }).waitFor();
  await shown.getByRole('button', { name: 'Cancel', exact: true }).click();
  await shown.getByText('cancelled', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

it('says of a huge upload how large a file may be, and takes the next one', async () => {
  const { page, complaints } = await openApp(browser, server, '/files');
  await page.getByText('No files yet').waitFor();
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const upload = async (name: string, bytes: number): Promise<void> => {
    writeFileSync(join(folder, name), 'a,b\n1,2\n');
    if (bytes > 0) truncateSync(join(folder, name), bytes);
    await page.locator('input[type=file]').setInputFiles(join(folder, name));
  };
  await upload('huge.csv', 500 * MOST_BYTES);
  await page.getByRole('alert').getByText('1000000 bytes', { exact: false }).waitFor();
  await upload('right.csv', 0);
  await page.getByRole('cell', { name: 'right.csv', exact: true }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect((await server.client.get<{ items: { name: string }[] }>('/workspace/files')).body.items).toMatchObject([
    { name: 'right.csv' },
  ]);
  expect(complaints).toEqual([]);
}, 60_000);

it('lists what was deleted where one of the lists fails, and says which could not be read', async () => {
  const template = await server.client.create([{ name: 'n', type: 'sequence' }], 'Gone template');
  await server.client.delete(`/templates/${template}`);
  const { page } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  await page.route(/\/scenarios\/deleted/, (route) =>
    route.fulfill({ status: 403, json: { error: { code: 'forbidden', message: 'Not for you' } } }),
  );
  const { held, letGo } = await holdBack(page, /\/templates\/deleted/, 'GET');
  await page.goto(`${server.client.url}/app/settings?tab=deleted`);
  await expect.poll(held).toBe(1);
  await page.getByRole('alert').getByText('Not for you').waitFor();
  await page.getByText('Loading', { exact: false }).waitFor();
  expect(await page.getByText('Nothing was deleted').count()).toBe(0);
  letGo();
  await page.getByRole('button', { name: 'Restore Gone template' }).waitFor();
  await page.unroute(/\/scenarios\/deleted/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').waitFor({ state: 'hidden' });
}, 60_000);
