import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { EMAIL, givePassword, openApp, PASSWORD } from './open-app.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external'), startChromium()]);
  await givePassword(server);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const NUMBERS = [{ name: 'n', type: 'sequence' }];
const cells = (page: Page) => page.getByRole('table', { name: 'Rows' }).getByRole('cell');
const named = (page: Page) => page.getByLabel('Name of the template');
const badge = (page: Page, text: string) => page.getByText(text, { exact: true });
const link = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });

it('stays as it is when code that a link would need cannot be had, and goes there once it can', async () => {
  const id = await server.client.create(NUMBERS, 'Stays');
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await page.evaluate('window.same = true');
  await context.route(/^http/, (route) => route.abort());
  await link(page, 'Chats').hover();
  const banner = page.getByText('What you have typed is kept', { exact: false });
  await banner.waitFor();
  expect(await page.evaluate('window.same')).toBe(true);
  await context.unroute(/^http/);
  await banner.waitFor({ state: 'hidden' });
  await link(page, 'Chats').click();
  await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
});

it('goes on where a newer build has other files, without losing what is not saved', async () => {
  const id = await server.client.create(NUMBERS, 'Newer');
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await named(page).fill('Not saved yet');
  await page.evaluate('window.same = true');
  // As after an update: a file that the page knows is gone, and the server's page begins with another.
  let gone = 0;
  let isAnew = false;
  await context.route(/\/assets\/Chats-/, (route) => {
    if (isAnew) return route.continue();
    gone += 1;
    return route.fulfill({ status: 404, body: '' });
  });
  const entry =
    /src="([^"]*\/index-[^"]+)"/.exec(await (await context.request.get(`${server.client.url}/app/`)).text())?.[1] ?? '';
  await context.route(/\/assets\/newer\.js$/, (route) => {
    isAnew = true;
    return route.fulfill({ contentType: 'text/javascript', body: `import ${JSON.stringify(entry)};` });
  });
  await context.route(/\/app\/[^.]*$/, async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ response: answer, body: (await answer.text()).replace(entry, '/app/assets/newer.js') });
  });
  await link(page, 'Chats').hover();
  await expect.poll(() => gone).toBeGreaterThan(0);
  await page.getByText('A newer version of the app is there', { exact: false }).waitFor();
  expect(await named(page).inputValue()).toBe('Not saved yet');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await badge(page, 'Version 2').waitFor();
  await link(page, 'Chats').click();
  await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  expect(await page.evaluate('window.same')).toBeUndefined();
});

it('opens in another project when the one that was chosen is no longer there, and forgets it at the sign-out', async () => {
  const { page } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  const choose = (id: string) =>
    page.evaluate(`for (const at of [localStorage, sessionStorage]) at.setItem('datamaker.project', '${id}')`);
  await choose('proj_gone');
  await page.goto(`${server.client.url}/app/templates`);
  await page.getByRole('heading', { name: 'Templates', exact: true }).waitFor();
  const chosen = () => page.evaluate("localStorage.getItem('datamaker.project')");
  await expect.poll(chosen).toBeNull();
  expect(await page.getByText('there is no such project').count()).toBe(0);
  await choose('proj_other');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button').last().click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
  expect(await chosen()).toBeNull();
});

it('shows the version that is there, and makes rows of the one that it shows', async () => {
  const id = await server.client.create(NUMBERS, 'Two eyes');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await link(page, 'Files').click();
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  await server.client.patch(`/templates/${id}`, { fields: [...NUMBERS, { name: 'by_another', type: 'city' }] });
  await page.goBack();
  await badge(page, 'Version 2').waitFor();
  await page.getByRole('columnheader', { name: 'by_another' }).waitFor();
  await page.getByRole('button', { name: 'Generate' }).click();
  await server.client.patch(`/templates/${id}`, { fields: NUMBERS });
  await page.getByRole('dialog').getByLabel('Rows', { exact: true }).fill('2');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Generate and save' }).click();
  expect(readFileSync((await (await saved).path()) ?? '', 'utf8')).toMatch(/^n,by_another\r?\n/);
});

it('saves the rows also when it is told nothing of how far they are', async () => {
  const id = await server.client.create(NUMBERS, 'Silent');
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await context.route(/\/runs\/[^/]+\/events/, (route) =>
    route.fulfill({ status: 200, contentType: 'text/event-stream', body: '' }),
  );
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('dialog').getByLabel('Rows', { exact: true }).fill('1000000');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Generate and save' }).click();
  expect((await saved).suggestedFilename()).toBe('Silent.csv');
});

