import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { readEvents } from '../testing/log-stream.ts';
import { processesOfRuns } from '../testing/processes-of-runs.ts';
import { keepHistory, type RunHistory } from '../testing/run-history.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_workers_after_kill';
const ROUNDS = Number(process.env['DATAMAKER_KILL_ROUNDS'] ?? tries(1, 100));
const SLEEPS = tries(1, 30);
/** In flight at a time. */
const RUNS = 20;
/** Takes some time, says how far it is, and leaves something in the background that is to go with it. */
const CODE = `
import os, random, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: time.sleep(600)
    os._exit(0)
for n in range(random.randrange(1, 40)):
    print("line", n)
    time.sleep(0.02)
print("end")
`;

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly attempt: number;
  readonly attempts: readonly { readonly attempt: number; readonly outcome: string }[];
}

interface ActsBody {
  readonly items: readonly { readonly details: object }[];
}

describe('scenarios of a server and two workers, one of which is killed', () => {
  const processes = killableServers();
  const startServer = (): Promise<SpawnedServer> => processes.start('server-process.ts', 'fatal', '', KEY);
  const startWorker = (...words: string[]): Promise<SpawnedServer> => processes.start('worker-process.ts', ...words);
  let history: RunHistory;
  beforeAll(async () => {
    history = await keepHistory(processes.store);
  });

  const kill = async ({ child, exit }: SpawnedServer): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  const isKnown = async (kind: string): Promise<boolean> => {
    const found = processes.store
      .selectFrom('worker')
      .where('kind', '=', kind as 'server')
      .select('id');
    return (await found.execute()).length > 0;
  };
  const create = async (client: Client, code: string, more: object = {}): Promise<string> =>
    (await client.post('/scenarios', { name: 'scenario', code, ...more })).body.id;
  /** As if time had passed for those who have been silent for a while: who lives is heard every two seconds. */
  const letTimePassForTheDead = async (): Promise<void> => {
    await sql`
      UPDATE run SET lease_until = lease_until - interval '1 minute'
       WHERE lease_until BETWEEN now() - interval '5 seconds' AND now() + interval '10 seconds'`.execute(
      processes.store,
    );
    await sql`
      UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'
       WHERE state = 'active' AND heartbeat_on BETWEEN now() - interval '20 seconds' AND now() - interval '5 seconds'`.execute(
      processes.store,
    );
  };

  it(
    'each end once, whoever it is, and nothing of them is left',
    async () => {
      let server = await startServer();
      await until(() => isKnown('server'));
      const workers = [await startWorker(), await startWorker()];
      await until(() => isKnown('worker'));
      let slowest = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const client = new Client(server.url, KEY);
        const [plain, again] = [await create(client, CODE), await create(client, CODE, { retry_on_crash: true })];
        const acknowledged: { id: string; scenario: string }[] = [];
        const submit = async (n: number): Promise<void> => {
          const scenario = n % 2 === 0 ? plain : again;
          const answer = await client.post<RunBody>(`/scenarios/${scenario}/run`, {}).catch(() => undefined);
          if (answer?.status === 202) acknowledged.push({ id: answer.body.run_id, scenario });
        };
        const submitting = Promise.all(Array.from({ length: RUNS }, (_, n) => submit(n)));
        await pause(Math.random() * 1500);
        // Each is killed as often as the others, in whatever order.
        const victim = (round + randomInt(2)) % 3;
        const killed = performance.now();
        await kill(victim === 0 ? server : (workers[victim - 1] as SpawnedServer));
        await submitting;
        if (victim === 0) server = await startServer();
        else workers[victim - 1] = await startWorker();
        const ids = acknowledged.map(({ id }) => id);
        // By the clock the first time, so that the times themselves are tried.
        const isByTheClock = round === 0;
        await until(async () => {
          expect(await history.stuck(isByTheClock ? 10 : 70)).toEqual([]);
          if (!isByTheClock && performance.now() - killed > 5000) await letTimePassForTheDead();
          await pause(100);
          return (await history.open(ids)).length === 0;
        });
        slowest = Math.max(slowest, performance.now() - killed);
        const now = new Client(server.url, KEY);
        for (const { id, scenario } of acknowledged) {
          const { body } = await now.get<RunBody>(`/scenarios/${scenario}/runs/${id}`);
          expect(scenario === again ? ['done'] : ['done', 'lost']).toContain(body.state);
          expect(body.attempts.map(({ attempt }) => attempt)).toEqual(body.attempts.map((_, n) => n + 1));
          expect(body.attempts.at(-1)?.outcome).toBe(body.state);
          expect(await history.endings(id)).toEqual([body.state]);
          const { text } = await now.get(`/scenarios/${scenario}/runs/${id}/logs`);
          if (body.state === 'done') expect(text).toMatch(/(^|\n)end\n$/);
          expect(text).toMatch(/^((line \d+|end|\[attempt \d\])\n)*(line \d+|l|li|lin|line|line )?$/);
        }
        await until(() => processesOfRuns(ids).length === 0);
      }
      if (ROUNDS > 3) console.log(`${ROUNDS} kills, the slowest to recover ${(slowest / 1000).toFixed(1)} s`);
      for (const worker of workers) {
        worker.child.kill('SIGTERM');
        expect(await worker.exit).toEqual([0, null]);
      }
    },
    120_000 + ROUNDS * 60_000,
  );

  it(
    'are taken over from one that sleeps past its lease, whose writes are refused when it wakes',
    async () => {
      const server = await startServer();
      await until(() => isKnown('server'));
      const client = new Client(server.url, KEY);
      const code =
        'import os, time\nprint("attempt", os.environ["DM_ATTEMPT"])\nif os.environ["DM_ATTEMPT"] == "1":\n  for n in range(3000):\n    print(n)\n    time.sleep(0.02)\n';
      const scenario = await create(client, code, { retry_on_crash: true });
      for (let round = 0; round < SLEEPS; round++) {
        const sleeper = await startWorker('plain', '1');
        const { body } = await client.post<RunBody>(`/scenarios/${scenario}/run`, {});
        const path = `/scenarios/${scenario}/runs/${body.run_id}`;
        const headers = { authorization: `Bearer ${KEY}` };
        await readEvents(`${server.url}${path}/logs?follow=true`, headers, ({ data }) => data === '3');
        sleeper.child.kill('SIGSTOP');
        await processes.letTimePass();
        const other = await startWorker('plain', '1');
        const { body: done } = await client.get<RunBody>(`${path}?wait=true`);
        expect(done).toMatchObject({ state: 'done', attempt: 2 });
        const { text: before } = await client.get(`${path}/logs`);
        sleeper.child.kill('SIGCONT');
        await until(() => processesOfRuns([body.run_id]).length === 0);
        // It has noticed, and works on.
        await until(async () => {
          const health = await (await fetch(`${sleeper.url}/healthz`)).text();
          return health.includes('"working":0');
        });
        expect((await client.get(`${path}/logs`)).text).toBe(before);
        expect(before.endsWith('[attempt 2]\nattempt 2\n')).toBe(true);
        expect(await history.endings(body.run_id)).toEqual(['done']);
        const { body: lost } = await client.get<ActsBody>(`/audit?action=run.lost&subject=${body.run_id}`);
        expect(lost.items.map(({ details }) => details)).toEqual([{ kind: 'scenario', attempt: 1, again: true }]);
        for (const { child, exit } of [sleeper, other]) {
          child.kill('SIGTERM');
          await exit;
        }
      }
    },
    120_000 + SLEEPS * 60_000,
  );
});
