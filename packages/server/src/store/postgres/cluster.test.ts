import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../../start-server.ts';
import { Client, expectError, type ListBody, type TemplateBody } from '../../testing/client.ts';
import { bundledLocation, bundledPostgres, quietly, removeFolder, temporaryFolder } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';
import { connect } from '../open-store.ts';

const FIELDS = [{ name: 'id', type: 'sequence' }];
const SERVER = fileURLToPath(new URL('../../testing/server-process.ts', import.meta.url));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** All templates, newest first. */
async function templatesOf(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await client.get<ListBody<TemplateBody>>(`/templates?limit=100${query}`);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  return ids;
}

/** The tests of this block are one story: each goes on where the last one ended. */
describe('the bundled PostgreSQL', () => {
  const home = temporaryFolder();
  // Only its owner may enter the folder above the data directory; PostgreSQL may run as somebody else.
  const dataDirectory = join(home, 'private', 'data');
  const acknowledged: string[] = [];
  let key: string;
  let server: RunningServer | undefined;
  let child: ChildProcess | undefined;
  beforeAll(() => {
    mkdirSync(join(home, 'private'), { mode: 0o700 });
    chmodSync(home, 0o700);
  });
  afterAll(async () => {
    await server?.close();
    child?.kill('SIGKILL');
    removeFolder(home);
  });
  const start = () => startServer(quietly({ dataDirectory, logLevel: 'error' }));
  const clientOf = (running: { url: string }) => new Client(running.url, key);

  it('is set up at the first start, where only the owner may go', async () => {
    server = await start();
    key = server.newKey ?? '';
    acknowledged.push(await clientOf(server).create(FIELDS));
    expect(statSync(join(dataDirectory, 'postgres')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDirectory, 'postgres.password')).mode & 0o777).toBe(0o600);
    const { pid, socketDirectory } = bundledPostgres(dataDirectory);
    expect(statSync(socketDirectory).mode & 0o077).toBe(0);
    if (process.getuid?.() === 0) {
      expect(execFileSync('ps', ['-o', 'user=', '-p', String(pid)], { encoding: 'utf8' }).trim()).toBe('nobody');
    }
  });

  it('is left alone by a second server', async () => {
    const { pid } = bundledPostgres(dataDirectory);
    await expect(start()).rejects.toMatchObject({
      name: 'StartError',
      message: `Another server is using ${join(dataDirectory, 'postgres')}: stop it, or set DATAMAKER_DATA_DIR to another folder.`,
    });
    expect(bundledPostgres(dataDirectory).pid).toBe(pid);
    expect(await templatesOf(clientOf(server as RunningServer))).toEqual(acknowledged);
  });

  it('is started again when it is killed, and loses nothing that was acknowledged', async () => {
    const client = clientOf(server as RunningServer);
    for (let round = 0; round < 2; round++) {
      const { pid } = bundledPostgres(dataDirectory);
      let killed = false;
      let failed = 0;
      for (let after = 0; after < 5; ) {
        if (acknowledged.length % 10 === 5 && !killed) {
          process.kill(pid, 'SIGKILL');
          killed = true;
        }
        const answer = await client.post('/templates', { name: 'x', fields: FIELDS });
        if (answer.status === 201) {
          acknowledged.push(answer.body.id);
          if (killed && bundledPostgres(dataDirectory).pid !== pid) after++;
        } else {
          expectError(answer, 503, 'unavailable');
          failed++;
        }
      }
      expect(failed).toBeGreaterThan(0);
      expect(isAlive(pid)).toBe(false);
      const kept = await templatesOf(client);
      expect(kept).toEqual(expect.arrayContaining(acknowledged));
    }
  });

  it('ends with the server, and leaves neither process nor socket', async () => {
    const { pid, socketDirectory } = bundledPostgres(dataDirectory);
    await server?.close();
    server = undefined;
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(socketDirectory)).toBe(false);
    expect(existsSync(join(dataDirectory, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('keeps its data from one start to the next', async () => {
    server = await start();
    expect(server.newKey).toBeUndefined();
    expect(await templatesOf(clientOf(server))).toEqual(expect.arrayContaining(acknowledged));
    await server.close();
    server = undefined;
  });

  it('is started again though a process of the one that was killed is still busy', async () => {
    server = await start();
    const { pid } = bundledPostgres(dataDirectory);
    const busy = connect(bundledLocation(dataDirectory), () => undefined);
    // Such a query does not look up from its work; its end is a failure, whichever.
    const query = sql`SELECT sum(x) FROM (SELECT generate_series(1, 20000000) AS x)`
      .execute(busy)
      .catch(() => undefined);
    const active = sql<{ n: number }>`
      SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT sum(x)%'`;
    await until(async () => (await active.execute(busy)).rows[0]?.n === 1);
    process.kill(pid, 'SIGKILL');
    const client = clientOf(server);
    await until(() => !isAlive(pid));
    expect((await client.get('/templates')).status).toBe(503);
    expectError(await client.get('/healthz'), 503, 'unavailable');
    await until(async () => (await client.get('/templates')).status === 200);
    expect(await templatesOf(client)).toEqual(expect.arrayContaining(acknowledged));
    await query;
    await busy.destroy();
    await server.close();
    server = undefined;
  });

  it.each([
    ['a server that was killed', false],
    ['a server that was killed together with it', true],
  ])('is taken over from %s, with everything that was acknowledged', async (_, together) => {
    child = spawn(process.execPath, ['--conditions=datamaker-source', SERVER, dataDirectory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => child?.stdout?.once('data', (text) => resolve(String(text))));
    const client = clientOf(JSON.parse(line));
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    // Killed while it writes: an answer that has arrived counts.
    const writing = (async () => {
      for (;;) acknowledged.push(await client.create(FIELDS));
    })().catch(() => undefined);
    const before = acknowledged.length;
    await until(() => acknowledged.length >= before + 10);
    const orphan = bundledPostgres(dataDirectory);
    child.kill('SIGKILL');
    if (together) process.kill(orphan.pid, 'SIGKILL');
    await Promise.all([ended, writing]);
    if (!together) expect(isAlive(orphan.pid)).toBe(true);
    server = await start();
    expect(bundledPostgres(dataDirectory).pid).not.toBe(orphan.pid);
    expect(isAlive(orphan.pid)).toBe(false);
    expect(existsSync(orphan.socketDirectory)).toBe(false);
    expect(await templatesOf(clientOf(server))).toEqual(expect.arrayContaining(acknowledged));
    await server.close();
    server = undefined;
  });

  it('is not mistaken for another process that has got its number', async () => {
    const other = spawn('bash', ['-c', 'exec -a postgres sleep 1000'], { stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    const lines = [other.pid, join(dataDirectory, 'postgres'), 1, 5432, join(home, 'sockets'), '', '', ''];
    writeFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), lines.join('\n'));
    // PostgreSQL itself refuses to start beside a process of its own user that might be one.
    const started = await start().catch((error: Error) => {
      expect(error).toMatchObject({ name: 'StartError' });
    });
    if (started !== undefined) await started.close();
    expect(isAlive(other.pid as number)).toBe(true);
    expect([other.exitCode, other.signalCode]).toEqual([null, null]);
  });
});

describe('a cluster that was not set up to the end', () => {
  it('is set up anew', async () => {
    const dataDirectory = temporaryFolder();
    onTestFinished(() => removeFolder(dataDirectory));
    mkdirSync(join(dataDirectory, 'postgres.new', 'base'), { recursive: true });
    const server = await startServer(quietly({ dataDirectory }));
    expect(server.newKey).toBeDefined();
    await server.close();
    expect(existsSync(join(dataDirectory, 'postgres.new'))).toBe(false);
  });
});
