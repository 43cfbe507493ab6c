import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { until } from '../../packages/server/src/testing/until.ts';
import { startChromium } from '../browser/chromium.ts';
import { EMAIL, givePassword, openApp, PASSWORD } from './open-app.ts';

/** Nobody goes there: the page only says that there is a provider. */
const oidc = {
  issuer: 'https://id.example.org',
  clientId: 'datamaker',
  clientSecret: 'of the client',
  domains: new Map(),
};

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external', { oidc }), startChromium()]);
  await givePassword(server);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('invites by a link, by which somebody else signs in, gets another role and is let go', async () => {
  const { page, complaints } = await openApp(browser, server, '/people');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('Role').selectOption('member');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.getByRole('region', { name: 'the link' }).textContent()) ?? '';
  expect(link).toContain(`${server.client.url}/app/invites/`);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Whoever has the link, as member').waitFor();

  const other = await openApp(browser, server, link.slice(`${server.client.url}/app`.length), { session: false });
  await other.page.getByLabel('Your name').fill('Grace');
  await other.page.getByLabel('E-mail address').fill('grace@example.org');
  await other.page.getByLabel('Password').fill('another long password');
  await other.page.getByRole('button', { name: 'Join' }).click();
  await other.page.getByRole('heading', { name: 'Templates' }).waitFor();
  // A member has no say in who is there.
  await other.page.goto(`${server.client.url}/app/people`);
  await other.page.getByText('(you)').waitFor();
  expect(await other.page.getByRole('button', { name: 'Invite' }).count()).toBe(0);

  await page.reload();
  const role = async (): Promise<string | undefined> => {
    const { body } = await server.client.get<{ items: { name: string; role: string }[] }>('/people');
    return body.items.find(({ name }) => name === 'Grace')?.role;
  };
  await page.getByLabel('Role of Grace').selectOption('viewer');
  await page.getByText('The role is changed').waitFor();
  expect(await role()).toBe('viewer');
  // Arrow keys pass over roles that give much away: those are asked about, and the focus stays.
  await page.getByLabel('Role of Grace').selectOption('owner');
  await page.getByRole('dialog', { name: 'Make Grace owner?' }).getByRole('button', { name: 'Cancel' }).click();
  expect([await role(), await page.getByLabel('Role of Grace').inputValue()]).toEqual(['viewer', 'viewer']);
  await page.getByLabel('Role of Grace').selectOption('admin');
  await page.getByRole('button', { name: 'Make admin' }).click();
  await until(async () => (await role()) === 'admin');
  await page.getByRole('button', { name: 'Remove Grace' }).click();
  await page
    .getByRole('dialog', { name: 'Remove Grace?' })
    .getByRole('button', { name: 'Remove', exact: true })
    .click();
  await page.getByLabel('Role of Grace').waitFor({ state: 'hidden' });
  expect((await other.context.request.get(`${server.client.url}/session`)).status()).toBe(401);
  expect([complaints, other.complaints]).toEqual([[], []]);
}, 60_000);

it('makes a key that lets a program in, until it is revoked', async () => {
  const { page, complaints } = await openApp(browser, server, '/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('CI');
  await page.getByLabel('It may only read').check();
  await page.getByRole('button', { name: 'Create' }).click();
  const key = await page.getByRole('region', { name: 'the key' }).textContent();
  const ask = (method: string) =>
    fetch(`${server.client.url}/templates`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify({ name: 'x', fields: [] }) } : {}),
    }).then(({ status }) => status);
  expect([await ask('GET'), await ask('POST')]).toEqual([200, 403]);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke CI' }).click();
  await page.getByRole('dialog', { name: 'Revoke CI?' }).getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByRole('button', { name: 'Revoke CI' }).waitFor({ state: 'hidden' });
  expect(await ask('GET')).toBe(401);
  expect(complaints).toEqual([]);
});

