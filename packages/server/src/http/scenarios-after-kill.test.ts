import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Store } from '../store/open-store.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { type LogEvent, readEvents } from '../testing/log-stream.ts';
import { processesOfRuns } from '../testing/processes-of-runs.ts';
import { removeFolder, temporaryFolder } from '../testing/servers.ts';
import { type SpawnedServer, spawnServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_scenarios_after_kill';
const ROUNDS = Number(process.env['DATAMAKER_KILL_ROUNDS'] ?? tries(1, 200));
/** In flight at a time. */
const RUNS = 20;
const OVER = ['done', 'failed', 'cancelled', 'timeout', 'lost'];
/** Takes up to a second, and says how far it is. */
const CODE = `
import random, time
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
  readonly error: { readonly code: string } | null;
}

describe('scenarios of servers that are killed', () => {
  const dataDirectory = temporaryFolder();
  const servers: SpawnedServer[] = [];
  let postgres: ExternalPostgres;
  let databaseUrl: string;
  let store: Store;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    databaseUrl = await postgres.createStore();
    store = connect({ url: databaseUrl }, () => undefined);
    await sql`CREATE TABLE run_history (run_id text, old text, new text)`.execute(store);
    await sql`
      CREATE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        IF OLD.state IS DISTINCT FROM NEW.state THEN
          INSERT INTO run_history VALUES (NEW.id, OLD.state, NEW.state);
        END IF; RETURN NEW; END $$`.execute(store);
    await sql`CREATE TRIGGER note_state AFTER UPDATE ON run FOR EACH ROW EXECUTE FUNCTION note_state()`.execute(store);
  });
  beforeEach(async () => {
    for (const { child, exit } of servers.splice(0)) {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await exit;
    }
  });
  afterAll(async () => {
    for (const { child, exit } of servers) {
      child.kill('SIGKILL');
      await exit;
    }
    await store?.destroy();
    await postgres?.stop();
    removeFolder(dataDirectory);
  });

  const start = async (): Promise<{ server: SpawnedServer; client: Client }> => {
    const server = await spawnServer('scenario-server-process.ts', dataDirectory, databaseUrl, KEY);
    servers.push(server);
    return { server, client: new Client(server.url, KEY) };
  };
  const kill = async ({ child, exit }: SpawnedServer): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  /** As if the time of leases and heartbeats had passed: a minute, by the clock of the database. */
  const letTimePass = async (): Promise<void> => {
    await sql`UPDATE run SET lease_until = lease_until - interval '1 minute'`.execute(store);
    await sql`UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'`.execute(store);
  };
  const create = async (client: Client, code: string, more: object = {}): Promise<string> =>
    (await client.post('/scenarios', { name: 'scenario', code, ...more })).body.id;
  const statesOf = async (runs: readonly string[]): Promise<string[]> => {
    const { rows } = await sql<{ state: string }>`SELECT state FROM run WHERE id = ANY(${runs})`.execute(store);
    return rows.map(({ state }) => state);
  };
  const endings = async (run: string): Promise<string[]> => {
    const { rows } = await sql<{ new: string }>`SELECT new FROM run_history WHERE run_id = ${run}`.execute(store);
    return rows.map((row) => row.new).filter((state) => OVER.includes(state));
  };

  it(
    'each end once; those that may be begun again are done, the others done or lost',
    async () => {
      let now = await start();
      for (let round = 0; round < ROUNDS; round++) {
        const { client } = now;
        const [plain, again] = [await create(client, CODE), await create(client, CODE, { retry_on_crash: true })];
        const acknowledged: { id: string; scenario: string }[] = [];
        const submit = async (n: number): Promise<void> => {
          const scenario = n % 2 === 0 ? plain : again;
          const answer = await client.post<RunBody>(`/scenarios/${scenario}/run`, {}).catch(() => undefined);
          if (answer?.status === 202) acknowledged.push({ id: answer.body.run_id, scenario });
        };
        const submitting = Promise.all(Array.from({ length: RUNS }, (_, n) => submit(n)));
        // Any moment, from before the first is acknowledged to when some are done.
        await pause(Math.random() * 1500);
        await kill(now.server);
        await submitting;
        await letTimePass();
        now = await start();
        const ids = acknowledged.map(({ id }) => id);
        await until(async () => (await statesOf(ids)).every((state) => OVER.includes(state)));
        for (const { id, scenario } of acknowledged) {
          const { body } = await now.client.get<RunBody>(`/scenarios/${scenario}/runs/${id}`);
          expect(scenario === again ? ['done'] : ['done', 'lost']).toContain(body.state);
          expect(body.attempts.map(({ attempt }) => attempt)).toEqual(body.attempts.map((_, n) => n + 1));
          expect(body.attempts.at(-1)?.outcome).toBe(body.state);
          expect(await endings(id)).toEqual([body.state]);
          const { text } = await now.client.get(`/scenarios/${scenario}/runs/${id}/logs`);
          if (body.state === 'done') expect(text).toMatch(/(^|\n)end\n$/);
          expect(text).toMatch(/^((line \d+|end|\[attempt \d\])\n)*(line \d+|l|li|lin|line|line )?$/);
        }
        await until(() => processesOfRuns(ids).length === 0);
      }
    },
    60_000 + ROUNDS * 30_000,
  );

  it('are lost to a server that slept, and what it still does is refused', async () => {
    const [first] = [await start()];
    const scenario = await create(
      first.client,
      'import time\nfor n in range(100_000):\n    print(n)\n    time.sleep(0.02)\n',
    );
    const { body } = await first.client.post<RunBody>(`/scenarios/${scenario}/run`, {});
    const path = `/scenarios/${scenario}/runs/${body.run_id}`;
    const headers = { authorization: `Bearer ${KEY}` };
    await readEvents(`${first.server.url}${path}/logs?follow=true`, headers, ({ data }) => data === '3');
    first.server.child.kill('SIGSTOP');
    await letTimePass();
    const second = await start();
    const { body: lost } = await second.client.get<RunBody>(`${path}?wait=true`);
    expect(lost).toMatchObject({ state: 'lost', attempt: 1, error: { code: 'worker_lost' } });
    const { text: before } = await second.client.get(`${path}/logs`);
    first.server.child.kill('SIGCONT');
    await until(() => processesOfRuns([body.run_id]).length === 0);
    expect((await second.client.get(`${path}/logs`)).text).toBe(before);
    expect(await endings(body.run_id)).toEqual(['lost']);
    // What the server held as it fell asleep is free after some seconds.
  }, 180_000);

  it('are followed across servers: nothing is missed, nothing comes twice', async () => {
    const lines = 3000;
    const code = `import time\nfor n in range(${lines}):\n    print("row", n)\n    if n % 10 == 0: time.sleep(0.005)\n`;
    const [one, two] = [await start(), await start()];
    const scenario = await create(one.client, code);
    const { body } = await one.client.post<RunBody>(`/scenarios/${scenario}/run`, {});
    const path = `/scenarios/${scenario}/runs/${body.run_id}`;
    const seen: LogEvent[] = [];
    for (let turn = 0; seen.at(-1)?.event !== 'end'; turn++) {
      const { url } = turn % 2 === 0 ? one.server : two.server;
      const id = seen.at(-1)?.id;
      const most = 1 + Math.floor(Math.random() * 200);
      let count = 0;
      const headers = { authorization: `Bearer ${KEY}`, ...(id === undefined ? {} : { 'last-event-id': id }) };
      // A client that goes away in the middle, again and again.
      const events = await readEvents(`${url}${path}/logs?follow=true`, headers, () => ++count >= most);
      seen.push(...events.filter(({ event }) => event !== 'part'));
    }
    const transcript = seen.slice(0, -1).map(({ data }) => `${data}\n`);
    expect(transcript.join('')).toBe(Array.from({ length: lines }, (_, n) => `row ${n}\n`).join(''));
    expect((await two.client.get(`${path}/logs`)).text).toBe(transcript.join(''));
  });

  it('that are told to stop: nothing is lost that had not begun, and the rest says so', async () => {
    const first = await start();
    const slow = 'import time\nprint("here")\ntime.sleep(2)\n';
    const [plain, again] = [
      await create(first.client, slow),
      await create(first.client, slow, { retry_on_crash: true }),
    ];
    const runs: { id: string; scenario: string }[] = [];
    for (let n = 0; n < 12; n++) {
      const scenario = n % 2 === 0 ? plain : again;
      const { body } = await first.client.post<RunBody>(`/scenarios/${scenario}/run`, {});
      runs.push({ id: body.run_id, scenario });
    }
    await until(
      async () => (await statesOf(runs.map(({ id }) => id))).filter((state) => state === 'running').length > 3,
    );
    first.server.child.kill('SIGTERM');
    expect(await first.server.exit).toEqual([0, null]);
    expect(processesOfRuns(runs.map(({ id }) => id))).toEqual([]);
    const second = await start();
    for (const { id, scenario } of runs) {
      const { body } = await second.client.get<RunBody>(`/scenarios/${scenario}/runs/${id}?wait=true`);
      expect(scenario === again ? ['done'] : ['done', 'lost']).toContain(body.state);
      if (body.state === 'lost') expect(body.error?.code).toBe('worker_stopped');
    }
  });

  it('that take their server with them are parked after three attempts', async () => {
    let now = await start();
    const scenario = await create(now.client, 'import time\nprint("here")\ntime.sleep(600)\n', {
      retry_on_crash: true,
    });
    const { body } = await now.client.post<RunBody>(`/scenarios/${scenario}/run`, {});
    for (let attempt = 1; attempt <= 3; attempt++) {
      await until(async () => {
        const { body: run } = await now.client.get<RunBody>(`/scenarios/${scenario}/runs/${body.run_id}`);
        return run.state === 'running' && run.attempt === attempt;
      });
      await kill(now.server);
      await letTimePass();
      now = await start();
    }
    const { body: run } = await now.client.get<RunBody>(`/scenarios/${scenario}/runs/${body.run_id}?wait=true`);
    expect(run).toMatchObject({ state: 'lost', attempt: 3, error: { code: 'worker_lost' } });
    expect(run.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'lost', 'lost']);
  }, 180_000);
});
