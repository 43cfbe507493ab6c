import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../services/limits/plans.ts';
import { keepRuns } from '../services/runs/keep-runs.ts';
import type { Store } from '../store/open-store.ts';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { until } from '../testing/until.ts';
import { runEvents } from './schemas/run-events.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'first_name' },
];
/** More than a worker makes before somebody can ask for an end. */
const MANY = 400_000_000;
const ABSENT = 'run_00000000000000000000';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly params: Record<string, unknown>;
  readonly progress: { rows: number; bytes: number; total: number };
  readonly output: { sha256: string; url: string | null; size: number } | null;
  readonly error: { code: string; message: string } | null;
  readonly ended_at: string | null;
}

describe.each(STORES)('runs on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let id: string;
  beforeAll(async () => {
    const plans = { ...PLANS, 'self-hosted': { ...PLANS['self-hosted'], runBytes: 3_000_000_000 } };
    server = await startOn(kind, { runs: { workers: 1, asyncRows: 1000 }, plans });
    client = server.client;
    store = await server.openDatabase();
    id = await client.create(FIELDS);
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const submit = async (body: object, headers = {}, template = id): Promise<string> => {
    const answer = await client.post<{ run_id: string }>(
      `/templates/${template}/generate`,
      { async: true, ...body },
      headers,
    );
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 202,
      body: { run_id: expect.stringMatching(/^run_\w{26}$/), state: 'queued' },
    });
    expect(answer.headers.get('location')).toBe(`/runs/${answer.body.run_id}`);
    return answer.body.run_id;
  };
  const ended = async (run: string): Promise<RunBody> => (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  const acts = async (run: string) => {
    const { items } = (await client.get<ListBody<{ action: string; details: object }>>(`/audit?subject=${run}`)).body;
    return items.map(({ action }) => action).toReversed();
  };

  it.each(['csv', 'xlsx', 'parquet', 'ndjson'])(
    'make the bytes of a stream with the same seed (%s)',
    async (format) => {
      const body = { from: 7, to: 900, format, seed: 'demo', overrides: { name: { pick_from: ['A', 'B'] } } };
      const stream = await client.post(`/templates/${id}/generate`, body);
      const run = await submit(body);
      const done = await ended(run);
      expect(done).toMatchObject({ id: run, state: 'done', error: null, progress: { rows: 893, total: 893 } });
      expect(done.params).toEqual({ template_id: id, template_version: 1, from: 7, to: 900, format, seed: 'demo' });
      const output = await client.get(`/runs/${run}/output`);
      expect({ status: output.status, text: output.text }).toEqual({ status: 200, text: stream.text });
      expect(output.headers.get('content-type')).toBe(stream.headers.get('content-type'));
      if (format === 'csv') expect(done.output?.sha256).toBe(sha256(stream.text));
      const range = await client.get(`/runs/${run}/output`, { range: 'bytes=10-19' });
      expect({ status: range.status, size: range.headers.get('content-range') }).toEqual({
        status: 206,
        size: `bytes 10-19/${done.output?.size}`,
      });
      expect(await acts(run)).toEqual(['run.submitted']);
    },
  );

  it('are asked for by the body, by Prefer, or by many rows', async () => {
    const post = (body: object, headers = {}) => client.post(`/templates/${id}/generate`, body, headers);
    expect((await post({ count: 1000 })).status).toBe(200);
    expect((await post({ count: 1001 })).status).toBe(202);
    expect((await post({ count: 1001, async: 'false' })).status).toBe(200);
    expect((await post({ count: 1, async: 'true' })).status).toBe(202);
    const preferred = await post({ count: 1 }, { prefer: 'wait=10, Respond-Async; x=1' });
    expect([preferred.status, preferred.headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    expect((await post({ count: 1 }, { prefer: 'handling=strict' })).status).toBe(200);
    expectError(await post({ count: 1, async: 'perhaps' }), 422, 'validation_error');
  });

  it('keep the template and its nested ones as they were', async () => {
    const inner = await client.create([{ name: 'a', type: 'constant', options: { value: 'old' } }], 'inner');
    const outer = await client.create([{ name: 'in', type: 'template', options: { template_id: inner } }], 'outer');
    // One worker: the second waits until the first has ended.
    const first = await submit({ count: MANY });
    const second = await submit({ count: 2, format: 'ndjson' }, {}, outer);
    await client.patch(`/templates/${inner}`, { fields: [{ name: 'a', type: 'constant', options: { value: 'new' } }] });
    await client.delete(`/templates/${outer}`);
    await client.post(`/runs/${first}/cancel`);
    expect(await ended(second)).toMatchObject({ state: 'done', params: { template_version: 1 } });
    expect((await client.get(`/runs/${second}/output`)).text).toBe('{"in":{"a":"old"}}\n'.repeat(2));
  });

  it('are one for an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one run' };
    const all = await Promise.all([1, 2, 3].map(() => submit({ count: 3 }, headers)));
    expect(new Set([...all, await submit({ count: 3 }, headers)]).size).toBe(1);
    const other = await client.post(`/templates/${id}/generate`, { count: 4, async: true }, headers);
    expectError(other, 422, 'idempotency_key_reused');
    const found = await store
      .selectFrom('run')
      .where('id', '=', all[0] ?? '')
      .select('id')
      .execute();
    expect(found).toHaveLength(1);
    expect(await ended(all[0] ?? '')).toMatchObject({ state: 'done' });
  });

  it('are no streams, also where one has the same Idempotency-Key and the same body', async () => {
    const headers = { 'idempotency-key': 'a stream and a run' };
    const send = (more: object = {}) =>
      client.post<{ run_id: string }>(`/templates/${id}/generate`, { count: 3 }, { ...headers, ...more });
    const async = { prefer: 'respond-async' };
    const answers = [await send(), await send(async), await send(), await send(async)];
    expect(answers.map(({ status }) => status)).toEqual([200, 202, 200, 202]);
    const [stream, run, streamAgain, runAgain] = answers;
    expect(streamAgain?.text).toBe(stream?.text);
    expect(runAgain?.body).toEqual(run?.body);
    expect(await ended(run?.body.run_id ?? '')).toMatchObject({ state: 'done' });
  });

  it('are cancelled while they run and while they wait, once', async () => {
    const running = await submit({ count: MANY });
    const waiting = await submit({ count: 5 });
    await until(async () => (await client.get<RunBody>(`/runs/${running}`)).body.state === 'running');
    const answer = await client.post<RunBody>(`/runs/${waiting}/cancel`);
    expect(answer).toMatchObject({ status: 200, body: { state: 'cancelled', output: null } });
    const races = await Promise.all([1, 2, 3, 4].map(() => client.post(`/runs/${running}/cancel`)));
    expect(races.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    expect(await ended(running)).toMatchObject({ state: 'cancelled', ended_at: expect.any(String) });
    expectError(await client.post(`/runs/${running}/cancel`), 409, 'conflict');
    expectError(await client.get(`/runs/${running}/output`), 409, 'conflict');
    expect(await acts(running)).toEqual(['run.submitted', 'run.cancelled']);
    // The worker is free again, and nothing is left of what it made.
    expect(await ended(await submit({ count: 1 }))).toMatchObject({ state: 'done' });
    const writing = await store.selectFrom('file_blob').where('state', '!=', 'kept').select('id').execute();
    expect(writing).toEqual([]);
  });

  it('are watched as events, from where somebody was', async () => {
    const run = await submit({ count: 500 });
    const { text } = await client.get(`/runs/${run}/events`);
    const ids = [...text.matchAll(/^id: (.*)$/gm)].map(([, each]) => each);
    expect(ids.at(-1)).toBe('done.1.500');
    expect(text).toMatch(/\nevent: run\ndata: \{"id":"run_.*"state":"done".*\}\n\nevent: end\ndata: \{\}\n\n$/);
    const [event] = runEvents.options;
    for (const one of text
      .replace(/^: .*\n\n/gm, '')
      .trim()
      .split('\n\n')) {
      const told = Object.fromEntries(one.split('\n').map((line) => line.split(/: (.*)/s)));
      expect(event.strict().safeParse(told).error, one).toBeUndefined();
    }
    const again = await client.get(`/runs/${run}/events`, { 'last-event-id': 'done.1.500' });
    expect(again.text.replace(': heartbeat\n\n', '')).toBe('event: end\ndata: {}\n\n');
  });

  it('are listed by state, kind and template, page by page', async () => {
    const template = await client.create(FIELDS, 'listed');
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.push(await submit({ count: 1 }, {}, template));
    for (const run of made) await ended(run);
    const first = await client.get<ListBody<RunBody>>(`/runs?template=${template}&limit=2`);
    expect(first.body).toMatchObject({ total: 3, items: [{ id: made[2] }, { id: made[1] }] });
    const next = `/runs?template=${template}&limit=2&cursor=${first.body.next_cursor}`;
    expect((await client.get<ListBody<RunBody>>(next)).body).toMatchObject({
      next_cursor: null,
      items: [{ id: made[0] }],
    });
    expectError(await client.get(`/runs?cursor=${first.body.next_cursor}`), 400, 'invalid_cursor');
    for (const more of ['kind=push', 'state=done'])
      expectError(await client.get(`${next}&${more}`), 400, 'invalid_cursor');
    const count = async (query: string) => (await client.get<ListBody<RunBody>>(`/runs?${query}`)).body.total;
    expect(await count(`template=${template}&state=done&kind=generation`)).toBe(3);
    expect(await count(`template=${template}&state=failed`)).toBe(0);
    expect(await count(`template=${template}&kind=push`)).toBe(0);
  });

  it('fail with what went wrong', async () => {
    // One worker: what waits can be changed.
    const first = await submit({ count: MANY });
    const large = await submit({ count: 100 });
    const { numUpdatedRows } = await store
      .updateTable('run')
      .set({ max_bytes: '1000' })
      .where('id', '=', large)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    expect(numUpdatedRows).toBe(1n);
    await client.post(`/runs/${first}/cancel`);
    const failed = await ended(large);
    expect(failed).toMatchObject({ state: 'failed', output: null, error: { code: 'output_too_large' } });
    expect(failed.error?.message).toContain('1000 bytes');
    expectError(await client.get(`/runs/${large}/output`), 409, 'conflict');
    const wrong = await client.create([
      {
        name: 'orders',
        type: 'template',
        options: { fields: [{ name: 'total', type: 'currency' }], array: true, count: 2 },
      },
      { name: 'sum', type: 'derived', options: { expression: 'sum(orders.total)' } },
    ]);
    const { error } = await ended(await submit({ count: 3 }, {}, wrong));
    expect(error?.code).toContain('expression');
    expect(error?.message).not.toMatch(/Error|\.ts/);
  });

  it('note who took which sensitive fields', async () => {
    const template = await client.create([...FIELDS, { name: 'iban', type: 'iban', options: { sensitive: true } }]);
    const run = await submit({ count: 1 }, {}, template);
    await ended(run);
    await client.get(`/runs/${run}/output`);
    const { body } = await client.get<ListBody<{ details: object }>>(`/audit?subject=${run}&action=export.begun`);
    expect(body.items.map(({ details }) => details)).toEqual([
      expect.objectContaining({ of: 'run', rows: 1, format: 'json', fields: expect.arrayContaining(['iban']) }),
    ]);
    await until(async () => (await acts(run)).includes('export.ended'));
    const { items } = (await client.get<ListBody<{ details: object }>>(`/audit?subject=${run}&action=export.ended`))
      .body;
    const { output } = (await client.get<RunBody>(`/runs/${run}`)).body;
    expect(items).toMatchObject([{ details: { of: 'run', bytes: output?.size, complete: true } }]);
  });

  it('lose their output after a week, and are forgotten later', async () => {
    const run = await submit({ count: 3 });
    await ended(run);
    const keep = () =>
      keepRuns(store, { remove: async () => undefined } as never, { knows: async () => true } as never);
    const left = async () =>
      store.selectFrom('run').where('id', '=', run).select(['expires_at', 'ended_at']).executeTakeFirstOrThrow();
    const { expires_at: expires, ended_at: end } = await left();
    expect((Number(expires) - Number(end)) / 86_400_000).toBeCloseTo(7, 2);
    // Not a moment before.
    await keep();
    expect((await client.get(`/runs/${run}/output`)).status).toBe(200);
    await store
      .updateTable('run')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', run)
      .execute();
    await keep();
    expect((await client.get<RunBody>(`/runs/${run}`)).body).toMatchObject({ state: 'done', output: { url: null } });
    expectError(await client.get(`/runs/${run}/output`), 410, 'output_expired');
    await store
      .updateTable('run')
      .set({ ended_at: new Date(0) })
      .where('id', '=', run)
      .execute();
    await keepRuns(store, {} as never, { knows: async () => true } as never);
    expectError(await client.get(`/runs/${run}`), 404, 'not_found');
  });

  it('are deleted with their output, and then are nowhere', async () => {
    const run = await submit({ count: 10 });
    await ended(run);
    const made = await store.selectFrom('run').where('id', '=', run).select('blob_id').executeTakeFirstOrThrow();
    expect((await client.delete(`/runs/${run}`)).status).toBe(204);
    expectError(await client.get(`/runs/${run}`), 404, 'not_found');
    expectError(await client.get(`/runs/${run}/output`), 404, 'not_found');
    expectError(await client.delete(`/runs/${run}`), 404, 'not_found');
    const row = await store.selectFrom('run').where('id', '=', run).select('blob_id').executeTakeFirst();
    expect(row?.blob_id).toBeNull();
    const bytes = store
      .selectFrom('file_blob')
      .where('id', '=', made.blob_id ?? '')
      .select('state');
    await until(async () => (await bytes.execute()).length === 0);
    const underWay = await submit({ count: MANY });
    expect((await client.delete(`/runs/${underWay}`)).status).toBe(204);
    expect(await acts(underWay)).toEqual(['run.submitted', 'run.deleted']);
  });

  it('pay for their rows once: all when they are done, none when they fail or are cancelled', async () => {
    const left = async () => {
      const { body } = await client.post<{ quota: { left: number } }>(`/templates/${id}/estimate`, { count: 1 });
      return body.quota.left;
    };
    /** The bucket empties all the while: a few rows come back. */
    const about = (rows: number) => ({ asymmetricMatch: (found: number) => found >= rows && found < rows + 500 });
    const blocking = await submit({ count: MANY });
    await until(async () => (await client.get<RunBody>(`/runs/${blocking}`)).body.state === 'running');
    await setPlan(store, 'free');
    try {
      const done = await submit({ count: 3000 });
      const cancelled = await submit({ count: 4000 });
      const failed = await submit({ count: 2000 });
      await store.updateTable('run').set({ max_bytes: '10' }).where('id', '=', failed).execute();
      expect(await left()).toEqual(about(1000));
      const more = await client.post(`/templates/${id}/generate`, { count: 5000, async: true });
      expectError(more, 429, 'quota_exceeded');
      expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(0);
      const tooMany = await client.post(`/templates/${id}/generate`, { count: 70_000, async: true });
      expectError(tooMany, 422, 'validation_error');
      await client.post(`/runs/${cancelled}/cancel`);
      expect(await left()).toEqual(about(5000));
      await client.post(`/runs/${blocking}/cancel`);
      expect(await ended(done)).toMatchObject({ state: 'done' });
      expect(await ended(failed)).toMatchObject({ state: 'failed' });
      expect(await left()).toEqual(about(7000));
      expect(await store.selectFrom('row_reservation').selectAll().execute()).toEqual([]);
    } finally {
      await setPlan(store, 'self-hosted');
    }
  });

  it('refuse what is wrong, and hide what is not yours', async () => {
    for (const wait of ['', 'maybe', '1', 'TRUE', 'true&wait=false']) {
      expectError(await client.get(`/runs/${ABSENT}?wait=${wait}`), 422, 'validation_error');
    }
    for (const query of ['state=odd', 'kind=odd', 'template=%00', 'limit=0', 'odd=1', 'state=done&state=failed']) {
      expectError(await client.get(`/runs?${query}`), 422, 'validation_error');
    }
    for (const path of ['', '/events', '/output']) {
      expectError(await client.get(`/runs/${ABSENT}${path}`), 404, 'not_found');
      expectError(await client.get(`/runs/..%2f..${path}`), 404, 'not_found');
    }
    expectError(await client.post(`/runs/${ABSENT}/cancel`), 404, 'not_found');
    expectError(await client.post(`/templates/${id}/generate`, { count: -1, async: true }), 422, 'validation_error');
    expectError(await client.post(`/templates/${id}/generate`, { async: true, odd: 1 }), 422, 'validation_error');
    const run = await submit({ count: 1 });
    await ended(run);
    const other = client.as(await addProject(server));
    expectError(await other.get(`/runs/${run}`), 404, 'not_found');
    expectError(await other.get(`/runs/${run}/output`), 404, 'not_found');
    expect((await other.get<ListBody<RunBody>>('/runs')).body.total).toBe(0);
  });
});
