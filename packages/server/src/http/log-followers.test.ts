import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
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
const MIB = 1024 * 1024;

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

  // As long as somebody who takes nothing is borne with.
  it.runIf(process.env['FULL'] === '1')(
    'cost no memory where they are many and some take nothing, and these are cut off',
    async () => {
      const [all, stalled, most] = [500, 50, 128 * MIB];
      const server = await startServer();
      await until(() => isKnown('server'));
      await processes.start('worker-process.ts', 'plain', '1');
      await until(() => isKnown('worker'));
      // More than the sockets of both sides take.
      const line = 'x'.repeat(1000);
      const path = await begin(server, `for n in range(16_000): print("${line}", n)\nprint("last")\n`);
      const client = new Client(server.url, KEY);
      await client.get(`${path.replace(/\/logs$/, '')}?wait=true`);
      const before = holds(server);
      const sockets: Socket[] = [];
      try {
        for (let n = 0; n < stalled; n++) sockets.push(await askAndTakeNothing(server.url, path));
        const begun = performance.now();
        const follow = async (): Promise<void> => {
          let last: LogEvent | undefined;
          while (last?.event !== 'end') {
            const seen = last?.id;
            const note = (event: LogEvent): boolean => {
              last = event;
              return event.event === 'end';
            };
            const from = seen === undefined ? {} : { 'last-event-id': seen };
            // So many that come at once may find no connection to the database for a while: they come again, as clients do.
            await readEvents(`${server.url}${path}?follow=true&tail=200`, { ...headers, ...from }, note).catch(
              (error: Error) => {
                if (!error.message.startsWith('503')) throw error;
              },
            );
          }
        };
        const followers = Array.from({ length: all - stalled }, follow);
        await Promise.all(followers);
        await until(() => openConnections(server.url) === 0);
        const [taken, seconds] = [hasHeld(server) - before, (performance.now() - begun) / 1000];
        console.log(
          `${all} followers took ${(taken / MIB).toFixed(0)} MiB, the last left after ${seconds.toFixed(0)} s`,
        );
        expect(taken).toBeLessThan(most);
      } finally {
        for (const socket of sockets) socket.destroy();
      }
    },
    600_000,
  );
});

/** Has the system forget how much a process has held. @returns what it holds now */
function holds({ child }: SpawnedServer): number {
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
  return hasHeld({ child });
}

/** The most that a process has held since. */
function hasHeld({ child }: Pick<SpawnedServer, 'child'>): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Asks for all of a log, and reads nothing of it. */
async function askAndTakeNothing(url: string, path: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET ${path}?follow=true HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${KEY}\r\n\r\n`);
  await until(() => !socket.connecting);
  return socket;
}

const ESTABLISHED = '01';

/** Connections to a server that it has not closed, as the system counts them. */
function openConnections(url: string): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const [, ...lines] = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${port}`) === true && state === ESTABLISHED).length;
}
