import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { EMAIL, givePassword, openApp, PASSWORD } from './open-app.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
  { name: 'email', type: 'email' },
];

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

const fieldNames = (page: Page) =>
  page
    .getByLabel('Name of the field')
    .evaluateAll((inputs) => inputs.map((input) => (input as { value?: string }).value));
const rows = (page: Page) => page.getByRole('table', { name: 'Rows' }).getByRole('row');

it('previews what is typed with the bytes that the server sends once it is saved', async () => {
  const id = await server.client.create(FIELDS, 'People');
  const { page, elsewhere, complaints } = await openApp(browser, server, `/templates/${id}?seed=demo&from=1000000`);
  await rows(page).nth(1).waitFor();

  await page.getByRole('button', { name: 'Add field' }).click();
  await page.getByLabel('Search types').fill('nested template');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Type of email/ }).click();
  await page.getByLabel('Search types').fill('iban');
  await page.keyboard.press('Enter');
  // By keyboard to the place above.
  await page.getByRole('button', { name: /^Move email/ }).press('ArrowUp');
  expect((await fieldNames(page)).slice(0, 4)).toEqual(['id', 'email', 'name', 'template']);

  await page.getByRole('tab', { name: 'JSON' }).click();
  const json = page.getByRole('region', { name: 'Rows as JSON' }).locator('pre');
  await json.getByText('"template":{"street"').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  const sent = await server.client.post(`/templates/${id}/generate`, {
    seed: 'demo',
    from: 1_000_000,
    count: 200,
    format: 'json',
  });
  expect(await json.textContent()).toBe(sent.text);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('begins with all that a template needs at once, and with no more than that', async () => {
  const id = await server.client.create(FIELDS, 'Early');
  const { page, complaints } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\/session$/, async (route) => {
    await promise;
    await route.fallback();
  });
  await page.goto(`${server.client.url}/app/templates/${id}`);
  // Who is signed in is not known yet.
  for (const needed of [/^\/session$/, /engine\.worker/, /^\/templates\/tmpl_/, /TemplatePage/]) {
    await expect.poll(() => asked.filter((path) => needed.test(path))).toHaveLength(1);
  }
  resolve();
  await rows(page).nth(1).waitFor();
  // No more than once, no code editor, and nothing of what names mean.
  expect(asked.filter((path) => path.startsWith('/templates/'))).toEqual([`/templates/${id}`]);
  expect(asked.filter((path) => /CodeEditor|pyright|infer|ruff/.test(path))).toEqual([]);
  expect(complaints).toEqual([]);
});

it.each(['Enter', 'Space', 'ArrowDown'])(
  'has the same item of a menu in focus the first time that %s opens it',
  async (key) => {
    const id = await server.client.create(FIELDS, 'By key');
    const { page, complaints } = await openApp(browser, server, `/templates/${id}`);
    const more = page.getByRole('button', { name: 'More for name', exact: true });
    const focused = () => page.evaluate('`${document.activeElement.role} ${document.activeElement.textContent}`');
    await more.press(key);
    await expect.poll(focused).toBe('menuitem Duplicate');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await more.press(key);
    await expect.poll(focused).toBe('menuitem Duplicate');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('menuitem Remove');
    await page.keyboard.press('Enter');
    await expect.poll(() => fieldNames(page)).toEqual(['id', 'email']);
    expect(complaints).toEqual([]);
  },
);

