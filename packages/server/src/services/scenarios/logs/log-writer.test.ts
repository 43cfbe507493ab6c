import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalBlobs } from '../../../store/blobs/local-blobs.ts';
import { Spool } from '../../../store/blobs/spool.ts';
import type { Store } from '../../../store/open-store.ts';
import { findLog, holdLog } from '../../../store/run-logs.ts';
import { type Tenant, tenantOf } from '../../../store/tenant.ts';
import { registerWorker } from '../../../testing/register-worker.ts';
import { STORES, startOn, type TestServer } from '../../../testing/servers.ts';
import { until } from '../../../testing/until.ts';
import { LeaseLost } from '../../runs/lease-lost.ts';
import { LogReader } from './log-reader.ts';
import { type LogCaps, LogWriter } from './log-writer.ts';

const ALL: LogCaps = { lines: null, bytes: 1_000_000 };

describe.each(STORES)('the log of a run that is begun again (%s store)', (kind) => {
  let server: TestServer;
  let store: Store;
  let tenant: Tenant;
  let spool: Spool;
  let workspaceId: string;
  beforeAll(async () => {
    // Nobody else writes the logs.
    server = await startOn(kind, { runs: { scenarioWorkers: 0 } });
    await registerWorker(server);
    store = await server.openDatabase();
    workspaceId = (await server.client.get('/workspace')).body.id;
    const blobs = new LocalBlobs(join(server.dataDirectory, 'files'));
    tenant = tenantOf(store, workspaceId, blobs);
    spool = await Spool.open(join(server.dataDirectory, 'spool-of-the-test'));
  });
  afterAll(async () => {
    await spool?.close();
    await store?.destroy();
    await server?.close();
  });

  const newRun = async (): Promise<string> => {
    const { body: made } = await server.client.post('/scenarios', { name: 's', code: 'print(1)' });
    return (await server.client.post<{ run_id: string }>(`/scenarios/${made.id}/run`, {})).body.run_id;
  };
  const writerOf = async (runId: string, token: string, caps = ALL): Promise<LogWriter> => {
    const name = { runId, workspaceId, token };
    await tenant((tx) => holdLog(tx, name, null));
    return LogWriter.open({ tenant, blobs: tenant.blobs as LocalBlobs, spool }, name, caps);
  };
  const write = async (writer: LogWriter, text: string): Promise<void> => {
    writer.write(text);
    await writer.end();
  };
  const lookAt = (runId: string) => tenant((tx) => findLog(tx, runId));
  const textOf = async (runId: string, from = 0): Promise<string> => {
    let text = '';
    for await (const { bytes } of new LogReader(tenant, workspaceId, runId).read(from)) text += bytes;
    return text;
  };

  it('goes on where it was, line by line and byte by byte', async () => {
    const run = await newRun();
    await write(await writerOf(run, 'first'), 'one\ntwo\n');
    await write(await writerOf(run, 'second'), 'three\nfour\n');
    expect(await lookAt(run)).toMatchObject({ lines: 4, bytes: 19, droppedBytes: 0 });
    expect(await textOf(run)).toBe('one\ntwo\nthree\nfour\n');
    const reader = new LogReader(tenant, workspaceId, run);
    const places = await Promise.all([0, 1, 2, 3, 4, 5].map((line) => reader.byteOfLine(line)));
    expect(places).toEqual([0, 4, 8, 14, 19, undefined]);
  });

  it('has no more room than there was left', async () => {
    const run = await newRun();
    const caps = { lines: 3, bytes: 1000 };
    await write(await writerOf(run, 'first', caps), 'one\ntwo\n');
    await write(await writerOf(run, 'second', caps), 'three\nfour\n');
    expect(await textOf(run)).toBe('one\ntwo\nthree\n[the log is full: what follows is not kept]\n');
    expect(await lookAt(run)).toMatchObject({ lines: 4, droppedBytes: 5 });
  });

  it('counts what came when it had been full for long, and only what its own writer says', async () => {
    const run = await newRun();
    const caps = { lines: 1, bytes: 1000 };
    const first = await writerOf(run, 'first', caps);
    first.write('one\ntwo\n');
    await until(async () => (await lookAt(run))?.droppedBytes === 4);
    await write(first, 'three\n');
    expect(await lookAt(run)).toMatchObject({ lines: 2, droppedBytes: 10 });
    const second = await writerOf(run, 'second', caps);
    first.write('of the first\n');
    await first.end();
    expect(await lookAt(run)).toMatchObject({ droppedBytes: 10 });
    await write(second, 'four\n');
    expect(await lookAt(run)).toMatchObject({ droppedBytes: 15 });
  });

  it('takes nothing from a writer whose place another one has', async () => {
    const run = await newRun();
    const first = await writerOf(run, 'first');
    await write(await writerOf(run, 'second'), 'of the second\n');
    await expect(write(first, 'of the first\n')).rejects.toThrow(LeaseLost);
    expect(await textOf(run)).toBe('of the second\n');
  });
});