it('is saved after it was saved, whichever order its parts came in', async () => {
  const { body } = await server.client.post<{ id: string }>('/templates', {
    name: 'Weighted',
    weighting: 'uniform',
    fields: NUMBERS,
  });
  const { page } = await openApp(browser, server, `/templates/${body.id}`);
  await cells(page).nth(1).waitFor();
  await page
    .getByLabel(/locale/i)
    .first()
    .selectOption('de_DE');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await badge(page, 'Version 2').waitFor();
});

it('lets one look at what two have changed before it is saved, over what was looked at', async () => {
  const id = await server.client.create(NUMBERS, 'Disputed');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await named(page).fill('Mine');
  await server.client.patch(`/templates/${id}`, { name: 'Theirs' });
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else has saved this template' });
  await dialog.getByText('Look through the fields', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Merge both' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await badge(page, 'Not saved').waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'Theirs', version: 2 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await badge(page, 'Version 3').waitFor();

  await named(page).fill('Mine again');
  await server.client.patch(`/templates/${id}`, { name: 'Seen' });
  await page.keyboard.press('Control+s');
  await dialog.getByText('Version 4 was saved', { exact: false }).waitFor();
  await server.client.patch(`/templates/${id}`, { name: 'Not seen' });
  await dialog.getByRole('button', { name: 'Save yours as a newer version' }).click();
  await dialog.getByText('Version 5 was saved', { exact: false }).waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'Not seen' });
  await dialog.getByRole('button', { name: 'Save yours as a newer version' }).click();
  await badge(page, 'Version 6').waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'Mine again' });
});

it('deletes a template without asking whether to leave it, and duplicates what is saved', async () => {
  const id = await server.client.create(NUMBERS, 'To go');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await named(page).fill('To go, changed');
  const more = page.getByRole('button', { name: 'More for this template' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.getByText('Save first', { exact: false }).waitFor();
  await more.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Templates', exact: true }).waitFor();
  expect(asked).toEqual([]);
});

it('brings back a field that was removed, where it stood', async () => {
  const id = await server.client.create(
    [...NUMBERS, { name: 'city', type: 'city' }, { name: 'z', type: 'uuid' }],
    'Back',
  );
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await cells(page).nth(1).waitFor();
  await page.getByRole('button', { name: 'More for city' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'More for city' }).waitFor({ state: 'hidden' });
  // What is typed meanwhile stays.
  await page.getByLabel('Name of the field').nth(1).fill('last');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(() =>
      page
        .getByLabel('Name of the field')
        .evaluateAll((boxes) => boxes.map((box) => (box as unknown as { value: string }).value)),
    )
    .toEqual(['n', 'city', 'last']);
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' });
});

it('comes back after the sign-in to the whole address', async () => {
  const id = await server.client.create(NUMBERS, 'Linked');
  const { page } = await openApp(browser, server, `/templates/${id}?seed=abc&view=columns`, { session: false });
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await named(page).waitFor();
  expect(new URL(page.url()).search).toBe('?seed=abc&view=columns');
});

it('says that a file is too large before it reads it, and reads a large one without showing all of it', async () => {
  const { page } = await openApp(browser, server, '/new');
  await page.getByRole('tab', { name: 'CSV, JSON or a schema' }).click();
  const file = page.getByLabel('Open a file');
  const open = (name: string, bytes: Buffer) =>
    file.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
  await open('huge.csv', Buffer.alloc(5 * 1024 * 1024, 'a,b\n'));
  await page.getByRole('alert').getByText('huge.csv', { exact: false }).waitFor();
  await open('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
  await page.getByRole('alert').getByText('picture.png', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: 'Read it' }).isDisabled()).toBe(true);
  await open('large.csv', Buffer.from(`id,city\n${'1,Rome\n'.repeat(30_000)}`));
  await page.getByText('large.csv', { exact: false }).waitFor();
  expect((await page.getByLabel('Schema or sample').inputValue()).length).toBeLessThan(1000);
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('button', { name: 'Create template' }).waitFor();
  const id = await server.client.create([{ name: 'of_a_sheet', type: 'city' }], 'Sheet');
  const made = await fetch(`${server.client.url}/templates/${id}/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ count: 5, format: 'xlsx' }),
  });
  await open('book.xlsx', Buffer.from(await made.arrayBuffer()));
  await page.getByText('book.xlsx', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('of_a_sheet', { exact: false }).waitFor();
});

it('finds by its name what is far down in its list', async () => {
  const id = await server.client.create(NUMBERS, 'Needle');
  for (let n = 0; n < 55; n++) await server.client.create(NUMBERS, `Hay ${n}`);
  const { page } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('needle');
  await page.getByRole('option', { name: 'Needle' }).click();
  await page.waitForURL(`**/templates/${id}`);
});
