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
  const shown = page.getByRole('region', { name: 'Console' });
  await shown.getByText('running', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await shown.getByText('cancelled', { exact: true }).waitFor();
  // The run is in the address: who comes back sees it again.
  await page.reload();
  await lines.getByText('<b>size</b> 7').waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('tabpanel').getByText('cancelled').waitFor();
  // The page of the run leads there.
  const run = new URL(page.url()).searchParams.get('run');
  await page.goto(`${server.client.url}/app/runs/${run}`);
  await page.getByRole('link', { name: 'The scenario and its log' }).click();
  await lines.getByText('<b>size</b> 7').waitFor();
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
}, 90_000);

it('goes on with a log where the connection has broken off, and shows what overwrites itself', async () => {
  const id = await create('Broken', 'print("first")\nprint("10 %\\r20 %")\nprint("last")\n');
  const { body } = await server.client.post<{ run_id: string }>(`/scenarios/${id}/run`, { wait: true });
  const { page, complaints } = await openApp(browser, server, `/scenarios/${id}`);
  // As if no line was there when it was opened, and the server stopped after the first one.
  await page.route(/\/logs\?lines=1$/, (route) =>
    route.fulfill({ headers: { 'X-DataMaker-Log-Lines': '0' }, body: '' }),
  );
  const behind: (string | undefined)[] = [];
  await page.route(/\/logs\?follow=true/, async (route) => {
    behind.push(route.request().headers()['last-event-id']);
    if (behind.length > 1) return route.continue();
    await route.fulfill({ contentType: 'text/event-stream', body: 'id: 6\ndata: first\n\n' });
  });
  await page.goto(`${server.client.url}/app/scenarios/${id}?run=${body.run_id}`);
  const lines = page.getByRole('region', { name: 'Lines' });
  await lines.getByText('last', { exact: true }).waitFor();
  expect(await lines.locator('> div > div > div').allInnerTexts()).toEqual([
    expect.stringMatching(/^1\s*first$/),
    expect.stringMatching(/^2\s*20 %$/),
    expect.stringMatching(/^3\s*last$/),
  ]);
  expect(behind).toEqual([undefined, '6']);
  await page.getByText('The connection is broken').waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
}, 60_000);

it('takes what others have saved while nothing is typed, and asks whose stays once something is', async () => {
  const id = await create('Shared', 'print(1)\n');
  const saveElsewhere = (code: string) => server.client.send('PUT', `/scenarios/${id}`, { code });
  const { page, complaints } = await openApp(browser, server, `/scenarios/${id}`);
  const line = page.locator('.view-line').first();
  const code = page.getByRole('textbox', { name: 'Code' });
  const keys = page.locator(`[id="${await code.getAttribute('aria-describedby')}"]`);
  expect(await keys.textContent()).toContain('Ctrl M lets Tab leave the code');
  await saveElsewhere('print(2)\n');
  // Long enough after that the page asks again when somebody comes back to it.
  await page.evaluate('const now = Date.now; Date.now = () => now() + 60_000');
  await page.evaluate('dispatchEvent(new Event("visibilitychange"))');
  await page.getByText('Version 2', { exact: true }).waitFor();
  await line.getByText('print(2)').waitFor();

  await saveElsewhere('print(3)\n');
  await openCode(page);
  await page.keyboard.type('mine = 1');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else has saved this scenario' });
  await dialog.getByRole('region', { name: 'their code' }).getByText('print(3)').waitFor();
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await line.getByText('print(3)').waitFor();

  await saveElsewhere('print(4)\n');
  await openCode(page);
  await page.keyboard.type('mine = 2');
  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Save yours as a newer version' }).click();
  await page.getByText('Version 5', { exact: true }).waitFor();
  expect((await server.client.get<{ code: string }>(`/scenarios/${id}`)).body.code).toBe('print(3)\nmine = 2');
  expect(complaints).toEqual([]);
}, 90_000);

it('runs for each row of a set, as its button says, and not while the parameters are no JSON', async () => {
  const id = await create('Rows', 'print(1)\n');
  await server.client.post('/sets', { name: 'three', rows: [{ n: 1 }, { n: 2 }, { n: 3 }] });
  const { page, complaints } = await openApp(browser, server, `/scenarios/${id}`);
  const total = async (): Promise<number> =>
    (await server.client.get<{ total: number }>(`/scenarios/${id}/runs`)).body.total;
  await page.getByLabel('Parameters').fill('{"size": ');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.locator('textarea:invalid:focus').waitFor();
  expect(await total()).toBe(0);
  await page.getByLabel('Parameters').fill('{"size": 1}');
  // What is run is what is on the page, whatever others have saved meanwhile.
  await server.client.send('PUT', `/scenarios/${id}`, { code: 'print("of somebody else")\n' });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('region', { name: 'Console' }).waitFor();
  const listed = await server.client.get<{ items: { scenario_version: number }[] }>(`/scenarios/${id}/runs`);
  expect(listed.body.items.map(({ scenario_version }) => scenario_version)).toEqual([1]);
  await page.getByLabel('Once for each row of').selectOption('three');
  await page.getByRole('button', { name: 'Run for each of 3 rows' }).click();
  await page.getByText('3 runs have begun').waitFor();
  expect(await total()).toBe(4);
  expect(complaints).toEqual([]);
}, 60_000);

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
  await page.getByLabel('Parameters').fill('{"size": 7}');
  await page.getByRole('button', { name: 'Add schedule' }).click();
  await page.getByRole('list', { name: 'Next times of 0 6 * * 1' }).getByRole('listitem').nth(2).waitFor();
  await page.getByText('{"size":7}', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete 0 6 * * 1' }).click();
  await page
    .getByRole('dialog', { name: 'Delete 0 6 * * 1?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await page.getByRole('button', { name: 'Resume' }).waitFor({ state: 'hidden' });
  expect((await server.client.get<{ total: number }>(`/scenarios/${id}/schedules`)).body.total).toBe(0);
  expect(complaints).toEqual([]);
}, 60_000);
