import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import type { Store } from './open-store.ts';
import {
  abandonOutput,
  beginOutput,
  claimRun,
  failRun,
  finishRun,
  type HeldRun,
  MAX_ATTEMPTS,
  releaseRun,
  renewRun,
} from './run-leases.ts';
import { type Tenant, tenantOf } from './tenant.ts';

const RECIPE = { template: {}, nested: [], request: {}, seed: 'x', now: 0 };

describe.each(STORES)('a run that a worker holds (%s store)', (kind) => {
  let server: TestServer;
  let store: Store;
  let tenant: Tenant;
  let place: { workspace_id: string; project_id: string };
  beforeAll(async () => {
    // Nobody but the test works on runs.
    server = await startOn(kind, { runs: { workers: 0 } });
    store = await server.openDatabase();
    const project = await store.selectFrom('project').select(['id', 'workspace_id']).executeTakeFirstOrThrow();
    place = { workspace_id: project.workspace_id, project_id: project.id };
    tenant = tenantOf(store, project.workspace_id);
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const queued = async (): Promise<string> => {
    const id = newId('run');
    const about = { kind: 'generation' as const, subject_id: 'x', params: '{}', recipe: JSON.stringify(RECIPE) };
    const by = { total_rows: '1', created_by: 'x', request_id: 'x' };
    await store
      .insertInto('run')
      .values({ id, ...place, ...about, ...by })
      .execute();
    return id;
  };
  const row = (id: string) => store.selectFrom('run').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
  const expire = (id: string) =>
    store
      .updateTable('run')
      .set({ lease_until: new Date(Date.now() - 60_000) })
      .where('id', '=', id)
      .execute();
  /** What the audit log says of attempts whose worker went away. */
  const lostOf = async (id: string): Promise<readonly unknown[]> => {
    const acts = store.selectFrom('audit_entry').where('action', '=', 'run.lost').where('subject_id', '=', id);
    return (await acts.orderBy('ordinal').select('details').execute()).map(({ details }) => details);
  };
  const claim = async (id: string, token: string): Promise<HeldRun> => {
    const held = await claimRun(tenant, id, token);
    if (typeof held === 'string') throw new Error(held);
    return held;
  };
  const outcome = async () => ({
    output: { name: 'x', contentType: 'x', sha256: 'x', sensitive: [] },
    rows: 1,
    bytes: 1,
    blobId: await beginOutput(tenant, place.workspace_id),
  });

  it('is held by one of many who want it', async () => {
    const id = await queued();
    const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => claimRun(tenant, id, `token ${n}`)));
    expect(claims.filter((claimed) => typeof claimed === 'object')).toHaveLength(1);
    expect(claims.filter((claimed) => claimed === 'wait')).toHaveLength(7);
  });

  it('refuses every write of a worker that was thought dead', async () => {
    const id = await queued();
    const zombie = await claim(id, 'zombie');
    await expire(id);
    // Nobody has it yet: it is still its own.
    expect(await renewRun(tenant, zombie, 1, 1)).toBe(true);
    await expire(id);
    const other = await claim(id, 'other');
    expect(other.attempt).toBe(2);
    const before = await row(id);
    expect(await renewRun(tenant, zombie, 9, 9)).toBe(false);
    expect(await releaseRun(tenant, zombie, true)).toBe(false);
    expect(await failRun(tenant, zombie, { code: 'x', message: 'x' })).toBe(false);
    const late = await outcome();
    expect(await finishRun(tenant, zombie, late)).toBe(false);
    expect(await row(id)).toEqual(before);
    const blob = store.selectFrom('file_blob').where('id', '=', late.blobId).select('state');
    expect(await blob.executeTakeFirst()).toEqual({ state: 'writing' });
    expect(await finishRun(tenant, other, await outcome())).toBe(true);
    expect(await finishRun(tenant, other, await outcome())).toBe(false);
    expect(await claimRun(tenant, id, 'again')).toBe('over');
    expect(await row(id)).toMatchObject({ state: 'done', attempt: 2, recipe: null, token: null });
  });

  it('keeps bytes that are given up after they were kept', async () => {
    const held = await claim(await queued(), 'one');
    const [kept, left] = [await outcome(), await outcome()];
    expect(await finishRun(tenant, held, kept)).toBe(true);
    const states = [];
    for (const { blobId } of [kept, left]) {
      await abandonOutput(tenant, blobId);
      const blob = store.selectFrom('file_blob').where('id', '=', blobId).select('state');
      states.push(await blob.executeTakeFirst());
    }
    expect(states).toEqual([{ state: 'kept' }, { state: 'doomed' }]);
  });

  it('has one end when it is finished and failed at once', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await queued();
      const held = await claim(id, 'one');
      const done = await outcome();
      const ends = await Promise.all([
        finishRun(tenant, held, done),
        failRun(tenant, held, { code: 'x', message: 'x' }),
        releaseRun(tenant, held, true),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
      const { state } = await row(id);
      expect(state).toBe(ends[0] ? 'done' : ends[1] ? 'failed' : 'queued');
    }
  });

  it.each([true, false])(
    'of a scenario goes on after a crash where its code says so (%s), else it is lost',
    async (again) => {
      const log = { lines: null, bytes: 1000, days: null };
      const about = { version: 1, given: {}, timeoutSeconds: 60, memoryBytes: 1e9, log };
      const recipe = JSON.stringify({ ...about, retryOnCrash: again });
      const id = await queued();
      await store.updateTable('run').set({ kind: 'scenario', recipe }).where('id', '=', id).execute();
      await claim(id, 'first');
      await expire(id);
      const second = await claimRun(tenant, id, 'second');
      if (again) expect(second).toMatchObject({ attempt: 2, token: 'second' });
      else expect(second).toBe('over');
      const outcomes = [{ outcome: 'lost' }, ...(again ? [{ outcome: null }] : [])];
      expect(await row(id)).toMatchObject({ state: again ? 'running' : 'lost', result: { attempts: outcomes } });
      expect(await lostOf(id)).toEqual([{ kind: 'scenario', attempt: 1, again }]);
    },
  );

  it('fails after so many attempts, of which giving back is none', async () => {
    const id = await queued();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await releaseRun(tenant, await claim(id, 'gentle'), false);
      expect((await claim(id, 'lost')).attempt).toBe(attempt);
      await expire(id);
    }
    expect(await claimRun(tenant, id, 'late')).toBe('over');
    expect(await row(id)).toMatchObject({ state: 'failed', error: { code: 'worker_lost' } });
    // Once for each, and not for those that were given back.
    const all = Array.from({ length: MAX_ATTEMPTS }, (_, n) => n + 1);
    expect(await lostOf(id)).toEqual(
      all.map((attempt) => ({ kind: 'generation', attempt, again: attempt < MAX_ATTEMPTS })),
    );
  });
});
