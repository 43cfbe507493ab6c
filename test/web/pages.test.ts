import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { Talk } from '../../packages/server/src/testing/chats.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { tries } from '../../packages/server/src/testing/tries.ts';
import { startChromium } from '../browser/chromium.ts';
import { givePassword, openApp } from './open-app.ts';
import { routeOf, routesOfRouter } from './routes-of-router.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Says so, in each way that markup has, when it is taken for markup. */
const HOSTILE = `"><img src=x onerror="window.ran=1"><svg onload="window.ran=1"></svg><script>window.ran=1</script>{{ran}}`;

let server: TestServer;
let browser: Browser;
let template: string;
let scenario: string;
let chat: string;
let run: string;
let target: PostgresServer;
let connection: string;
let dead: string;
let push: string;
let seed: string;
beforeAll(async () => {
  [server, browser, target] = await Promise.all([
    startOn('external', { privateTargets: ['127.0.0.1'] }),
    startChromium(),
    startPostgres(),
  ]);
  await givePassword(server);
  const { client } = server;
  template = await client.create(
    [
      { name: HOSTILE, type: 'constant', options: { value: HOSTILE } },
      { name: 'mixed', type: 'enum', options: { values: [HOSTILE, 'שלום', 'ok'] } },
      {
        name: 'lines',
        type: 'template',
        options: { array: true, count: 2, fields: [{ name: 'n', type: 'number', options: { min: 1, max: 9 } }] },
      },
    ],
    HOSTILE,
  );
  await client.patch(`/templates/${template}`, { locale: 'he_IL' });
  scenario = (
    await client.post<{ id: string }>('/scenarios', {
      name: HOSTILE,
      code: `print("\\x1b[31mout\\x1b[0m", ${JSON.stringify(HOSTILE)})\n`,
    })
  ).body.id;
  run = (await client.post<{ run_id: string }>(`/scenarios/${scenario}/run`, { wait: true })).body.run_id;
  await client.post('/sets', { name: 'kept', template_id: template, count: 5, seed: 'x' });
  await client.upload('rows.csv', 'a,b\n1,2\n');
  // What is seen on every page.
  const named = [
    await client.patch('/workspace', { name: HOSTILE }),
    await client.post('/projects', { name: HOSTILE }),
    await client.post('/keys', { name: HOSTILE }),
  ];
  if (named.some(({ status }) => status >= 300)) throw new Error('a name was refused');
  const unreached = await client.post<{ id: string }>('/connections', {
    name: HOSTILE,
    type: 'postgres',
    url: 'postgres://maker:secret@127.0.0.1:1/shop',
  });
  dead = unreached.body.id;
  const gone = { name: 'gone', type: 'rest', url: 'http://127.0.0.1:1/', options: { retries: 0 } };
  await client.delete(`/connections/${(await client.post<{ id: string }>('/connections', gone)).body.id}`);
  await connectHostile();
  const { body } = await client.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 5, async: true });
  await client.get(`/runs/${body.run_id}?wait=true`);
  await client.post('/secrets', { name: 'CRM_TOKEN', value: 'not to be seen' });
  await client.post('/invites', { role: 'viewer' });
  const { body: deleted } = await client.post<{ id: string }>('/scenarios', { name: HOSTILE, code: 'print(1)\n' });
  await client.delete(`/scenarios/${deleted.id}`);
  const talk = await Talk.begin(client, server.key);
  await talk.say('List templates');
  await talk.say('Generate 3 rows with name, email');
  await client.patch(`/chats/${talk.id}`, { name: HOSTILE });
  chat = talk.id;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), target?.stop()]);
});

/** A system in which all that has a name is called so, with rows that were pushed to it and a seed that failed. */
async function connectHostile(): Promise<void> {
  const { client } = server;
  // PostgreSQL keeps 63 bytes of a name.
  const name = `"${HOSTILE.slice(0, 60).replaceAll('"', '""')}"`;
  await target.query(`
    CREATE TABLE ${name} (id integer PRIMARY KEY, ${name} text, up integer REFERENCES ${name});
    CREATE TABLE child (id serial PRIMARY KEY, parent integer NOT NULL REFERENCES ${name}, day date CHECK (day::text <> ${name.replaceAll('"', "'")}));
    COMMENT ON TABLE ${name} IS ${name.replaceAll('"', "'")}`);
  const url = `postgres://${target.user}:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
  const made = await client.post<{ id: string }>('/connections', { name: `${HOSTILE} 2`, type: 'postgres', url });
  connection = made.body.id;
  const run = async (path: string, body: object): Promise<string> => {
    const { body: submitted } = await client.post<{ run_id: string }>(`/connections/${connection}/${path}`, body);
    await client.get(`/runs/${submitted.run_id}?wait=true`);
    return submitted.run_id;
  };
  const rows = await client.create(
    [
      { name: 'id', type: 'sequence' },
      { name: HOSTILE.slice(0, 60), type: 'constant', options: { value: HOSTILE } },
    ],
    'rows to push',
  );
  push = await run('push', { template_id: rows, table: HOSTILE.slice(0, 60), count: 3 });
  await target.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION ${name.replaceAll('"', "'")}; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION refuse()`);
  seed = await run('seed', { rows: 5, seed: 'demo' });
  await target.query('DROP TRIGGER refuse ON child');
}