it('moves a field past the next one in sight, where a search hides those between', async () => {
  const names = Array.from({ length: 45 }, (_, n) => (n % 10 === 3 ? `price_${n}` : `other_${n}`));
  const id = await server.client.create(
    names.map((name) => ({ name, type: 'boolean' })),
    'Moved',
  );
  const { page, complaints } = await openApp(browser, server, `/templates/${id}`);
  const find = page.getByLabel('Find a field');
  const handle = (name: string) => page.getByRole('button', { name: `Move ${name}:` });
  /** The order of all fields, those in front that are not where they were at the beginning. */
  const order = async (): Promise<string[]> => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Version \d+$/).waitFor();
    const { body } = await server.client.get<{ fields: { name: string }[] }>(`/templates/${id}`);
    return body.fields.map(({ name }) => name);
  };
  const without = (name: string): string[] => names.filter((one) => one !== name);
  await find.fill('price');
  await handle('price_13').press('ArrowDown');
  expect(await fieldNames(page)).toEqual(['price_3', 'price_23', 'price_13', 'price_33', 'price_43']);
  // The handle keeps the focus, so that one can go on; behind the last one there is nothing to go past.
  await expect
    .poll(() => page.evaluate('document.activeElement.getAttribute("aria-label")'))
    .toContain('Move price_13:');
  for (let press = 0; press < 3; press++) await handle('price_13').press('ArrowDown');
  expect((await fieldNames(page)).at(-1)).toBe('price_13');
  expect(await order()).toEqual(without('price_13').toSpliced(43, 0, 'price_13'));

  for (let press = 0; press < 3; press++) await handle('price_13').press('ArrowUp');
  expect(await fieldNames(page)).toEqual(['price_3', 'price_13', 'price_23', 'price_33', 'price_43']);
  expect(await order()).toEqual(without('price_13').toSpliced(22, 0, 'price_13'));

  // What is dragged comes before or behind what it is let go on, whatever is hidden between.
  const field = (name: string) => page.locator('li[data-field]').filter({ has: handle(name) });
  await handle('price_43').dragTo(field('price_3'));
  expect(await fieldNames(page)).toEqual(['price_43', 'price_3', 'price_13', 'price_23', 'price_33']);
  await handle('price_43').dragTo(field('price_23'));
  expect(await fieldNames(page)).toEqual(['price_3', 'price_13', 'price_23', 'price_43', 'price_33']);
  await find.fill('');
  const saved = await order();
  expect(saved.indexOf('price_43')).toBe(saved.indexOf('price_23') + 1);
  expect(saved.toSorted()).toEqual(names.toSorted());
  expect(complaints).toEqual([]);
});

it('says at the field what is wrong, and puts it right with a click', async () => {
  const id = await server.client.create(FIELDS, 'Wrong');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await page.getByRole('button', { name: 'Open the options of id' }).click();
  await page.getByLabel('start', { exact: true }).fill('x');
  await page.getByText('`start` must be', { exact: false }).first().waitFor();
  // The rows before stay, and nothing is lost by going on.
  expect(await rows(page).count()).toBeGreaterThan(5);
  await page.getByLabel('start', { exact: true }).fill('500');
  await rows(page).nth(1).getByText('500', { exact: true }).waitFor();
  expect(await page.getByText('must be', { exact: false }).count()).toBe(0);

  await page.getByRole('button', { name: 'Open the options of name' }).click();
  await page.getByText('Nulls, uniqueness and more').click();
  await page.getByLabel('locale', { exact: true }).fill('de_XX');
  await page.getByRole('button', { name: /^Use de_/ }).click();
  await page.getByText('unknown locale').waitFor({ state: 'hidden' });
});

it('scrolls to rows far down, which are made when they come into sight', async () => {
  const id = await server.client.create([{ name: 'n', type: 'sequence' }], 'Long');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  await page.getByRole('table', { name: 'Rows' }).evaluate((grid) => {
    const box = grid as unknown as { scrollTop: number; scrollHeight: number };
    box.scrollTop = box.scrollHeight;
  });
  await page.getByRole('cell', { name: '1000000', exact: true }).waitFor();
  expect(await rows(page).count()).toBeLessThan(100);
});

