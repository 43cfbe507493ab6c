import type { Page } from 'playwright-core';
import type { SampleIds } from './sample-data.ts';

export interface ShownPage {
  /** Of its file. */
  readonly name: string;
  /** Behind /app; ids stand behind a colon. */
  readonly path: string;
  /** Done, and waited for, before the picture. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** Without a session. */
  readonly isPublic?: true;
  /** The picture of the documentation that it is, in the light theme. */
  readonly inDocs?: string;
}

const row = (page: Page): Promise<void> => page.getByRole('table', { name: 'Rows' }).getByRole('cell').nth(1).waitFor();
const heading = (page: Page): Promise<void> => page.getByRole('heading').first().waitFor();
const link = (name: string) => (page: Page) => page.getByRole('link', { name }).first().waitFor();
const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().waitFor();

/** Every page of the app at least once, as a newcomer's workspace has it. */
export const SHOWN_PAGES: readonly ShownPage[] = [
  { name: 'sign-in', path: '/sign-in', ready: heading, isPublic: true },
  { name: 'welcome', path: '/welcome', ready: heading, isPublic: true },
  { name: 'invite', path: '/invites/:invite', ready: heading, isPublic: true },
  {
    name: 'new-from-names',
    path: '/new',
    ready: async (page) => {
      await page.getByLabel('Names of columns').fill('customer_id, first_name, last_name, email, iban, signup_date');
      await page.getByRole('list', { name: 'Inferred fields' }).getByText('iban').first().waitFor();
    },
  },
  { name: 'templates', path: '/templates', ready: link('Customers') },
  { name: 'template', path: '/templates/:customers', ready: row, inDocs: 'web-app.png' },
  {
    name: 'template-nested',
    path: '/templates/:orders?view=json',
    ready: (page) => page.getByText('"items"').first().waitFor(),
  },
  {
    name: 'template-columns',
    path: '/templates/:customers?view=columns',
    ready: (page) => page.getByText('distinct').first().waitFor(),
  },
  {
    name: 'template-options',
    path: '/templates/:customers',
    ready: async (page) => {
      await row(page);
      await page.getByRole('button', { name: 'Open the options of plan' }).click();
    },
  },
  {
    name: 'template-generate',
    path: '/templates/:customers',
    ready: async (page) => {
      await row(page);
      await page.getByRole('button', { name: 'Generate' }).click();
    },
  },
  { name: 'sets', path: '/sets', ready: link('regression') },
  { name: 'set', path: '/sets/regression', ready: (page) => page.getByRole('cell').nth(1).waitFor() },
  { name: 'files', path: '/files', ready: (page) => page.getByText('products.csv').waitFor() },
  { name: 'connections', path: '/connections', ready: link('Shop') },
  { name: 'connections-new', path: '/connections/new', ready: (page) => page.getByLabel('Host').waitFor() },
  { name: 'connections-deleted', path: '/connections/deleted', ready: heading },
  {
    name: 'connection',
    path: '/connections/:shop?table=purchase',
    ready: (page) => page.getByRole('table', { name: 'Columns' }).waitFor(),
  },
  { name: 'connection-diagram', path: '/connections/:shop/diagram', ready: link('purchase') },
  {
    name: 'connection-push',
    path: '/connections/:shop/push?template=:customers&table=customer',
    ready: (page) => page.getByLabel('Column of email').waitFor(),
  },
  {
    name: 'connection-seed',
    path: '/connections/:shop/seed?seed=demo',
    ready: button(/^Write/),
    inDocs: 'web-seed.png',
  },
  { name: 'connection-edit', path: '/connections/:shop/edit', ready: (page) => page.getByLabel('Host').waitFor() },
  { name: 'runs', path: '/runs', ready: (page) => page.getByText('done', { exact: true }).first().waitFor() },
  { name: 'run', path: '/runs/:push', ready: (page) => page.getByText('all rows are there').waitFor() },
  { name: 'scenarios', path: '/scenarios', ready: link('Nightly orders') },
  {
    name: 'scenario',
    path: '/scenarios/:scenario?run=:run',
    ready: async (page) => {
      await page.locator('.view-line .mtk1').first().waitFor();
      await page.getByText('order 40 of 40').waitFor();
    },
    inDocs: 'web-scenario.png',
  },
  { name: 'chats', path: '/chats', ready: link('Customers for the demo') },
  {
    name: 'chat',
    path: '/chats/:chat',
    ready: button('Approve'),
    inDocs: 'web-chat.png',
  },
  { name: 'people', path: '/people', ready: (page) => page.getByText('(you)').waitFor() },
  { name: 'secrets', path: '/secrets', ready: (page) => page.getByText('CRM_TOKEN', { exact: true }).waitFor() },
  { name: 'settings', path: '/settings', ready: (page) => page.getByLabel('Name of the workspace').waitFor() },
  {
    name: 'settings-agent',
    path: '/settings?tab=agent',
    ready: (page) => page.getByRole('combobox').first().waitFor(),
  },
  { name: 'keys', path: '/keys', ready: button(/^Revoke/) },
  { name: 'audit', path: '/audit', ready: (page) => page.getByText('template.created').first().waitFor() },
  {
    name: 'palette',
    path: '/templates',
    ready: async (page) => {
      await link('Customers')(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('option').nth(5).waitFor();
    },
  },
];

/** The address of a page behind /app, with its ids. @throws Error for an id that there is none of */
export const addressOf = ({ path }: ShownPage, ids: SampleIds): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${path} names ${name}, which sample data does not have`);
    return id;
  });