/** What axe finds against WCAG 2.2 A and AA; run through the browser's tools, which the policy of the page does not bind. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return (
    found as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
  ).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}

/** Waits for the approval that the chat ends with, and opens what was done before. */
async function openCards(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  for (const summary of await page.locator('summary').all()) await summary.click();
}

/** Opens what is seldom needed, where most of the fields are. */
async function openSettings(page: Page): Promise<void> {
  await page.getByText('More settings').click();
}

/** Asks what an undo would do, and reads rows back. */
async function seeUndo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Read back' }).click();
  await page.getByRole('button', { name: 'See what an undo would remove' }).click();
  await page.getByRole('button', { name: 'Remove 3 rows' }).waitFor();
  await page.getByText('3 of 3 found by their keys').nth(1).waitFor();
}

/** Opens a dialog of a page by a button. */
const dialogOf = (button: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: button }).first().click();
  await page.getByRole('dialog').getByRole('button').last().waitFor();
};

/** Each page, and what is there once it is shown; those without a session are at the end. */
const PAGES: readonly (readonly [path: string, ready: (page: Page) => Promise<unknown>])[] = [
  ['/new', (page) => page.getByLabel('Names of columns').waitFor()],
  ['/templates', (page) => page.getByRole('link', { name: HOSTILE }).waitFor()],
  ['/templates/:template', (page) => page.getByRole('cell').nth(1).waitFor()],
  ['/templates/:template', dialogOf('Generate')],
  ['/templates/:template', dialogOf('Versions')],
  ['/templates/:template', dialogOf('Code')],
  ['/templates/:template?view=columns', (page) => page.getByText('distinct').first().waitFor()],
  ['/sets', (page) => page.getByText('kept', { exact: true }).waitFor()],
  ['/sets/kept', (page) => page.getByRole('cell').nth(1).waitFor()],
  ['/files', (page) => page.getByText('rows.csv').waitFor()],
  ['/connections', (page) => page.getByText('not reached').waitFor()],
  ['/connections/deleted', (page) => page.getByRole('button', { name: 'Restore gone' }).waitFor()],
  ['/connections/new', (page) => page.getByLabel('Host').waitFor()],
  ['/connections/new?type=rest', openSettings],
  ['/connections/:dead', (page) => page.getByRole('button', { name: 'Try again' }).waitFor()],
  ['/connections/:connection', (page) => page.getByRole('table', { name: 'Columns' }).waitFor()],
  ['/connections/:connection?table=:hostile&view=rows', (page) => page.getByRole('cell').nth(1).waitFor()],
  ['/connections/:connection/diagram', (page) => page.getByRole('link', { name: /^child id/ }).waitFor()],
  [
    '/connections/:connection/push?template=:template&table=:hostile',
    (page) => page.getByLabel('Rows', { exact: true }).waitFor(),
  ],
  ['/connections/:connection/seed?seed=x', (page) => page.getByRole('button', { name: /^Write/ }).waitFor()],
  ['/connections/:connection/edit', (page) => page.getByLabel('Host').waitFor()],
  ['/connections/:connection/edit', dialogOf('Delete the connection')],
  ['/runs/:push', seeUndo],
  ['/runs/:seed', (page) => page.getByRole('button', { name: 'Resume' }).waitFor()],
  ['/scenarios', (page) => page.getByRole('link', { name: HOSTILE }).waitFor()],
  ['/scenarios/:scenario', (page) => page.locator('.view-line .mtk1').first().waitFor()],
  ['/scenarios/:scenario?tab=schedules', (page) => page.getByLabel('When').waitFor()],
  ['/scenarios/:scenario?tab=triggers', (page) => page.getByRole('region', { name: 'curl' }).waitFor()],
  ['/scenarios/:scenario?run=:run', (page) => page.getByText('out', { exact: true }).waitFor()],
  ['/people', dialogOf('Invite')],
  ['/secrets', dialogOf('New secret')],
  ['/keys', dialogOf('New key')],
  ['/people', (page) => page.getByText('(you)').waitFor()],
  ['/secrets', (page) => page.getByText('CRM_TOKEN', { exact: true }).waitFor()],
  ['/settings', (page) => page.getByLabel('Name of the workspace').waitFor()],
  ['/settings?tab=usage', (page) => page.getByText('The plan is').waitFor()],
  ['/settings?tab=agent', (page) => page.getByRole('combobox').first().waitFor()],
  ['/settings?tab=deleted', (page) => page.getByRole('button', { name: 'Restore' }).first().waitFor()],
  ['/runs', (page) => page.getByText('done', { exact: true }).first().waitFor()],
  ['/chats', (page) => page.getByRole('link', { name: HOSTILE }).waitFor()],
  ['/chats', dialogOf(/^Delete/)],
  ['/chats/:chat', openCards],
  ['/chats/:chat', dialogOf('Permits')],
  [
    '/keys',
    (page) =>
      page
        .getByRole('button', { name: /^Revoke/ })
        .first()
        .waitFor(),
  ],
  ['/audit', (page) => page.getByText('template.created').first().waitFor()],
  ['/nowhere', (page) => page.getByText('There is no such page').waitFor()],
  ['/sign-in', (page) => page.getByLabel('Password').waitFor()],
  ['/welcome', (page) => page.getByLabel('Password').waitFor()],
  ['/invites/dmi_none', (page) => page.getByLabel('Password').waitFor()],
];