it('shows who was faster when a save comes too late, and lets one choose', async () => {
  const id = await server.client.create(FIELDS, 'Shared');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  await server.client.patch(`/templates/${id}`, { fields: [...FIELDS, { name: 'theirs', type: 'city' }] });
  await page.getByLabel('Name of the template').fill('Mine');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else has saved this template' });
  await dialog.getByText('theirs').first().waitFor();
  expect((await server.client.get<{ name: string }>(`/templates/${id}`)).body.name).toBe('Shared');
  await dialog.getByRole('button', { name: 'Save yours' }).click();
  await page.getByText('Version 3', { exact: true }).waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({ name: 'Mine', fields: FIELDS });
});

it('compares versions and rolls back', async () => {
  const id = await server.client.create(FIELDS, 'First');
  await server.client.patch(`/templates/${id}`, { fields: FIELDS.slice(0, 2) });
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('dialog').getByText('− {"type":"email"}').waitFor();
  await page.getByRole('button', { name: 'Roll back to version 1' }).click();
  await page.getByText('Version 3', { exact: true }).waitFor();
  expect(await fieldNames(page)).toEqual(['id', 'name', 'email']);
});

it('generates as a run and saves the same bytes', async () => {
  const id = await server.client.create(FIELDS, 'Saved');
  const { page, complaints } = await openApp(browser, server, `/templates/${id}?seed=demo`);
  await page.getByRole('button', { name: 'Generate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Rows').fill('1234');
  // The first answer is lost on its way; what it answers has begun, and is not begun again.
  await page.route(
    '**/generate',
    async (route) => {
      await route.fetch({ headers: { ...(await route.request().allHeaders()), origin: server.client.url } });
      await route.abort();
    },
    { times: 1 },
  );
  await dialog.getByRole('button', { name: 'Generate and save' }).click();
  await dialog.getByText('The server cannot be reached', { exact: false }).waitFor();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Generate and save' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('Saved.csv');
  const lines = readFileSync(await file.path(), 'utf8');
  const sent = await server.client.post(`/templates/${id}/generate`, { count: 1234, format: 'csv', seed: 'demo' });
  expect(lines).toBe(sent.text);
  await dialog.getByText('1,234 of 1,234 rows').waitFor();
  const runs = (await server.client.get<{ items: { subject_id?: string; params: object }[] }>('/runs')).body.items;
  expect(runs.filter((run) => JSON.stringify(run).includes(id))).toHaveLength(1);
  expect(complaints).toEqual([]);
});

it('asks to sign in again over an edit, which stays', async () => {
  const id = await server.client.create(FIELDS, 'Kept');
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  await page.getByLabel('Name of the template').fill('Edited');
  await context.clearCookies();
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('E-mail address').fill(EMAIL);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  expect((await server.client.get<{ name: string }>(`/templates/${id}`)).body.name).toBe('Edited');
});

it('asks before it leaves an edit for another project, which other tabs do not go to', async () => {
  const id = await server.client.create(FIELDS, 'Of the first');
  expect((await server.client.post('/projects', { name: 'Second' })).status).toBe(201);
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  const main = page.getByRole('navigation', { name: 'Main' });
  const switchTo = async (name: string): Promise<void> => {
    await main.getByRole('button').first().click();
    await page.getByRole('menuitem', { name }).click();
  };
  await page.getByLabel('Name of the template').fill('Of mine');
  const asked: string[] = [];
  page.once('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await switchTo('Second');
  await expect.poll(() => asked.length).toBe(1);
  // What is saved now still goes where it belongs.
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  await switchTo('Second');
  await page.getByRole('heading', { name: 'Templates' }).waitFor();
  await main.getByText('Second').waitFor();
  await page.getByText('Your first rows are a minute away').waitFor();

  const other = await context.newPage();
  await other.goto(`${server.client.url}/app/templates`);
  const otherMain = other.getByRole('navigation', { name: 'Main' });
  await otherMain.getByText('Second').waitFor();
  await otherMain.getByRole('button').first().click();
  await other.getByRole('menuitem').filter({ hasNotText: 'Second' }).click();
  await other.getByText('Of mine').waitFor();
  await page.reload();
  await main.getByText('Second').waitFor();
  await page.getByText('Your first rows are a minute away').waitFor();
});
