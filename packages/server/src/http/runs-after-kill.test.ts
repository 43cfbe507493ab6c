import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Client, type ListBody } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const ROUNDS = tries(2, 20);
const KEY = 'dm_test_key_of_runs_after_kill';
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
];
/** So long that of a few which begin together some are under way when their server ends. */
const COUNT = 500_000;
/** Long enough to be killed in the middle of it each time; it is never done. */
const POISON_COUNT = 10_000_000;

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly params: { readonly seed: string };
  readonly output: { readonly sha256: string } | null;
}

describe('runs of servers that are killed', () => {
  const servers = killableServers();
  const start = (): Promise<SpawnedServer> => servers.start('server-process.ts', 'fatal', '', KEY);

  const running = async (): Promise<number> =>
    (await servers.store.selectFrom('run').where('state', '=', 'running').select('id').execute()).length;
  const submit = async (client: Client, template: string, seed: string, count = COUNT): Promise<string> => {
    const body = { count, format: 'csv', seed, async: true };
    const answer = await client.post<{ run_id: string }>(`/templates/${template}/generate`, body);
    expect(answer.status).toBe(202);
    return answer.body.run_id;
  };
  const ended = async (client: Client, run: string): Promise<RunBody> =>
    (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  const acts = async (run: string): Promise<string[]> => {
    const query = servers.store
      .selectFrom('audit_entry')
      .where('subject_id', '=', run)
      .select('action')
      .orderBy('ordinal');
    return (await query.execute()).map(({ action }) => action);
  };

  it('are all done once, with the bytes of a stream', async () => {
    let first = await start();
    for (let round = 0; round < ROUNDS; round++) {
      const client = new Client(first.url, KEY);
      const template = await client.create(FIELDS);
      const runs = await Promise.all([0, 1, 2].map((n) => submit(client, template, `seed ${n}`)));
      await until(async () => (await running()) > 0);
      first.child.kill('SIGKILL');
      await first.exit;
      await servers.letTimePass();
      const second = await start();
      const after = new Client(second.url, KEY);
      const { text } = await after.post(`/templates/${template}/generate`, {
        count: COUNT,
        format: 'csv',
        seed: 'seed 0',
        async: false,
      });
      const found = await Promise.all(runs.map((run) => ended(after, run)));
      expect(found.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
      expect(Math.max(...found.map(({ attempt }) => attempt))).toBe(2);
      expect(found[0]?.output?.sha256).toBe(createHash('sha256').update(text).digest('hex'));
      // One outcome each: what the killed attempts left behind is nobody's.
      const kept = await servers.store.selectFrom('file_blob').where('state', '=', 'kept').select('id').execute();
      expect(kept).toHaveLength(runs.length * (round + 1));
      for (const [n, run] of runs.entries()) {
        // Each attempt but the last went with its server.
        const lost = Array.from({ length: (found[n]?.attempt ?? 0) - 1 }, () => 'run.lost');
        expect(await acts(run)).toEqual(['run.submitted', ...lost]);
      }
      expect((await after.get<ListBody<RunBody>>('/runs')).body.total).toBe(runs.length * (round + 1));
      first = second;
    }
    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual([0, null]);
  });

  it('go back to the queue when a server is told to stop, and to another server', async () => {
    const [first, second] = [await start(), await start()];
    const client = new Client(first.url, KEY);
    const template = await client.create(FIELDS);
    const other = new Client(second.url, KEY);
    // To both, so that both begin at once: one that nobody tells of runs looks for them once in a second.
    const runs = await Promise.all(
      [client, other, client, other, client, other].map((to, n) => submit(to, template, `seed ${n}`)),
    );
    await until(async () => (await running()) > 2);
    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual([0, null]);
    for (const run of runs) {
      // Being stopped is no attempt, and nothing was worked on twice.
      expect(await ended(other, run)).toMatchObject({ state: 'done', attempt: 1 });
    }
    second.child.kill('SIGTERM');
    expect(await second.exit).toEqual([0, null]);
  });

  it('fail when they take their server with them three times', async () => {
    let run: string | undefined;
    for (let attempt = 1; attempt <= 3; attempt++) {
      const server = await start();
      const client = new Client(server.url, KEY);
      run ??= await submit(client, await client.create(FIELDS), 'poison', POISON_COUNT);
      await until(async () => {
        const found = await servers.store
          .selectFrom('run')
          .where('id', '=', run ?? '')
          .select(['state', 'attempt'])
          .execute();
        return found[0]?.state === 'running' && found[0].attempt === attempt;
      });
      server.child.kill('SIGKILL');
      await server.exit;
      await servers.letTimePass();
    }
    const last = await start();
    expect(await ended(new Client(last.url, KEY), run ?? '')).toMatchObject({
      state: 'failed',
      attempt: 3,
      error: { code: 'worker_lost' },
    });
    // That a server is gone is noticed after some seconds, three times.
  }, 180_000);
});
