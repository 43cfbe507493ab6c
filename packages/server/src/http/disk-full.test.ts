import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../start-server.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface UploadBody {
  readonly error?: { readonly code: string; readonly message: string; readonly request_id: string };
}

const SIZE = '24m';
const MIB = 1024 * 1024;
const NO_ROOM = /^there is no room left where the server keeps files/;

/** Whether this user may mount a disk of its own. */
function canMount(): boolean {
  const folder = temporaryFolder();
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    removeFolder(folder);
  }
}

const mount = (folder: string): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { stdio: 'ignore' });
};

describe.skipIf(!canMount())('a server whose disk is full', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let server: Awaited<ReturnType<typeof startServer>>;
  let client: Client;
  beforeAll(async () => {
    mount(dataDirectory);
    postgres = await startExternalPostgres();
    const databaseUrl = await postgres.createStore();
    server = await startServer(quietly({ dataDirectory, databaseUrl, sandbox: new PlainSandbox() }));
    client = new Client(server.url, server.newKey);
  });
  afterAll(async () => {
    await server?.close();
    await postgres?.stop();
    execFileSync('umount', ['-l', dataDirectory]);
    removeFolder(dataDirectory);
  });

  const ballast = join(dataDirectory, 'ballast');
  /** Takes all room that there is. */
  const fill = (): void => {
    const file = openSync(ballast, 'a');
    try {
      for (const size of [MIB, 1]) {
        const some = Buffer.alloc(size);
        for (let isFull = false; !isFull; ) {
          try {
            writeSync(file, some);
          } catch {
            isFull = true;
          }
        }
      }
    } finally {
      closeSync(file);
    }
  };
  const upload = (name: string) => client.upload<UploadBody>(name, 'a\n1\n');
  const rows = async (template: string) => {
    const { body } = await client.post<RunBody>(`/templates/${template}/generate`, { count: 1000, async: true });
    return (await client.get<RunBody>(`/runs/${body.run_id}?wait=true`)).body;
  };
  const scenario = async (id: string) => (await client.post<RunBody>(`/scenarios/${id}/run`, { wait: 'true' })).body;

  it('says so, serves what needs no room, loses nothing that it has taken, and goes on when there is room again', async () => {
    const template = await client.create([{ name: 'id', type: 'uuid' }]);
    const { body: made } = await client.post('/scenarios', { name: 'scenario', code: 'print("here")' });
    expect((await upload('kept.csv')).status).toBe(201);
    const done = await scenario(made.id);
    expect(done.state).toBe('done');
    expect((await client.get('/healthz')).body).toEqual({ status: 'ok' });

    let refused = await upload('before.csv');
    // What the run had is removed meanwhile, and leaves room again.
    await until(async () => {
      fill();
      refused = await upload('refused.csv');
      return refused.status !== 201;
    });
    expect(await client.get('/healthz')).toMatchObject({ status: 200, body: { status: 'degraded', disk: 'full' } });
    const { code, message, request_id: request } = refused.body.error ?? {};
    expect([refused.status, code, request]).toEqual([503, 'unavailable', expect.any(String)]);
    expect(message).toMatch(NO_ROOM);
    expect((await client.post(`/templates/${template}/generate`, { count: 10 })).status).toBe(200);
    expect((await client.get('/workspace/files/kept.csv')).text).toBe('a\n1\n');
    expect((await client.get(`/scenarios/${made.id}/runs/${done.run_id}/logs`)).text).toBe('here\n');
    for (const run of [await rows(template), await scenario(made.id)]) {
      expect(run).toMatchObject({
        state: 'failed',
        error: { code: 'unavailable', message: expect.stringMatching(NO_ROOM) },
      });
    }

    rmSync(ballast);
    expect((await client.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await upload('again.csv')).status).toBe(201);
    expect((await rows(template)).state).toBe('done');
    expect((await scenario(made.id)).state).toBe('done');
  });
});
