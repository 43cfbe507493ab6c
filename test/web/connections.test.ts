import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { join, PASSWORD } from '../../packages/server/src/testing/people.ts';
import { startRestTarget } from '../../packages/server/src/testing/push-targets.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { tries } from '../../packages/server/src/testing/tries.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';

let server: TestServer;
let browser: Browser;
let target: PostgresServer;
beforeAll(async () => {
  [server, browser, target] = await Promise.all([
    startOn('external', { privateTargets: ['127.0.0.1'] }),
    startChromium(),
    startPostgres(),
  ]);
  await givePassword(server);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), target?.stop()]);
});
beforeEach(async () => {
  await target.query(`
    DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL);
    CREATE TABLE customer (id integer PRIMARY KEY, full_name text NOT NULL, country char(2) REFERENCES country, note text);
    CREATE TABLE purchase (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, total numeric(8, 2));
    INSERT INTO country VALUES ('DE', 'Germany'); INSERT INTO customer VALUES (1, 'Ann', 'DE', '<b>bold</b>')`);
});

let made = 0;
const connect = async (more: object = {}): Promise<{ id: string; name: string }> => {
  const { host, port, user, password } = target;
  const name = `Shop ${++made}`;
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/postgres`;
  const { body } = await server.client.post<{ id: string }>('/connections', { name, type: 'postgres', url, ...more });
  return { id: body.id, name };
};
const count = async (table: string): Promise<number> =>
  Number((await target.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
const pushButton = (page: Page) => page.getByRole('button', { name: /^Push \d+ rows into / });
const isMissing = (page: Page, label: string) =>
  page
    .getByLabel(label, { exact: true })
    .evaluate((box) => (box as unknown as { validity: { valueMissing: boolean } }).validity.valueMissing);
const done = (page: Page) =>
  page.getByRole('region', { name: 'Progress' }).getByText('done', { exact: true }).waitFor();

it('creates a connection by its parts, says what is in the way, and asks for the secret again elsewhere', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, server, '/connections/new');
  await page.getByLabel('System').selectOption({ label: 'Oracle' });
  await page.getByLabel('Service', { exact: true }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('By its parts');
  await page.getByLabel('System').selectOption({ label: 'PostgreSQL' });
  await page.getByLabel('Database', { exact: true }).waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('By its parts');
  const { host, port, user, password } = target;
  await page.getByLabel('Host').fill(`postgres://${user}:wrong@${host}:${port}/postgres`);
  expect(await page.getByLabel('Host').inputValue()).toBe(host);
  expect(await page.getByLabel('Port').inputValue()).toBe(String(port));
  await page.getByRole('button', { name: 'Create and try' }).click();
  await page.getByText('not reached').waitFor();
  await page.getByText('sign-in refused', { exact: false }).first().waitFor();

  await page
    .getByRole('navigation', { name: 'Pages of the connection' })
    .getByRole('link', { name: 'Settings' })
    .click();
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Read only', { exact: false }).check();
  await page.getByRole('button', { name: 'Save and try' }).click();
  await page.getByText('reached', { exact: true }).waitFor();
  await page.getByText('read only', { exact: true }).waitFor();
  await expect.poll(() => page.getByLabel('Password').inputValue()).toBe('');
  expect(await page.getByLabel('Read only', { exact: false }).isChecked()).toBe(true);

  await page.getByLabel('Host').fill('localhost');
  await page.getByText('what is kept is not sent there', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Save and try' }).click();
  expect(await isMissing(page, 'Password')).toBe(true);
  await page.getByLabel('Host').fill(host);
  await page.getByText('One is kept.', { exact: false }).waitFor();
  expect(await isMissing(page, 'Password')).toBe(false);
  await page.getByLabel('User', { exact: true }).fill('somebody else');
  await page.getByText('what is kept is not sent there', { exact: false }).waitFor();
  expect(await isMissing(page, 'Password')).toBe(true);
  await page.getByLabel('User', { exact: true }).fill(user);

  await page.getByRole('button', { name: 'Delete the connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Its name, to confirm').fill('By its part');
  expect(await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
  await dialog.getByLabel('Its name, to confirm').fill('By its parts');
  await dialog.getByLabel('Its name, to confirm').press('Enter');
  await page.getByRole('heading', { name: 'Connections', exact: true }).waitFor();
  expect((await server.client.get<{ total: number }>('/connections?name=By%20its%20parts')).body.total).toBe(0);
  await page.getByRole('link', { name: 'Deleted ones' }).click();
  await page.getByRole('button', { name: 'Restore By its parts' }).click();
  await page.getByRole('link', { name: 'All connections' }).click();
  await page.getByRole('link', { name: 'By its parts' }).waitFor();
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

/** Ways to sign in: the last two always, all with FULL=1. */
const SIGN_INS = [
  ['sap_odata', 'User and password', { type: 'basic', username: 'T' }, { User: 'T', Password: 's' }],
  ['rest', 'None', { type: 'none' }, {}],
  ['rest', 'User and password', { type: 'basic', username: 'User-x' }, { User: 'User-x', Password: 's' }],
  ['rest', 'Token (Bearer)', { type: 'bearer' }, { Token: 's' }],
  [
    'rest',
    'OAuth 2 client credentials',
    { type: 'oauth2_client_credentials', token_url: 'http://127.0.0.1:1/token', client_id: 'me', scope: 'all' },
    { 'URL of tokens': 'http://127.0.0.1:1/token', 'Client id': 'me', 'Client secret': 's', Scope: 'all' },
  ],
  ['rest', 'API key', { type: 'api_key', in: 'header', name: 'X-Mine' }, { 'Its name there': 'X-Mine', Key: 's' }],
  [
    'sap_odata',
    'OAuth 2 client credentials',
    { type: 'oauth2_client_credentials', client_id: 'me' },
    { 'URL of tokens': 'http://127.0.0.1:1/token', 'Client id': 'me', 'Client secret': 's' },
  ],
] as const;
it.each(SIGN_INS.slice(-tries(2, SIGN_INS.length)))(
  'creates a connection of the type %s with sign-in “%s”',
  async (type, label, auth, fields) => {
    const { page } = await openApp(browser, server, `/connections/new?type=${type}`);
    const name = `${type} ${label}`;
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Address').fill('http://127.0.0.1:1/api');
    await page.getByLabel('Sign-in').selectOption({ label });
    for (const [field, value] of Object.entries(fields)) await page.getByLabel(field, { exact: true }).fill(value);
    if (type === 'sap_odata') await page.getByLabel('Client', { exact: true }).fill('100');
    await page.getByText('More settings').click();
    await page.getByLabel('Attempts after the first').fill('0');
    await page.getByRole('button', { name: 'Create and try' }).click();
    await page.getByRole('heading', { name }).waitFor();
    const { body } = await server.client.get<{ items: object[] }>(`/connections?name=${encodeURIComponent(name)}`);
    const options = { retries: 0, ...(type === 'sap_odata' ? { client: '100' } : {}) };
    expect(body.items).toMatchObject([{ type, auth, options, hasSecret: auth.type !== 'none' }]);
    expect(JSON.stringify(body)).not.toContain('"s"');
  },
);

it('signs in with a secret that is chosen by its name', async () => {
  const secret = await server.client.post<{ id: string }>('/secrets', { name: 'SHOP_TOKEN', value: 'of the shop' });
  const { page } = await openApp(browser, server, '/connections/new?type=rest');
  await page.getByLabel('Name', { exact: true }).fill('By a secret');
  await page.getByLabel('Address').fill('http://127.0.0.1:1/api');
  await page.getByLabel('Sign-in').selectOption({ label: 'Token (Bearer)' });
  await page.getByLabel('From a secret').selectOption({ label: 'SHOP_TOKEN' });
  await page
    .getByText('It is meant for no host yet. Saving adds the host of this connection', { exact: false })
    .waitFor();
  expect(await page.getByLabel('Token', { exact: true }).isDisabled()).toBe(true);
  await page.getByText('More settings').click();
  await page.getByLabel('Attempts after the first').fill('0');
  await page.getByRole('button', { name: 'Create and try' }).click();
  await page.getByRole('heading', { name: 'By a secret' }).waitFor();
  await page.getByRole('status').getByText('its secret may go to 127.0.0.1:1 from now on', { exact: false }).waitFor();
  const { body } = await server.client.get<{ items: object[] }>('/connections?name=By%20a%20secret');
  expect(body.items).toMatchObject([{ auth: { type: 'bearer', secret_ref: secret.body.id }, hasSecret: true }]);
});

it('says of a secret that is not meant for the host who can help', async () => {
  const shared = { name: 'OF_ALL', value: 'of all', reach: 'workspace', hosts: ['db.example.org'] };
  expect((await server.client.post('/secrets', shared)).status).toBe(201);
  const member = await join(server.client, 'member');
  const { page, context } = await openApp(browser, server, '/', { session: false });
  const { url } = server.client;
  const data = { email: member.email, password: PASSWORD };
  expect((await context.request.post(`${url}/session`, { data, headers: { origin: url } })).ok()).toBe(true);
  await page.goto(`${url}/app/connections/new?type=rest`);
  await page.getByLabel('Name', { exact: true }).fill('Not for this host');
  await page.getByLabel('Address').fill('http://127.0.0.1:1/api');
  await page.getByLabel('Sign-in').selectOption({ label: 'Token (Bearer)' });
  await page.getByLabel('From a secret').selectOption({ label: 'OF_ALL' });
  await page.getByText('It goes only to db.example.org.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Create and try' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('the secret OF_ALL is not meant for 127.0.0.1:1').first().waitFor();
  expect(await alert.textContent()).toContain('an administrator of the workspace');
  const { body } = await server.client.get<{ total: number }>('/connections?name=Not%20for%20this%20host');
  expect(body.total).toBe(0);
});

it('browses tables, shows rows, and makes templates of them', async () => {
  const { id } = await connect();
  const { page, elsewhere, complaints } = await openApp(browser, server, `/connections/${id}`);
  await page.getByRole('link', { name: 'customer', exact: true }).click();
  const columns = page.getByRole('table', { name: 'Columns' });
  await columns.getByRole('row', { name: /^id integer primary key/ }).waitFor();
  await columns.getByRole('link', { name: 'country.code' }).waitFor();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await page.getByRole('table', { name: 'Rows' }).getByRole('cell', { name: '<b>bold</b>' }).waitFor();
  expect(page.url()).toContain('table=customer');
  await page.reload();
  await page.getByRole('table', { name: 'Rows' }).getByRole('cell', { name: 'Ann' }).waitFor();

  await page.getByLabel('Search tables').fill('cu');
  await page.getByLabel('All that are listed').check();
  await page.getByLabel('Search tables').fill('purch');
  await page.getByLabel('Choose purchase').check();
  await page.getByRole('button', { name: 'Make templates (2)' }).click();
  await page.getByRole('button', { name: 'Make the templates' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'customer' }).click();
  await page.getByLabel('Name of the template').waitFor();
  expect(await page.getByLabel('Name of the template').inputValue()).toBe('customer');
  await page.getByRole('table', { name: 'Rows' }).getByRole('row').nth(1).waitFor();
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('pushes rows that SQL then sees, and takes them back', async () => {
  const { id } = await connect();
  const template = await server.client.create(
    [
      { name: 'id', type: 'sequence', options: { start: 1000 } },
      { name: 'fullName', type: 'full_name' },
      { name: 'remark', type: 'constant', options: { value: 'pushed' } },
    ],
    'Customers to push',
  );
  const { page, elsewhere, complaints } = await openApp(browser, server, `/connections/${id}/push`);
  await page.getByLabel('Template').selectOption({ label: 'Customers to push' });
  await page.getByLabel('Table').selectOption({ label: 'customer' });
  expect(await page.getByLabel('Column of fullName').inputValue()).toBe('full_name');
  expect(await page.getByLabel('Column of remark').inputValue()).toBe('');
  await page.getByLabel('Column of remark').selectOption('note');
  await page.getByRole('button', { name: 'Save the mapping' }).click();
  await page.getByText('saved', { exact: true }).waitFor();
  const saved = await server.client.get(`/templates/${template}/mappings/${id}`);
  expect(saved.body).toMatchObject({ saved: true, columns: { id: 'id', fullName: 'full_name', remark: 'note' } });

  await page.getByLabel('Rows', { exact: true }).fill('250');
  await page.getByLabel('Seed').fill('demo');
  await page.getByText('More settings').click();
  await page.getByLabel('Key', { exact: true }).fill('id');
  await page.getByLabel('Attempts after the first').fill('2');
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/push'));
  await pushButton(page).click();
  expect((await asked).postDataJSON()).toMatchObject({ key: ['id'], retries: 2 });
  await done(page);
  await page.getByText('all rows are there').waitFor();
  expect(await count("customer WHERE note = 'pushed'")).toBe(250);

  await page.getByRole('button', { name: 'Read back' }).click();
  await page.getByText('250 of 250 found by their keys').nth(1).waitFor();
  await page.getByRole('button', { name: 'See what an undo would remove' }).click();
  await page.getByRole('button', { name: 'Remove 250 rows' }).waitFor();
  expect(await count('customer')).toBe(251);
  await page.getByRole('button', { name: 'Remove 250 rows' }).click();
  await page.getByText('250 rows were removed.').waitFor();
  expect(await count('customer')).toBe(1);
  // It is known after a reload too, and nothing is offered that was done.
  await page.reload();
  await page.getByText('250 rows were removed.').waitFor();
  expect(await page.getByRole('button', { name: 'See what an undo would remove' }).count()).toBe(0);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('pushes once when an answer is lost, asks before rows are changed, and goes where the button says', async () => {
  const rest = await startRestTarget();
  onTestFinished(() => rest.stop());
  const { id } = await connect({ type: 'rest', url: rest.url });
  const template = await server.client.create([{ name: 'n', type: 'sequence' }], 'Once');
  const { page, context } = await openApp(browser, server, `/connections/${id}/push?template=${template}`);
  const button = page.getByRole('button', { name: /^Push / });
  await page.getByLabel('Path').fill('people');
  await page.getByLabel('Rows', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Push 3 rows into people' }).waitFor();
  await page.getByLabel('Path').fill('');
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('Path').fill('folk');

  await page.getByLabel('Rows whose key is there already').selectOption('update');
  await page.getByLabel('Rows', { exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change rows that are there?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByLabel('Rows whose key is there already').selectOption('fail');

  // The first answer is lost on its way; what it answers has begun.
  const lost: number[] = [];
  await context.route(`**/connections/${id}/push`, async (route) => {
    const request = route.request();
    if (request.method() !== 'POST' || lost.length > 0) return route.continue();
    const answer = await route.fetch({ headers: { ...(await request.allHeaders()), origin: server.client.url } });
    lost.push(answer.status());
    await route.abort();
  });
  await button.click();
  await page.getByText('try again in a moment', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Push 3 rows into folk' }).click();
  await done(page);
  expect(lost).toEqual([202]);
  const { body } = await server.client.get<{ items: { params: { table?: unknown } }[] }>('/runs?kind=push');
  expect(body.items.filter(({ params }) => JSON.stringify(params).includes('"folk"'))).toHaveLength(1);
  expect(rest.taken).toHaveLength(3);
});

it('says which mapping another one replaces, and what is wrong with a saved one', async () => {
  const { id } = await connect();
  const template = await server.client.create([{ name: 'name', type: 'city' }], 'Mapped');
  const saved = { table: 'country', schema: 'public', columns: { name: 'name' } };
  const kept = await server.client.send('PUT', `/templates/${template}/mappings/${id}`, saved);
  expect(kept.status).toBe(200);
  const { page } = await openApp(browser, server, `/connections/${id}/push?template=${template}&table=country`);
  const problem = page.getByRole('region', { name: 'Mapping' }).getByRole('alert');
  await problem.getByText('"code"', { exact: false }).waitFor();
  await page.getByLabel('Table').selectOption({ label: 'customer' });
  await page.getByText('Saving it replaces the one for public.country', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Save the mapping' }).click();
  await page.getByText('saved', { exact: true }).waitFor();
  await page.getByText('Saving it replaces', { exact: false }).waitFor({ state: 'hidden' });
});

it('saves no settings while one of them is no JSON, and shows which', async () => {
  const { id } = await connect({ type: 'rest', url: 'http://127.0.0.1:1/', options: { retries: 0 } });
  const { page } = await openApp(browser, server, `/connections/${id}/edit`);
  await page.getByText('More settings').click();
  const headers = page.getByLabel('Headers');
  await headers.fill('{"X-Mine": "a"}');
  await headers.fill('{"X-Mine": "b"');
  await page.getByText('This is no JSON', { exact: false }).waitFor();
  // Out of sight and back, what was typed is still there.
  await page.getByText('More settings').click();
  await page.getByRole('button', { name: 'Save and try' }).click();
  await headers.waitFor({ state: 'visible' });
  await headers.focus();
  expect(await headers.inputValue()).toBe('{"X-Mine": "b"');
  expect((await server.client.get(`/connections/${id}`)).body).toMatchObject({ version: 1 });
  await headers.fill('{"X-Mine": "b"}');
  await page.getByRole('button', { name: 'Save and try' }).click();
  await page.getByText('is saved', { exact: false }).waitFor();
  expect((await server.client.get(`/connections/${id}`)).body).toMatchObject({
    options: { retries: 0, headers: { 'x-mine': 'b' } },
  });
});

it('says why a push was refused, and what is in the way of an undo', async () => {
  const { id } = await connect();
  const template = await server.client.create(
    [
      { name: 'id', type: 'sequence' },
      { name: 'full_name', type: 'full_name' },
    ],
    'Clashing',
  );
  const { page } = await openApp(
    browser,
    server,
    `/connections/${id}/push?template=${template}&table=customer&schema=public`,
  );
  await page.getByLabel('Column of full_name').selectOption('');
  await page.getByText('is needed', { exact: true }).waitFor();
  await pushButton(page).click();
  await page.getByRole('alert').getByText('nothing goes into the column "full_name"').first().waitFor();
  await page.getByLabel('Column of full_name').selectOption('full_name');
  await page.getByLabel('Rows', { exact: true }).fill('5');
  await pushButton(page).click();
  await page.getByRole('region', { name: 'Progress' }).getByText('failed', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Progress' }).getByRole('alert').waitFor();
  expect(await count('customer')).toBe(1);

  await page.goBack();
  await page.getByLabel('First row').fill('100');
  await page.getByLabel('Rows', { exact: true }).fill('5');
  await pushButton(page).click();
  await done(page);
  await target.query('INSERT INTO purchase (customer_id, total) SELECT max(id), 1 FROM customer');
  await page.getByRole('button', { name: 'See what an undo would remove' }).click();
  await page.getByText('1 rows of public.purchase refer to rows of', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /^Remove/ }).isDisabled()).toBe(true);
});

it('lists the rows that a REST system refuses, each with why', async () => {
  const rest = await startRestTarget();
  onTestFinished(() => rest.stop());
  rest.answer = (number) => (number === 1 ? 422 : 'keep');
  const { id } = await connect({ type: 'rest', url: rest.url, options: { path: 'people', concurrency: 1 } });
  const template = await server.client.create([{ name: 'n', type: 'sequence' }], 'For REST');
  const { page } = await openApp(browser, server, `/connections/${id}/push?template=${template}`);
  expect(await page.getByLabel('Path').inputValue()).toBe('people');
  await page.getByText('suggested by names').waitFor();
  await page.getByLabel('Rows', { exact: true }).fill('3');
  await pushButton(page).click();
  await page
    .getByRole('table', { name: 'Rows that were refused' })
    .getByRole('row', { name: /^1 422/ })
    .waitFor();
  await page.getByText('It cannot be taken back', { exact: false }).waitFor();
  expect(rest.taken.map(({ row }) => row['n'])).toEqual([1, 3]);
});

it('seeds a schema of three tables by its plan, and takes it back', async () => {
  const { id } = await connect();
  const { page, elsewhere, complaints } = await openApp(browser, server, `/connections/${id}/seed?seed=demo`);
  await page.getByLabel('Rows of public.purchase').fill('70');
  await page.getByLabel('Rows of public.country').fill('12');
  await page.getByText('plan again to see what comes of it', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Plan again' }).click();
  const write = page.getByRole('button', { name: /^Write \d+ rows$/ });
  await write.waitFor();
  const tables = page.getByRole('table', { name: 'Tables in the order of writing' });
  expect(await tables.getByRole('rowheader').allTextContents()).toEqual([
    'public.country',
    'public.customer',
    'public.purchase',
  ]);
  await page.reload();
  await write.waitFor();
  expect(await page.getByLabel('Rows of public.purchase').inputValue()).toBe('70');
  const total = Number(/\d+/.exec((await write.textContent()) ?? '')?.[0]);
  await write.click();
  await done(page);
  expect(await count('purchase')).toBe(70);
  expect(await count('country')).toBe(13);
  expect((await count('purchase')) + (await count('country')) + (await count('customer'))).toBe(total + 2);
  await page
    .getByRole('table', { name: 'Rows by table' })
    .getByRole('row', { name: 'public.purchase 70 70' })
    .waitFor();
  await page.getByRole('button', { name: 'Read back' }).click();
  await page.getByText('all rows are there').waitFor();
  await page.getByRole('button', { name: 'See what an undo would remove' }).click();
  await page.getByRole('button', { name: `Remove ${total} rows` }).click();
  await page.getByText(`${total} rows were removed.`).waitFor();
  expect([await count('purchase'), await count('country'), await count('customer')]).toEqual([0, 1, 1]);
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});

it('keeps the plan in sight when a count is refused, so that it can be mended', async () => {
  const { id } = await connect();
  const tables = encodeURIComponent(JSON.stringify('{"public.country":"1.5"}'));
  const { page } = await openApp(browser, server, `/connections/${id}/seed?seed=demo&tables=${tables}`);
  await page.getByRole('alert').first().waitFor();
  await page.getByRole('button', { name: 'Plan without the rows of single tables' }).click();
  const box = page.getByLabel('Rows of public.country');
  await box.fill('12');
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByRole('button', { name: /^Write/ }).waitFor();
  await box.fill('1.5');
  await page.getByRole('button', { name: 'Plan again' }).click();
  expect(await box.evaluate((one) => (one as unknown as { validity: { valid: boolean } }).validity.valid)).toBe(false);
  await box.fill('13');
  await page.getByLabel('Locale').fill('xx_XX');
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByRole('alert').first().waitFor();
  expect(await page.getByRole('button', { name: /^Write/ }).count()).toBe(0);
  expect(await box.inputValue()).toBe('13');
  await page.getByLabel('Locale').fill('de_DE');
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByRole('button', { name: /^Write/ }).waitFor();
});

it('cancels a seed, which then goes on from there', async () => {
  const { id } = await connect();
  const { page } = await openApp(browser, server, `/connections/${id}/seed?seed=demo&rows=20`);
  const write = page.getByRole('button', { name: /^Write/ });
  await write.waitFor();
  // Rows of the last table wait until it is let go.
  await target.query('BEGIN; LOCK TABLE purchase IN EXCLUSIVE MODE');
  await write.click();
  const tables = page.getByRole('table', { name: 'Rows by table' });
  await tables.getByRole('row', { name: 'public.country 20 20' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('region', { name: 'Progress' }).getByText('cancelled', { exact: true }).waitFor();
  await target.query('ROLLBACK');
  expect(await count('purchase')).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await done(page);
  expect(await count('country')).toBe(21);
  expect(await count('purchase')).toBeGreaterThan(0);
});

it('writes nothing through a connection that is read only', async () => {
  const { id } = await connect({ readOnly: true });
  const template = await server.client.create(
    [{ name: 'code', type: 'constant', options: { value: 'FR' } }],
    'For nobody',
  );
  const { page } = await openApp(browser, server, `/connections/${id}/push?template=${template}&table=country`);
  await page.getByRole('alert').getByText('read only', { exact: false }).waitFor();
  expect(await pushButton(page).isDisabled()).toBe(true);
  await page.getByRole('link', { name: 'Seed' }).click();
  await page.getByRole('button', { name: /^Write/ }).waitFor();
  expect(await page.getByRole('button', { name: /^Write/ }).isDisabled()).toBe(true);
});

it('draws the keys, and leads by keyboard from a table of the picture to its page', async () => {
  const { id } = await connect();
  const { page, complaints } = await openApp(browser, server, `/connections/${id}/diagram`);
  const customer = page.getByRole('group', { name: 'Tables' }).getByRole('link', { name: /^customer/ });
  await customer.waitFor();
  expect(await page.getByRole('group', { name: 'Tables' }).getByRole('link').count()).toBe(3);
  const keys = page.getByRole('table', { name: 'Keys between tables' });
  await keys.getByRole('row', { name: 'purchase customer_id customer id' }).waitFor();
  await page.getByRole('button', { name: 'Larger' }).focus();
  // Over the picture, which scrolls, to the first table in it.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'Columns' }).waitFor();
  expect(page.url()).toContain('table=country');
  await page.goBack();
  await page.getByLabel('Around').selectOption({ label: 'purchase' });
  await customer.waitFor();
  await page
    .getByRole('group', { name: 'Tables' })
    .getByRole('link', { name: /^country/ })
    .waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});
