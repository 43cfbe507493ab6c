import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { readEvents } from '../testing/log-stream.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_log_followers';
const headers = { authorization: `Bearer ${KEY}` };
const IS_FULL = process.env['FULL'] === '1';
const [ALL, STALLED] = [tries(40, 500), tries(4, 50)];
/** Of a log that is there already: more than the sockets of both sides take. */
const LINES = tries(4000, 16_000);
/** Of one that grows, five in a second. */
const TICKS = tries(10, 100);
const MIB = 1024 * 1024;

interface RunBody {
  readonly run_id: string;
}

describe('many who follow a log', () => {
  const processes = killableServers();
  const isKnown = async (kind: 'server' | 'worker'): Promise<boolean> =>
    (await processes.store.selectFrom('worker').where('kind', '=', kind).select('id').execute()).length > 0;
  const start = async (): Promise<SpawnedServer> => {
    const server = await processes.start('server-process.ts', 'fatal', '', KEY);
    await until(() => isKnown('server'));
    await processes.start('worker-process.ts', 'plain', '1');
    await until(() => isKnown('worker'));
    return server;
  };
  /** Begins a run. @returns the path of its log */
  const begin = async ({ url }: SpawnedServer, code: string): Promise<string> => {
    const client = new Client(url, KEY);
    const { body } = await client.post('/scenarios', { name: 'scenario', code });
    const { body: run } = await client.post<RunBody>(`/scenarios/${body.id}/run`, {});
    return `/scenarios/${body.id}/runs/${run.run_id}/logs`;
  };
  /** Follows to the end. So many that come at once may find no connection to the database for a while: they come again, as clients do. */
  const follow = async (url: string, note: (data: string) => void): Promise<void> => {
    let [isOver, id] = [false, undefined as string | undefined];
    while (!isOver) {
      const from = id === undefined ? {} : { 'last-event-id': id };
      await readEvents(url, { ...headers, ...from }, (event) => {
        isOver = event.event === 'end';
        if (event.event === 'message') note(event.data);
        id = event.id ?? id;
        return isOver;
      }).catch((error: Error) => {
        if (!error.message.startsWith('503')) throw error;
      });
    }
  };

  it('see all of it at once, cost little memory, and keep nobody from it who takes nothing', async () => {
    const server = await start();
    const long = await begin(server, `for n in range(${LINES}): print("${'x'.repeat(1000)}", n)\n`);
    await new Client(server.url, KEY).get(`${long.replace(/\/logs$/, '')}?wait=true`);
    await useServer(server, long);
    const before = holds(server);
    const sockets: Socket[] = [];
    try {
      const begun = performance.now();
      for (let n = 0; n < STALLED; n++) sockets.push(await askAndTakeNothing(server.url, long));
      const ports = new Set(sockets.map(({ localPort }) => localPort));
      const cut = IS_FULL ? until(() => openOf(server.url, ports) === 0) : undefined;
      const gone = cut?.then(() => (performance.now() - begun) / 1000);
      const tails = Array.from({ length: ALL - STALLED }, async () => {
        const seen: string[] = [];
        await follow(`${server.url}${long}?follow=true&tail=50`, (data) => seen.push(data.slice(1001)));
        expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => String(LINES - 50 + n)));
      });
      await Promise.all(tails);
      const live = await begin(
        server,
        `import time\ntime.sleep(3)\nfor n in range(${TICKS}):\n  print(time.time(), flush=True)\n  time.sleep(0.2)\n`,
      );
      const lags: number[] = [];
      const growing = Array.from({ length: ALL - STALLED }, async () => {
        let count = 0;
        await follow(`${server.url}${live}?follow=true`, (data) => {
          count++;
          lags.push(Date.now() / 1000 - Number(data));
        });
        expect(count).toBe(TICKS);
      });
      await Promise.all(growing);
      const taken = (hasHeld(server) - before) / MIB;
      if (!IS_FULL) return expect(taken).toBeLessThan(128);
      const p99 = lags.toSorted((a, b) => a - b)[Math.floor(lags.length * 0.99)] ?? Number.NaN;
      const seconds = (await gone) ?? Number.NaN;
      console.log(
        `${ALL} followers took ${taken.toFixed(0)} MiB; ${STALLED} that take nothing were gone after ${seconds.toFixed(0)} s; 99 of 100 lines were late by at most ${p99.toFixed(2)} s`,
      );
      expect(taken).toBeLessThan(128);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  }, 600_000);
});

/** A server that has worked for a while has touched the memory that it has reserved at its start: that is not what followers cost. */
async function useServer({ url }: SpawnedServer, log: string): Promise<void> {
  const client = new Client(url, KEY);
  for (let n = 0; n < tries(10, 300); n++)
    await Promise.all(Array.from({ length: 10 }, () => client.get(`${log}?tail=20`)));
}

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

/** Connections of some clients that a server has not closed, as the system counts them. */
function openOf(url: string, clients: ReadonlySet<number | undefined>): number {
  const port = Number(new URL(url).port);
  const [, ...lines] = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, local, remote, state]) => portOf(local) === port && clients.has(portOf(remote)) && state === ESTABLISHED,
    ).length;
}

const portOf = (address = ''): number => Number.parseInt(address.slice(address.indexOf(':') + 1), 16);
