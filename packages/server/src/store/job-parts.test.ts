import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../services/engine-version.ts';
import { letPartsLapse } from '../testing/let-parts-lapse.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { claimPart, failJob, type HeldPart, keepPart, releasePart, renewPart } from './job-parts.ts';
import type { Store } from './open-store.ts';
import { type Tenant, tenantOf } from './tenant.ts';

const SUM = createHash('sha256').update('').digest();
const MADE = { bytes: 10, sha256: SUM, blobId: null };

describe.each(A_STORE)('a part that a worker holds (%s store)', (kind) => {
  let server: TestServer;
  let store: Store;
  let tenant: Tenant;
  let template: string;
  beforeAll(async () => {
    // Nobody but the test makes parts.
    server = await startOn(kind, { runs: { jobWorkers: 0, workers: 0, scenarioWorkers: 0 } });
    store = await server.openDatabase();
    const { id } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    tenant = tenantOf(store, id);
    template = await server.client.create([{ name: 'id', type: 'sequence' }]);
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const submit = async (parts: number): Promise<string> => {
    const body = { template_id: template, count: 10 * parts, part_rows: 10, format: 'csv', sink: 'hash' };
    return (await server.client.post<{ run_id: string }>('/jobs', body)).body.run_id;
  };
  const claim = async (id: string, token: string): Promise<HeldPart> => {
    const claimed = await claimPart(tenant, id, token, ENGINE_VERSION);
    if (typeof claimed === 'string' || 'needs' in claimed) throw new Error(JSON.stringify(claimed));
    return claimed;
  };
  const run = (id: string) =>
    store
      .selectFrom('run')
      .where('id', '=', id)
      .select(['state', 'row_count', 'byte_count', 'error'])
      .executeTakeFirstOrThrow();

  it('is nobody else’s, and the last one ends the job', async () => {
    const id = await submit(3);
    const held = await Promise.all(['a', 'b', 'c'].map((token) => claim(id, token)));
    expect(held.map(({ number }) => number).toSorted()).toEqual([1, 2, 3]);
    expect(held.map(({ from, to }) => to - from)).toEqual([10, 10, 10]);
    expect(await claimPart(tenant, id, 'd', ENGINE_VERSION)).toBe('wait');
    expect(await Promise.all(held.map((part) => keepPart(tenant, part, MADE, undefined)))).toEqual([true, true, true]);
    expect(await run(id)).toEqual({ state: 'done', row_count: '30', byte_count: '30', error: null });
    expect(await claimPart(tenant, id, 'e', ENGINE_VERSION)).toBe('over');
    // Once more changes nothing.
    expect(await keepPart(tenant, held[0] as HeldPart, MADE, undefined)).toBe(false);
    expect(await run(id)).toMatchObject({ row_count: '30', byte_count: '30' });
  });

  it('is lost to whoever takes it after its lease: what comes late is refused', async () => {
    const id = await submit(2);
    const late = await claim(id, 'late');
    expect(await renewPart(tenant, late, 5)).toBe(true);
    await letPartsLapse(store);
    const next = await claim(id, 'next');
    expect([next.number, next.losses]).toEqual([late.number, 1]);
    expect(await renewPart(tenant, late, 5)).toBe(false);
    expect(await keepPart(tenant, late, { ...MADE, bytes: 11 }, undefined)).toBe(false);
    await releasePart(tenant, late, true);
    expect(await run(id)).toMatchObject({ state: 'running', row_count: '0', byte_count: '0' });
    expect(await keepPart(tenant, next, MADE, undefined)).toBe(true);
    expect(await keepPart(tenant, late, { ...MADE, bytes: 11 }, undefined)).toBe(false);
    expect(await run(id)).toMatchObject({ state: 'running', row_count: '10', byte_count: '10' });
  });

  it('is tried again after a pause, and is not held back by a worker that stops', async () => {
    const id = await submit(1);
    await releasePart(tenant, await claim(id, 'stops'), false);
    const fails = await claim(id, 'fails');
    expect([fails.faults, fails.losses]).toEqual([0, 0]);
    await releasePart(tenant, fails, true);
    expect(await claimPart(tenant, id, 'soon', ENGINE_VERSION)).toBe('wait');
    await store.updateTable('generation_job_part').set({ not_before: null }).where('run_id', '=', id).execute();
    const again = await claim(id, 'again');
    expect([again.faults, again.losses]).toEqual([1, 0]);
  });

  it('is over with its job, and left alone by another engine', async () => {
    const id = await submit(2);
    expect(await claimPart(tenant, id, 'x', '0.0.0')).toEqual({ needs: ENGINE_VERSION });
    expect(await run(id)).toMatchObject({ state: 'queued' });
    const part = await claim(id, 'a');
    await failJob(tenant, id, { code: 'x', message: 'x' });
    await failJob(tenant, id, { code: 'y', message: 'y' });
    expect(await run(id)).toMatchObject({ state: 'failed', error: { code: 'x' } });
    expect(await renewPart(tenant, part, 1)).toBe(false);
    expect(await keepPart(tenant, part, MADE, undefined)).toBe(false);
    expect(await claimPart(tenant, id, 'b', ENGINE_VERSION)).toBe('over');
  });
});