it('takes a secret and never shows it', async () => {
  const { page, complaints } = await openApp(browser, server, '/secrets');
  const seen: Promise<string>[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/app/')) seen.push(response.text().catch(() => ''));
  });
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await page.getByLabel('Name').fill('lower');
  await page.getByLabel('Value').fill('kept to oneself');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByLabel('Name').fill('CRM_TOKEN');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Replace CRM_TOKEN' }).click();
  const key = '-----BEGIN KEY-----\nkept to oneself, too\n-----END KEY-----\n';
  await page.getByLabel('Value').fill(key);
  const asked = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await asked).postDataJSON()).toEqual({ value: key });
  await page.getByRole('cell', { name: '2', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Hosts of CRM_TOKEN' }).click();
  await page.getByLabel('Hosts', { exact: true }).fill('https://crm.example.org');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByLabel('Hosts', { exact: true }).fill('CRM.example.org:443\n*.example.net, 10.1.2.3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('crm.example.org:443, *.example.net, 10.1.2.3', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('CRM_TOKEN', { exact: true }).waitFor();
  expect(await page.content()).not.toContain('kept to oneself');
  const answers = await Promise.all(seen);
  expect(answers.some((text) => text.includes('CRM_TOKEN'))).toBe(true);
  expect(answers.filter((text) => text.includes('kept to oneself'))).toEqual([]);
  await page.getByRole('button', { name: 'Delete CRM_TOKEN' }).click();
  await page
    .getByRole('dialog', { name: 'Delete CRM_TOKEN?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await page.getByText('No secrets yet').waitFor();
  expect(complaints).toEqual([]);
});

it('renames the workspace, tells the agent what it may, and restores what was deleted', async () => {
  const template = await server.client.create([{ name: 'n', type: 'sequence' }], 'Gone');
  await server.client.delete(`/templates/${template}`);
  const { page, complaints } = await openApp(browser, server, '/settings');
  await page.getByLabel('Name of the workspace').fill('Testers');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByText('Testers').waitFor();

  await page.getByRole('tab', { name: 'Agent' }).click();
  await page.getByLabel('Generate rows: the agent').selectOption('off');
  const { body } = await server.client.get<{ tools: { tool: string; title: string; risk: string }[] }>(
    '/agent/permissions',
  );
  const { tool, title } = body.tools.find(({ risk }) => risk === 'outbound_or_destructive') ?? { tool: '', title: '' };
  const allowed = async (): Promise<string | undefined> => {
    const path = '/agent/permissions';
    const { body } = await server.client.get<{ tools: { tool: string; permission: string }[] }>(path);
    return body.tools.find((one) => one.tool === tool)?.permission;
  };
  const risky = page.getByRole('combobox', { name: `${title}: the agent`, exact: true });
  await risky.selectOption('allow');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect([await allowed(), await risky.inputValue()]).toEqual(['ask', '']);
  await risky.selectOption('allow');
  await page.getByRole('button', { name: 'Let it' }).click();
  await until(async () => (await allowed()) === 'allow');
  await page.reload();
  await page.getByLabel('Generate rows: the agent').waitFor();
  expect(await page.getByLabel('Generate rows: the agent').inputValue()).toBe('off');

  await page.getByRole('tab', { name: 'Deleted' }).click();
  await page.getByRole('button', { name: 'Restore Gone' }).click();
  await page.getByText('Nothing was deleted').waitFor();
  expect((await server.client.get(`/templates/${template}`)).status).toBe(200);
  await page.getByRole('link', { name: 'list of their own' }).click();
  await page.getByRole('heading', { name: 'Deleted connections' }).waitFor();
  expect(complaints).toEqual([]);
});

it('shows the rows of a set by page and version, and what differs', async () => {
  const rows = Array.from({ length: 250 }, (_, id) => ({ id, name: `<b>row</b> ${id}` }));
  await server.client.post('/sets', { name: 'reg_rows', rows });
  await server.client.post('/sets', { name: 'reg_rows', rows: [...rows.slice(0, 249), { id: 999, name: 'other' }] });
  const { page, complaints } = await openApp(browser, server, '/sets');
  await page.getByRole('link', { name: 'reg_rows' }).click();
  await page.getByText('1 to 100 of 250').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('cell', { name: 'other' }).waitFor();
  // Where one is stands in the address.
  await page.reload();
  await page.getByRole('cell', { name: '<b>row</b> 248' }).waitFor();
  await page.getByLabel('compared with').selectOption('1');
  await page.getByText('249 the same').waitFor();
  await page.getByText('other').first().waitFor();
  expect(complaints).toEqual([]);
});

it('offers the provider of the organisation where there is one', async () => {
  const { page } = await openApp(browser, server, '/sign-in', { session: false });
  const link = page.getByRole('link', { name: 'Sign in with your organisation' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe('/session/oidc');
});

it('goes on after a session that has ended when somebody has signed in in another tab', async () => {
  const { page, context } = await openApp(browser, server, '/files');
  await page.getByRole('heading', { name: 'Files', exact: true }).waitFor();
  await context.clearCookies();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  const link = dialog.getByRole('link', { name: 'Sign in with your organisation in a new tab' });
  await link.waitFor();
  expect([await link.getAttribute('href'), await link.getAttribute('target')]).toEqual(['/session/oidc', '_blank']);
  // What the provider would lead to: a session, in another tab.
  await context.request.post(`${server.client.url}/session`, {
    data: { email: EMAIL, password: PASSWORD },
    headers: { origin: server.client.url },
  });
  await page.evaluate("dispatchEvent(new Event('focus'))");
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
});
