import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../connectors/src/testing/start-postgres.ts';
import { all, only, type SeenEvent, said, Talk } from '../../testing/chats.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';
import { readWish } from './read-wish.ts';

describe('requests that are read without a model', () => {
  it.each([
    [
      'Generate 20 rows with name, email and signup_date',
      'datagen_generate_ai',
      { field_names: ['name', 'email', 'signup_date'], count: 20 },
    ],
    ['make 2k rows of these columns: a, b', 'datagen_generate_ai', { field_names: ['a', 'b'], count: 2000 }],
    ['Create a template from this CSV:\nid,mail\n1,a@b.c', 'template_from_schema', { source: 'id,mail\n1,a@b.c' }],
    ['CREATE TABLE t (id int);', 'template_from_schema', { source: 'CREATE TABLE t (id int);' }],
    [
      'Template for this please\n```sql\nCREATE TABLE t (id int);\n```',
      'template_from_schema',
      { source: 'CREATE TABLE t (id int);' },
    ],
    ['show run run_abc', 'get_run', { run: 'run_abc' }],
    ['List my scenarios.', 'list_scenarios', {}],
  ])('%j', (text, tool, input) => {
    expect(readWish(text)?.steps[0]?.([])).toEqual({ tool, input });
  });

  it.each([
    '',
    'hello',
    'delete everything',
    'drop table customers',
    'approve the call',
    'generate rows',
    'a'.repeat(10_000),
  ])('does not make anything of %j', (text) => expect(readWish(text)).toBeUndefined());
});

describe('a chat without a model', () => {
  let server: TestServer;
  let target: PostgresServer;
  beforeAll(async () => {
    target = await startPostgres();
    await target.query('CREATE TABLE numbers (number bigint)');
    server = await startOn('bundled', { privateTargets: ['127.0.0.1'] });
    await server.client.create([{ name: 'number', type: 'sequence' }], 'Numbers');
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await server.client.post('/connections', { name: 'Shop', type: 'postgres', url });
  });
  afterAll(async () => {
    await server?.close();
    await target?.stop();
  });
  /** Says something and lets each call be made that waits. */
  const have = async (text: string): Promise<SeenEvent[]> => {
    const talk = await Talk.begin(server.client, server.key);
    const events = await talk.say(text);
    while (events.at(-1)?.type === 'approval') events.push(...(await talk.approve(events.slice(-1))));
    return events;
  };

  it('says what it can do, and how to add a model, where it recognises nothing', async () => {
    const events = await have('Write me a poem');
    expect(said(events)).toContain('ANTHROPIC_API_KEY');
    expect(all(events, 'call')).toEqual([]);
    expect((await server.client.get<{ model: null }>('/agent/permissions')).body.model).toBeNull();
  });

  it('makes rows of columns and of templates, each when it was confirmed', async () => {
    const events = await have('Generate 3 rows with name, email');
    expect(only(events, 'approval')).toMatchObject({
      tool: 'datagen_generate_ai',
      reason: expect.stringContaining('patterns'),
    });
    expect(only(events, 'result').ok).toBe(true);
    const rows = all(await have('generate 4 rows of template numbers with seed x'), 'result').at(-1);
    expect(rows?.result).toMatchObject({
      rows: [{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }],
      seed: 'x',
    });
  });

  it('makes templates of what is pasted', async () => {
    const events = await have('Make a template from this: CREATE TABLE person (id integer PRIMARY KEY, email text);');
    expect(only(events, 'result')).toMatchObject({ ok: true, result: { saved: [{ name: 'person' }] } });
  });

  it('plans a push and makes it', async () => {
    const events = await have('Push 3 rows of template Numbers to numbers of connection shop');
    expect(all(events, 'call').map(({ tool }) => tool)).toEqual([
      'list_templates',
      'list_connections',
      'plan_push',
      'push_to_connection',
    ]);
    expect(all(events, 'approval').map(({ tool }) => tool)).toEqual(['push_to_connection']);
    await until(async () => (await target.query('SELECT FROM numbers')).length === 3);
  });

  it('says of what was refused that it was not done, and gives nobody advice that is for models', async () => {
    const talk = await Talk.begin(server.client, server.key);
    const asked = await talk.say('Generate 3 rows with name, email');
    expect((await talk.decide(only(asked, 'approval').id, 'refuse')).status).toBe(200);
    const events = await talk.follow(asked.at(-1)?.id);
    expect(said(events)).toBe('datagen_generate_ai was not done, as you said.');
  });

  it('says what there is where a name is wrong', async () => {
    const events = await have('generate 4 rows of template Nambers');
    expect(said(events)).toContain('Say it with the id');
    expect(all(events, 'result')).toHaveLength(1);
  });

  it('keeps to what the page about it says', () => {
    const page = readFileSync(new URL('../../../../../docs/how-to/chat.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^- `([^`]+)`$/gm)].map(([, request = '']) => request);
    expect(listed.length).toBeGreaterThan(6);
    for (const request of listed) expect(readWish(request), request).toBeDefined();
  });
});
