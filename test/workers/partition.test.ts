import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../packages/server/src/store/open-store.ts';
import { processesOfRuns } from '../../packages/server/src/testing/processes-of-runs.ts';
import { keepHistory, type RunHistory } from '../../packages/server/src/testing/run-history.ts';
import { until } from '../../packages/server/src/testing/until.ts';
import { canMakeNetworks } from './network-hosts.ts';
import { openWorkersOnHosts, type WorkersOnHosts } from './workers-on-hosts.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly attempt: number;
}

const WORKERS = 4;
const RUNS = 16;
const CODE = 'import time\nfor n in range(20):\n  print(n, flush=True)\n  time.sleep(0.1)\nprint("end")';

describe.skipIf(!canMakeNetworks())('four workers on hosts of their own', () => {
  let all: WorkersOnHosts;
  let workers: Awaited<ReturnType<WorkersOnHosts['add']>>[];
  let store: Store;
  let history: RunHistory;
  beforeAll(async () => {
    all = await openWorkersOnHosts();
    store = await all.server.openDatabase();
    history = await keepHistory(store);
    workers = [];
    for (let n = 0; n < WORKERS; n++) workers.push(await all.add('plain', '4'));
  }, 300_000);
  afterAll(async () => {
    await store?.destroy();
    await all?.close();
  }, 120_000);

  /** Runs that may be begun again, of which some are under way. */
  const begin = async (): Promise<{ scenario: string; runs: string[] }> => {
    const { body } = await all.client.post('/scenarios', { name: 'scenario', code: CODE, retry_on_crash: true });
    const made = Array.from({ length: RUNS }, () => all.client.post<RunBody>(`/scenarios/${body.id}/run`, {}));
    const runs = (await Promise.all(made)).map((answer) => answer.body.run_id);
    const running = async (): Promise<number> =>
      (await store.selectFrom('run').where('state', '=', 'running').select('id').execute()).length;
    await until(async () => (await running()) > RUNS / 2);
    return { scenario: body.id, runs };
  };
  const allDone = async ({ scenario, runs }: Awaited<ReturnType<typeof begin>>): Promise<number> => {
    await until(async () => {
      // On machines that are busy as well.
      expect(await history.stuck(60)).toEqual([]);
      await pause(100);
      return (await history.open(runs)).length === 0;
    });
    // Lease and ten seconds: what the database noted, and not how long anybody here waited.
    const late = await history.latest(runs);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(10);
    let again = 0;
    for (const run of runs) {
      const path = `/scenarios/${scenario}/runs/${run}`;
      const { body } = await all.client.get<RunBody>(path);
      expect(body).toMatchObject({ state: 'done' });
      expect(await history.endings(run)).toEqual(['done']);
      const { text } = await all.client.get(`${path}/logs`);
      expect(text.endsWith(`${Array.from({ length: 20 }, (_, n) => `${n}\n`).join('')}end\n`)).toBe(true);
      if (body.attempt > 1) again++;
    }
    return again;
  };

  it('do what one was doing that is killed', async () => {
    const begun = await begin();
    const [first] = workers;
    first?.worker.child.kill('SIGKILL');
    await first?.worker.exit;
    expect(await allDone(begun)).toBeGreaterThan(0);
    await until(() => processesOfRuns(begun.runs).length === 0);
  }, 240_000);

  it('do what one was doing that is cut off, whose late words change nothing; when it is back it works on', async () => {
    const begun = await begin();
    const [, second, ...others] = workers;
    second?.host.cut();
    expect(await allDone(begun)).toBeGreaterThan(0);
    const logs = async () =>
      sql<{ run_id: string; bytes: string }>`SELECT run_id, byte_count AS bytes FROM run_log ORDER BY run_id`.execute(
        store,
      );
    const before = (await logs()).rows;
    second?.host.mend();
    await until(() => processesOfRuns(begun.runs).length === 0);
    expect((await logs()).rows).toEqual(before);
    for (const { worker } of others) {
      worker.child.kill('SIGTERM');
      expect(await worker.exit).toEqual([0, null]);
    }
    const { body } = await all.client.post('/scenarios', { name: 'scenario', code: 'print("here")' });
    const { body: last } = await all.client.post<RunBody>(`/scenarios/${body.id}/run`, { wait: 'true' });
    expect(last.state).toBe('done');
  }, 300_000);
});
