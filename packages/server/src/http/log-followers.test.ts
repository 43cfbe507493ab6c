import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { type LogEvent, readEvents } from '../testing/log-stream.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_log_followers';
const headers = { authorization: `Bearer ${KEY}` };
/** Of the log that is followed across servers, and how often its follower goes away: one time in ten the server is killed. */
const LINES = tries(1500, 100_000);
const TURNS = tries(12, 1000);

interface RunBody {
  readonly run_id: string;
}

describe('followers of the log of a run that a worker executes', () => {
  const processes = killableServers();
  const startServer = (): Promise<SpawnedServer> => processes.start('server-process.ts', 'fatal', '', KEY);
  const isKnown = async (kind: 'server' | 'worker'): Promise<boolean> =>
    (await processes.store.selectFrom('worker').where('kind', '=', kind).select('id').execute()).length > 0;
  /** Begins a run. @returns the path of its log */
  const begin = async ({ url }: SpawnedServer, code: string): Promise<string> => {
    const client = new Client(url, KEY);
    const { body } = await client.post('/scenarios', { name: 'scenario', code });
    const { body: run } = await client.post<RunBody>(`/scenarios/${body.id}/run`, {});
    return `/scenarios/${body.id}/runs/${run.run_id}/logs`;
  };

  it(
    'miss nothing and see nothing twice, however often they go away, and the server is killed',
    async () => {
      let server = await startServer();
      await until(() => isKnown('server'));
      await processes.start('worker-process.ts', 'plain', '1');
      await until(() => isKnown('worker'));
      // As long as it takes to go away so often.
      const code = `import time\nfor n in range(${LINES}):\n    print("row", n)\n    if n % 10 == 0: time.sleep(0.01)\n`;
      const path = await begin(server, code);
      const seen: LogEvent[] = [];
      let kills = 0;
      for (let turn = 1; seen.at(-1)?.event !== 'end'; turn++) {
        const id = seen.at(-1)?.id;
        const most = turn > TURNS ? LINES : randomInt(1, (2 * LINES) / TURNS);
        const isKill = turn <= TURNS && turn % 10 === 5;
        let count = 0;
        const events = await readEvents(
          `${server.url}${path}?follow=true`,
          { ...headers, ...(id === undefined ? {} : { 'last-event-id': id }) },
          () => {
            // It breaks off by itself then, wherever it is.
            if (++count === most && isKill) server.child.kill('SIGKILL');
            return count >= most && !isKill;
          },
        );
        seen.push(...events.filter(({ event }) => event !== 'part'));
        if (!isKill || count < most) continue;
        await server.exit;
        server = await startServer();
        kills++;
      }
      const transcript = seen.slice(0, -1).map(({ data }) => data);
      expect(transcript).toEqual(Array.from({ length: LINES }, (_, n) => `row ${n}`));
      expect((await new Client(server.url, KEY).get(path)).text).toBe(`${transcript.join('\n')}\n`);
      expect(JSON.parse(seen.at(-1)?.data ?? '')).toMatchObject({ state: 'done' });
      expect(kills).toBeGreaterThan(0);
      await processes.end('SIGTERM');
    },
    60_000 + TURNS * 3000,
  );
});
