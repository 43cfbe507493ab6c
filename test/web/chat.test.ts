import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { talkingTo } from '../../packages/server/src/testing/chats.ts';
import { type ScriptedModel, startScriptedModel } from '../../packages/server/src/testing/scripted-model.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';

/** Says so when it is taken for markup. */
const HOSTILE = '<img src=x onerror="window.ran=1">';

let browser: Browser;
let model: ScriptedModel;
let server: TestServer;
let withModel: TestServer;
beforeAll(async () => {
  [browser, model] = await Promise.all([startChromium(), startScriptedModel()]);
  [server, withModel] = await Promise.all([startOn('external'), startOn('external', talkingTo(model))]);
  await Promise.all([givePassword(server), givePassword(withModel)]);
  await server.client.create([{ name: HOSTILE, type: 'constant', options: { value: `${HOSTILE}\u202e` } }], HOSTILE);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), withModel?.close()]);
  await model?.close();
});

const begin = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByLabel('Message').waitFor();
};
const say = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Message').fill(text);
  await page.getByLabel('Message').press('Enter');
};

it('shows what would be done, does it once it is approved, and shows the rows', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, server, '/chats');
  await begin(page);
  await page.getByText('No model is set up').waitFor();
  await page.getByLabel('Message').fill('Generate 3 rows');
  await page.getByLabel('Message').press('Shift+Enter');
  await page.keyboard.type(`of template ${HOSTILE}`);
  await page.getByLabel('Message').press('Enter');
  const card = page.getByRole('region', { name: /^Approval of call/ });
  await card.getByText('"count": 3').waitFor();
  await card.getByText('the request was read by patterns').waitFor();
  await card.getByText(/^\d:\d\d left$/).waitFor();
  expect(await page.getByRole('table', { name: 'Rows' }).count()).toBe(0);
  await card.getByRole('button', { name: 'Approve', exact: true }).click();
  const cells = page.getByRole('table', { name: 'Rows' }).getByRole('cell');
  await cells.nth(5).waitFor();
  expect(await cells.allTextContents()).toEqual(['0', '1', '2'].flatMap((row) => [row, `${HOSTILE}\u202e`]));
  await page.getByText('Done.').waitFor();
  await card.waitFor({ state: 'hidden' });
  await page.getByText('Agent', { exact: true }).waitFor();
  expect(await page.getByRole('radio').count()).toBe(0);
  expect(await page.getByLabel('Name of the chat').inputValue()).toContain('Generate 3 rows of template');

  await say(page, `Generate 2 rows of template ${HOSTILE}`);
  await card.getByRole('button', { name: 'Refuse' }).click();
  await page.getByText('refused', { exact: true }).waitFor();

  // What was said is there again for whoever comes back.
  await page.reload();
  await cells.nth(5).waitFor();
  await page.getByText('refused', { exact: true }).waitFor();
  expect(await page.evaluate('"ran" in window')).toBe(false);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('shows what the agent may do at most, and takes it back', async () => {
  const { page, complaints } = await openApp(browser, server, '/chats');
  await begin(page);
  await page.getByRole('button', { name: 'Permits' }).click();
  const dialog = page.getByRole('dialog', { name: 'What the agent may do in this chat' });
  await dialog.getByLabel('Send to systems, delete and undo').uncheck();
  await page.getByRole('button', { name: 'Permits (3 of 4)' }).waitFor();
  const path = new URL(page.url()).pathname.replace('/app', '');
  const permits = async () => (await server.client.get<{ permits: object }>(path)).body.permits;
  expect(await permits()).toEqual({ risks: ['read', 'generate', 'write'], sensitive: false });
  await page.reload();
  await page.getByRole('button', { name: 'Permits (3 of 4)' }).click();
  await dialog.getByLabel('Send to systems, delete and undo').check();
  await page.getByRole('button', { name: 'Permits', exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('goes on where it was when the connection breaks', async () => {
  const { page, complaints } = await openApp(browser, server, '/chats');
  await begin(page);
  await page.route('**/messages', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body: body.slice(0, body.indexOf('event: call') + 20) });
  });
  await say(page, 'List templates');
  await page.getByText('list_templates', { exact: true }).waitFor();
  await page.getByText('Done.').waitFor();
  expect(await page.getByText('I read that as listing templates').count()).toBe(1);
  await page.getByText('from data', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('shows an answer while it comes, as text, and stops it', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, withModel, '/chats');
  let isHeld = false;
  const hold = () => {
    isHeld = true;
    return new Promise<void>(() => undefined);
  };
  const text = [`**First** ${HOSTILE} ![x](http://example.org/x.png) [y](javascript:1)`, ' second'];
  model.follow([{ text, between: hold }]);
  await begin(page);
  await page.getByText('chat', { exact: true }).click();
  await say(page, 'Hello');
  await page.getByText('![x](http://example.org/x.png) [y](javascript:1)').waitFor();
  expect(isHeld).toBe(true);
  expect(await page.getByRole('strong').textContent()).toBe('First');
  expect(await page.locator('[role=log] img, [role=log] a').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByText(/^Stopped\./).waitFor();
  await page.getByText('Chat', { exact: true }).waitFor();

  model.follow([{ status: 401 }]);
  await say(page, 'Again');
  await page.getByText(/^It ended here/).waitFor();
  expect(await page.evaluate('"ran" in window')).toBe(false);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});