/** The paths of the router as the browser has it, however they were written. */
const routesInBrowser = (page: Page): Promise<string[]> =>
  page.evaluate(`Object.values(__TSR_ROUTER__.routesById)
    .filter((route) => route.options.component !== undefined && route.options.path !== undefined)
    .map((route) => route.options.path)`);

/** Pages that no test opens. */
function missed(routes: readonly string[]): string[] {
  const seen = new Set(PAGES.map(([path]) => routeOf(path, routes)));
  return routes.filter((route) => !seen.has(route));
}

it('is about every page of the router', async () => {
  const { page } = await openApp(browser, server, '/sets');
  await page.getByText('kept', { exact: true }).waitFor();
  const routes = await routesInBrowser(page);
  expect(routes.length).toBeGreaterThan(25);
  expect(missed(routes)).toEqual([]);
  // The list that pictures are made by is the same one.
  expect(routesOfRouter().toSorted()).toEqual(routes.toSorted());
  expect(missed([...routes, '/planted/$id', '/planted'])).toEqual(['/planted/$id', '/planted']);
});

/** What can be pressed or filled in and no key leads to: the focus does not come there, nor to the group that it is in. */
const unreached = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [role=tab], [onclick]')]
    .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex < 0)
    .filter((one) => one.closest('[inert], [aria-hidden=true], [role=tablist], [role=menu], [role=listbox], .monaco-editor') === null)
    .map((one) => 'cannot be reached by keyboard: ' + one.outerHTML.slice(0, 160))`);

/** By keys alone into a page: past the navigation to what it is about; a dialog has the focus from the beginning. */
async function tabInto(page: Page): Promise<string[]> {
  if (await page.evaluate("document.querySelector('dialog[open]') !== null")) {
    const isInside = await page.evaluate("document.activeElement.closest('dialog[open]') !== null");
    return isInside ? [] : ['its dialog has not got the focus'];
  }
  await page.evaluate('document.activeElement.blur(); document.querySelector(\'a[href="#page"]\')?.focus()');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const isInside = await page.evaluate(
    "document.activeElement !== document.body && (document.getElementById('page') ?? document.body).contains(document.activeElement)",
  );
  return isInside ? [] : ['Tab does not lead into it'];
}

/** Where a page of the list is, with what was made for it in place of its names. */
function placeOf(path: string): string {
  const hostile = encodeURIComponent(HOSTILE.slice(0, 60));
  const ids: Record<string, string> = { template, scenario, chat, run, connection, dead, push, seed, hostile };
  return `${server.client.url}/app${path.replaceAll(/:(\w+)/g, (whole, name: string) => ids[name] ?? whole)}`;
}

describe.each([
  ['light', 1280],
  ['dark', 390],
] as const)('in the theme %s, %i pixels wide', (colorScheme, width) => {
  it('shows every page without a violation of WCAG, of the policy, or of the width', async () => {
    const options = { colorScheme, viewport: { width, height: 800 } };
    const { page, elsewhere, complaints } = await openApp(browser, server, '/sets', options);
    const wrong: string[] = [];
    for (const [path, ready] of PAGES) {
      await page.goto(placeOf(path));
      await ready(page);
      wrong.push(...(await violations(page)).map((one) => `${path} ${one}`));
      wrong.push(...[...(await unreached(page)), ...(await tabInto(page))].map((one) => `${path} ${one}`));
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (Number(overflow) > 0) wrong.push(`${path} is ${overflow} pixels too wide`);
      if (await page.evaluate('"ran" in window')) wrong.push(`${path} ran a name or a value`);
    }
    expect(wrong).toEqual([]);
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
  }, 300_000);
});

it('is complete by keyboard: palette, picker and dialogs', async () => {
  const { page, complaints } = await openApp(browser, server, `/templates/${template}`);
  await page.getByRole('cell').nth(1).waitFor();
  expect(await page.getByRole('cell').nth(1).textContent()).toBe(HOSTILE);
  await page.getByRole('button', { name: /^Type of mixed/ }).press('Enter');
  await page.getByLabel('Search types').waitFor();
  const inDialog = await violations(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('go to sets');
  inDialog.push(...(await violations(page)));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sets' }).waitFor();
  expect({ inDialog, complaints }).toEqual({ inDialog: [], complaints: [] });
});

it('shows the same page again after a reload, and when one comes back to it', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, server, '/sets');
  const inShell = PAGES.filter(([path]) => !/^\/(nowhere|sign-in|welcome|invites)/.test(path));
  const firstOfEach = new Map(inShell.map((one) => [one[0], one] as const).toReversed());
  const one = tries(4, 1);
  for (const [path, ready] of [...firstOfEach.values()].filter((_, at) => at % one === 0)) {
    await page.goto(placeOf(path));
    await ready(page);
    await page.reload();
    await ready(page);
    const there = page.url();
    await page.evaluate("document.querySelector('dialog[open]')?.close()");
    await page.evaluate("__TSR_ROUTER__.navigate({ to: '/audit' })");
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    await page.goBack();
    await ready(page);
    expect(page.url()).toBe(there);
  }
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
}, 300_000);

it('notices a violation, an error of a script, one of the policy and one that is written, wherever they are', async () => {
  const { page, elsewhere, complaints } = await openApp(browser, server, '/sets');
  await page.getByText('kept', { exact: true }).waitFor();
  expect([await violations(page), complaints, elsewhere]).toEqual([[], [], []]);
  await page.evaluate(`
    document.getElementById('page').append(Object.assign(document.createElement('img'), { src: '/app/icon.svg' }));
    console.error('planted in the console');
    setTimeout(() => { throw new Error('planted in a script'); });
    document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }));
    fetch('http://127.0.0.1:9/planted').catch(() => undefined);
  `);
  expect(await violations(page)).toEqual([expect.stringContaining('image-alt')]);
  await expect.poll(() => complaints.join('\n')).toContain('planted in a script');
  expect(complaints.join('\n')).toContain('planted in the console');
  expect(complaints.join('\n')).toMatch(/inline script.*Content Security Policy/is);
  expect(await page.evaluate('"ran" in window')).toBe(false);
});

it('finds what no key leads to, and a page that Tab does not lead into', async () => {
  const { page } = await openApp(browser, server, '/sets');
  await page.getByText('kept', { exact: true }).waitFor();
  expect([await unreached(page), await tabInto(page)]).toEqual([[], []]);
  await page.evaluate("document.getElementById('page').innerHTML = '<button tabindex=-1>planted</button>'");
  expect([await unreached(page), await tabInto(page)]).toEqual([
    [expect.stringContaining('planted')],
    ['Tab does not lead into it'],
  ]);
});

it('is sent with a policy, compressed and kept by what its names tell', async () => {
  const { url } = server.client;
  const page = await fetch(`${url}/app/templates`);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const html = await page.text();
  const [, script = ''] = /src="([^"]+\.js)"/.exec(html) ?? [];
  for (const encoding of ['br', 'gzip', 'identity']) {
    const file = await fetch(url + script, { headers: { 'accept-encoding': encoding } });
    expect(file.headers.get('content-encoding') ?? 'identity').toBe(encoding);
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(await file.text()).toContain('import');
  }
  const sizes = await Promise.all(
    [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(async ([, path = '']) => {
      const file = await fetch(url + path, { headers: { 'accept-encoding': 'br' } });
      return Number(file.headers.get('content-length'));
    }),
  );
  // Goal of the first load: 350 KB compressed.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
  for (const path of ['/app/assets/none.js', '/app/assets/..%2f..%2fpackage.json', '/app/assets/../../package.json']) {
    const answer = await fetch(url + path);
    expect([path, answer.status === 404 || (answer.headers.get('content-type') ?? '').includes('json')]).toEqual([
      path,
      true,
    ]);
    expect(await answer.text()).not.toContain('"dependencies"');
  }
});
