import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quietly, startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([
    startOn('external', quietly({ environments: { preinstalled: false } })),
    startChromium(),
  ]);
  await givePassword(server);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const create = async (name: string, code: string): Promise<string> =>
  (await server.client.post<{ id: string }>('/scenarios', { name, code })).body.id;
/** The code in the editor, with the cursor at its end. */
async function openCode(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Code' }).focus();
  await page.keyboard.press('Control+End');
}

it('completes what dm can do, complains of what is wrong, and formats', async () => {
  const id = await create('Typed', 'from datamaker import DataMaker\n\ndm = DataMaker()\n');
  const { page, elsewhere, complaints } = await openApp(browser, server, `/scenarios/${id}`);
  await openCode(page);
  await page.keyboard.type('dm.');
  await page.getByRole('option', { name: 'connection, Method' }).waitFor();
  await page.keyboard.type('gener');
  await page.getByRole('option', { name: /^generate,/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('("Customer",undefined_name)');
  await page.locator('.squiggly-error').waitFor();
  await page
    .locator('.view-line')
    .first()
    .hover({ position: { x: 200, y: 8 } });
  await page.getByText('DataMaker, for programs that wait').waitFor();
  await page.getByRole('button', { name: 'Format' }).click();
  await page.getByText('dm.generate("Customer", undefined_name)').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Version 2', { exact: true }).waitFor();
  const { body } = await server.client.get<{ code: string }>(`/scenarios/${id}`);
  expect(body.code).toBe(
    'from datamaker import DataMaker\n\ndm = DataMaker()\ndm.generate("Customer", undefined_name)\n',
  );
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
}, 90_000);

it('runs with parameters and shows the log as it comes, until it is cancelled', async () => {
  const code = [
    'import sys, time',
    'from datamaker import DataMaker',
    'size = DataMaker().params.get_int("size")',
    'print("\\x1b[31mred\\x1b[0m <b>size</b>", size)',
    'time.sleep(600)',
    '',
  ].join('\n');
  const id = await create('Long', code);
  const { page, elsewhere, complaints } = await openApp(browser, server, `/scenarios/${id}`);
  await page.getByLabel('Parameters').fill('{"size": 7}');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const lines = page.getByRole('region', { name: 'Lines' });
  await lines.getByText('<b>size</b> 7').waitFor();
  expect(await lines.getByText('red', { exact: true }).getAttribute('class')).toBe('text-bad');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const shown = page.getByRole('region', { name: 'Console' });
  await shown.getByText('cancelled', { exact: true }).waitFor();
  // The run is in the address: who comes back sees it again.
  await page.reload();
  await lines.getByText('<b>size</b> 7').waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('tabpanel').getByText('cancelled').waitFor();
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
}, 90_000);

it('scrolls through a long log, searches it and goes to the error, with few lines on the page', async () => {
  const count = 60_000;
  const code = `for i in range(${count}):\n    print(f"line {i} needle" if i % 20000 == 9999 else f"line {i}")\nraise ValueError("the end")\n`;
  const id = await create('Lines', code);
  const { body } = await server.client.post<{ run_id: string; state: string }>(`/scenarios/${id}/run`, { wait: true });
  expect(body.state).toBe('failed');
  const { page, complaints } = await openApp(browser, server, `/scenarios/${id}?run=${body.run_id}`);
  const lines = page.getByRole('region', { name: 'Lines' });
  await lines.getByText('ValueError: the end').waitFor();
  const search = page.getByLabel('Search the log');
  await search.fill('NEEDLE');
  await search.press('Enter');
  await lines.getByText('line 9999 needle').waitFor();
  await page.getByText('1 of 3', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next place' }).click();
  await lines.getByText('line 29999 needle').waitFor();
  await page.getByRole('button', { name: 'Previous place' }).click();
  await lines.getByText('line 9999 needle').waitFor();
  await page.getByRole('button', { name: 'To the error' }).click();
  await lines.getByText('Traceback (most recent call last)').waitFor();
  await lines.evaluate((box) => {
    (box as unknown as { scrollTop: number }).scrollTop = 0;
  });
  await lines.getByText('line 0', { exact: true }).waitFor();
  expect(await lines.locator('> div > div').count()).toBeLessThan(100);
  expect(complaints).toEqual([]);
}, 90_000);

it('runs by schedule, which is paused and deleted by its name', async () => {
  const id = await create('Daily', 'print(1)\n');
  const { page, complaints } = await openApp(browser, server, `/scenarios/${id}?tab=schedules`);
  await page.getByLabel('When').fill('0 6 * * 9');
  await page.getByRole('button', { name: 'Add schedule' }).click();
  await page.getByRole('tabpanel').getByRole('alert').waitFor();
  await page.getByLabel('When').fill('0 6 * * 1');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  await page.getByRole('button', { name: 'Add schedule' }).click();
  await page.getByRole('list', { name: 'Next times of 0 6 * * 1' }).getByRole('listitem').nth(2).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete 0 6 * * 1' }).click();
  await page
    .getByRole('dialog', { name: 'Delete 0 6 * * 1?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await page.getByRole('button', { name: 'Go on' }).waitFor({ state: 'hidden' });
  expect((await server.client.get<{ total: number }>(`/scenarios/${id}/schedules`)).body.total).toBe(0);
  expect(complaints).toEqual([]);
}, 60_000);
