import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../store/open-store.ts';
import { sweepClaims } from '../../store/request-claims.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { hashRequest } from './hash-request.ts';
import { type Claim, RequestClaims } from './request-claims.ts';

describe('claims of requests', () => {
  let server: TestServer;
  let store: Store;
  let workspaceId: string;
  beforeAll(async () => {
    server = await startOn('external');
    store = await server.openDatabase();
    workspaceId = (await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow()).id;
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const name = (requestKey: string, body: unknown = {}) => ({
    workspaceId,
    personId: 'usr_x',
    route: 'POST /x',
    requestKey,
    requestHash: hashRequest('secret', [body]),
  });
  const answer = { status: 201, headers: { location: '/x/1' }, body: Buffer.from('dmk_owner_canary') };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'none',
      (error: { code?: string }) => error.code,
    );

  it.each(['the same', 'another'])(
    'let a second one wait for the first, in %s process, and say when it took too long',
    async (where) => {
      const one = new RequestClaims(store, 'secret', 50);
      const two = where === 'another' ? new RequestClaims(store, 'secret', 50) : one;
      const key = `waits in ${where}`;
      const first = (await one.begin(name(key))) as Claim;
      expect(await codeOf(two.begin(name(key)))).toBe('request_in_progress');
      await first.keep(answer);
      expect(await two.begin(name(key))).toEqual(answer);
      expect(await codeOf(two.begin(name(key, { other: 1 })))).toBe('idempotency_key_reused');
    },
  );

  it('let the next one do what the first gave up', async () => {
    const claims = new RequestClaims(store, 'secret');
    const first = (await claims.begin(name('given up'))) as Claim;
    const second = claims.begin(name('given up'));
    await first.giveUp();
    const claim = (await second) as Claim;
    await claim.keep(answer);
    expect(await claims.begin(name('given up'))).toEqual(answer);
  });

  it('keep answers where the database cannot read them', async () => {
    const kept = await store.selectFrom('request_claim').select('body').execute();
    expect(kept.length).toBeGreaterThan(0);
    for (const { body } of kept) expect(body?.includes('canary')).toBe(false);
  });

  it('are swept after a day', async () => {
    await store
      .updateTable('request_claim')
      .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
      .where('request_key', '=', 'given up')
      .execute();
    await sweepClaims(store);
    const left = await store.selectFrom('request_claim').select('request_key').execute();
    expect(left.map(({ request_key }) => request_key)).not.toContain('given up');
    expect(left.length).toBeGreaterThan(0);
  });
});
