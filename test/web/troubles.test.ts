import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';

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

const GRID = '[role=table][aria-label=Rows]';
/** What a text of JavaScript says of the first element that a selector finds, which it calls `box`. */
const of = <T>(page: Page, selector: string, text: string): Promise<T> =>
  page.evaluate<T>(`((box) => { ${text} })(document.querySelector(${JSON.stringify(selector)}))`);
const rows = (page: Page) => page.getByRole('table', { name: 'Rows' }).getByRole('row');

it('merges what two have made of the same version', async () => {
  const id = await server.client.create(
    [
      { name: 'id', type: 'sequence' },
      { name: 'name', type: 'full_name' },
    ],
    'Of two',
  );
  const { page } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  await page.getByLabel('Name of the field').nth(1).fill('full_name');
  await server.client.patch(`/templates/${id}`, {
    name: 'Of both',
    fields: [
      { name: 'id', type: 'sequence' },
      { name: 'name', type: 'full_name' },
      { name: 'city', type: 'city' },
    ],
  });
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else has saved this template' });
  await dialog.getByText('both can stay', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Merge both' }).click();
  await page.getByText('Version 3', { exact: true }).waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({
    name: 'Of both',
    fields: [
      { name: 'id', type: 'sequence' },
      { name: 'full_name', type: 'full_name' },
      { name: 'city', type: 'city' },
    ],
  });
  expect(await page.getByLabel('Name of the template').inputValue()).toBe('Of both');
});

it('says that the server is away, loses nothing, and goes on when it is back', async () => {
  const id = await server.client.create([{ name: 'id', type: 'sequence' }], 'Away');
  const { page, context } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  await page.getByLabel('Name of the template').fill('Typed before');
  await context.route(/^http/, (route) => route.abort());
  await page.keyboard.press('Control+s');
  const banner = page.getByText('What you have typed is kept', { exact: false });
  await banner.waitFor();
  // The rows are made in the browser, which goes on.
  await page.getByRole('button', { name: 'Open the options of id' }).click();
  await page.getByLabel('start', { exact: true }).fill('700');
  await rows(page).nth(1).getByText('700', { exact: true }).waitFor();
  await context.unroute(/^http/);
  await banner.waitFor({ state: 'hidden' });
  expect(await page.getByLabel('Name of the template').inputValue()).toBe('Typed before');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  expect((await server.client.get(`/templates/${id}`)).body).toMatchObject({
    name: 'Typed before',
    fields: [{ name: 'id', options: { start: 700 } }],
  });
});

it('shows Hebrew and Arabic from the right, in cells, boxes, lists and logs', async () => {
  const [hebrew, arabic] = ['שלום עולם', 'مرحبا بالعالم'];
  const id = await server.client.create(
    [
      { name: 'עיר', type: 'constant', options: { value: hebrew } },
      { name: 'latin', type: 'constant', options: { value: 'plain' } },
    ],
    arabic,
  );
  const scenario = await server.client.post<{ id: string }>('/scenarios', {
    name: hebrew,
    code: `print(${JSON.stringify(hebrew)})\n`,
  });
  const run = await server.client.post<{ run_id: string }>(`/scenarios/${scenario.body.id}/run`, { wait: true });
  const { page } = await openApp(browser, server, `/templates/${id}`);
  /** At which side of its box a text is, and where its first letter is in it. */
  const sides = (selector: string): Promise<string> =>
    of(
      page,
      selector,
      `const range = document.createRange();
      range.selectNodeContents(box);
      const [text, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
      const letter = document.createRange();
      const node = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode();
      letter.setStart(node, 0);
      letter.setEnd(node, 1);
      const first = letter.getBoundingClientRect();
      const side = around.right - text.right < text.left - around.left ? 'right' : 'left';
      return side + ', first letter ' + (first.left + first.right > text.left + text.right ? 'right' : 'left');`,
    );
  await rows(page).nth(1).waitFor();
  expect(await sides(`[role=cell][title="${hebrew}"]`)).toBe('right, first letter right');
  expect(await sides('[role=cell][title="plain"]')).toBe('left, first letter left');
  const direction = (label: string): Promise<string> =>
    of(page, `[aria-label="${label}"]`, 'return getComputedStyle(box).unicodeBidi;');
  expect([await direction('Name of the template'), await direction('Name of the field')]).toEqual([
    'plaintext',
    'plaintext',
  ]);
  await page.goto(`${server.client.url}/app/templates`);
  await page.getByRole('link', { name: arabic }).waitFor();
  expect(await sides('td:has(a)')).toBe('right, first letter right');
  await page.goto(`${server.client.url}/app/scenarios/${scenario.body.id}?run=${run.body.run_id}`);
  await page.getByRole('region', { name: 'Lines' }).getByText(hebrew).waitFor();
  expect(await sides('[role=region][aria-label=Lines] span[dir=auto]')).toContain('first letter right');
});

it('opens a template of as many fields as one may have, of which those in sight are there, and finds one', async () => {
  const fields = Array.from({ length: 1000 }, (_, n) => ({
    name: `column_${n}`,
    type: n % 2 === 0 ? 'sequence' : 'city',
  }));
  const id = await server.client.create(fields, 'Wide');
  const { page, complaints } = await openApp(browser, server, `/templates/${id}`);
  await rows(page).nth(1).waitFor();
  expect(await page.getByRole('columnheader').count()).toBeLessThan(60);
  expect(await page.getByLabel('Name of the field').count()).toBeLessThan(200);
  await page.getByRole('list', { name: 'Fields, 951 to 1000' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Open the options of column_999' }).waitFor();
  await page.getByLabel('Find a field').fill('column_77');
  await page.getByRole('button', { name: 'Open the options of column_778' }).click();
  await page.getByLabel('start', { exact: true }).fill('4711');
  await of(page, GRID, 'box.scrollLeft = (box.scrollWidth * 778) / 1000;');
  await rows(page).nth(1).getByText('4711', { exact: true }).waitFor();
  await of(page, GRID, 'box.scrollTop = box.scrollHeight;');
  await page.getByRole('cell', { name: '1004710', exact: true }).waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

it('goes through a million rows by keyboard, each of which is there at once', async () => {
  const id = await server.client.create([{ name: 'n', type: 'sequence', options: { start: 0 } }], 'Million');
  const { page } = await openApp(browser, server, `/templates/${id}`);
  const cell = (text: string) => page.getByRole('cell', { name: text, exact: true });
  await cell('0').first().waitFor();
  const table = page.getByRole('table', { name: 'Rows' });
  await table.focus();
  await page.keyboard.press('End');
  await cell('999999').waitFor();
  /** The number of the first row that is whole in sight. */
  const top = (): Promise<number> =>
    of(
      page,
      GRID,
      `
      const head = box.querySelector('[role=columnheader]').getBoundingClientRect().bottom;
      const row = [...box.querySelectorAll('[role=row][aria-rowindex]')].find((one) => one.getBoundingClientRect().top >= head - 2);
      return Number(row.getAttribute('aria-rowindex')) - 2;
    `,
    );
  const before = await top();
  await page.keyboard.press('ArrowUp');
  // What is placed at whole pixels of the bar is a row and a bit at most.
  await expect.poll(top).toBeLessThan(before);
  expect(before - (await top())).toBeLessThanOrEqual(2);
  await page.keyboard.press('PageUp');
  // No row is passed over by a page.
  await expect.poll(async () => before - (await top())).toBeGreaterThan(5);
  expect(before - (await top())).toBeLessThan(30);
  await page.keyboard.press('Home');
  await cell('0').first().waitFor();
});

it('comes to the last of a million rows on a screen of twice as many pixels', async () => {
  // The most that a box can be goes by what Chromium was started with, and not by what a context says in its place.
  const fine = await startChromium('--force-device-scale-factor=2');
  onTestFinished(() => fine.close());
  const id = await server.client.create([{ name: 'n', type: 'sequence', options: { start: 0 } }], 'Fine');
  const { page } = await openApp(fine, server, `/templates/${id}`, { deviceScaleFactor: 2 });
  const cell = (text: string) => page.getByRole('cell', { name: text, exact: true });
  await cell('0').first().waitFor();
  await page.getByRole('table', { name: 'Rows' }).focus();
  await page.keyboard.press('End');
  await cell('999999').waitFor();
});
