import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { restConnector } from './connector.ts';
import { startValidatingServer, type ValidatingServer } from './testing/start-validating-server.ts';

let server: ValidatingServer;
let session: Session;
beforeAll(async () => {
  server = await startValidatingServer();
});
beforeEach(async () => {
  server.taken.length = 0;
  const { config, secrets } = restConnector.parse({ url: server.url, options: { openapi: 'openapi.json' } });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
  session = await restConnector.open(config, { dialer, secrets, readOnly: false });
});
afterAll(() => server.stop());

const at = (name: string) => ({ schema: '', name });
const ROWS = 60;

async function rowsOf(name: string): Promise<Rows> {
  const template = await session.template?.(at(name));
  const parsed = parseTemplate(template?.document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: name });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return generateRows(plan.value, 0, ROWS) as Rows;
}

it('has an operation for each body that the document describes', async () => {
  const { tables } = await session.introspect();
  expect(
    tables.map(({ name, comment, operation }) => [
      name,
      comment,
      operation?.method,
      operation?.rows,
      operation?.parameters,
    ]),
  ).toEqual([
    ['pets', 'Add a pet', 'POST', 'body', []],
    ['pets/{petId}', 'Change a pet', 'PUT', 'body', ['petId']],
    ['pets/{petId}/visits', 'Note visits of a pet', 'POST', 'list', ['petId']],
    ['orders', 'Order pets', 'POST', { property: 'orders' }, []],
    ['users/{username}', 'Change a user', 'PATCH', 'body', ['username']],
  ]);
  const pets = await session.describe(at('pets'));
  expect(pets.columns.map(({ name }) => name)).toEqual(['name', 'category', 'photoUrls', 'tags', 'status']);
});

it.each(['pets', 'pets/{petId}', 'pets/{petId}/visits', 'orders', 'users/{username}'])(
  'makes a template of %s, whose rows the system takes, all of them, where they belong',
  async (name) => {
    const rows = await rowsOf(name);
    const { operation } = await session.describe(at(name));
    const report = await session.insert(at(name), [rows], { batchSize: 7 });
    expect(report).toEqual({ sent: ROWS, written: ROWS, skipped: 0, failed: 0, failures: [] });
    expect(new Set(server.taken.map(({ route }) => route))).toEqual(
      new Set([`${operation?.method} ${operation?.path}`]),
    );
    const bodies = server.taken.flatMap(({ body, parts }): Row[] => {
      const inside =
        typeof operation?.rows === 'object' ? (body as Record<string, Row[]>)[operation.rows.property] : body;
      const list = Array.isArray(inside) ? (inside as Row[]) : [inside as Row];
      return list.map((row) => ({ ...parts, ...row }));
    });
    const texts = (all: Rows): string[] =>
      all.map((row) => JSON.stringify(Object.entries({ ...row, petId: String(row['petId']) }).sort())).sort();
    expect(texts(bodies)).toEqual(texts(rows));
  },
);

it('puts any text into one part of the path, and refuses what is none', async () => {
  const names = ['a/b', '../x', 'ü ?#', '%2e', 'a.b'];
  const rows = names.map((username) => ({ username, email: 'a@example.com' }));
  const report = await session.insert(at('users/{username}'), [rows]);
  // A name of two letters is in the path, and the document wants three of them in the body.
  expect(report.failed).toBe(names.filter(({ length }) => length < 3).length);
  expect(server.taken.map(({ parts }) => parts['username']).sort()).toEqual(
    names.filter((name) => name.length > 2).sort(),
  );
  const count = server.taken.length;
  for (const username of ['', '.', '..', null, { a: 1 }, undefined]) {
    const row = { ...(username === undefined ? {} : { username }), email: 'a@example.com' };
    await expect(session.insert(at('users/{username}'), [[row]])).rejects.toMatchObject({
      problem: 'value',
      written: 0,
    });
  }
  expect(server.taken).toHaveLength(count);
});

it('says which rows the system refuses by its document', async () => {
  const rows = [{ name: 'Rex', photoUrls: [] }, { name: 'Rex', photoUrls: [], surprise: 1 }, { photoUrls: [] }];
  expect(await session.insert(at('pets'), [rows])).toMatchObject({
    written: 1,
    failures: [
      { row: 1, status: 400 },
      { row: 2, status: 400 },
    ],
  });
  expect(await session.template?.(at('nothing'))).toBeUndefined();
});
