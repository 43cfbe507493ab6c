import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../packages/server/src/testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../../packages/server/src/testing/external-postgres.ts';
import { type SpawnedServer, spawnServer } from '../../packages/server/src/testing/spawn-server.ts';
import type { HostileDocument } from './hostile-document.ts';
import { hostileDocuments } from './hostile-documents.ts';
import { forgetPeak, memoryOf, peakOf, processorSecondsOf } from './process-memory.ts';
import { Worker } from './worker.ts';

const FULL = process.env['FULL'] !== undefined;
/** Of the goal, for each document. Time is that of the processor: on a busy machine it is the same. */
const MOST_SECONDS = 10;
const MOST_MIB = 256;
/** Of bodies that are not files; base64 and escapes take more. */
const MOST_BODY = 2 * 1024 * 1024;
const CANARY = 'canary-3f9c1d';
/** A fifth of the documents, another one with each seed; all in a full run. */
const PARTS = FULL ? 1 : 5;
const part = Number(process.env['FAST_CHECK_SEED']) % PARTS;
/** Imports over HTTP start a thread each: few in every run, all in a full one. */
const IMPORTED = FULL ? 1 : 4;

let folder: string;
let lure: Server;
const asked: string[] = [];
let all: readonly HostileDocument[];
let documents: readonly HostileDocument[];
let before: string[];
/** What lies beside the folder that is worked in: nothing may be added. */
const outside = () => readdirSync(folder).toSorted();
const inside = (name: string): string => join(folder, 'work', name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datamaker-hostile-'));
  mkdirSync(join(folder, 'work', 'templates'), { recursive: true });
  writeFileSync(join(folder, 'lure'), `id,name\n1,${CANARY}\n`);
  lure = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('x');
  }).listen(0, '127.0.0.1');
  await once(lure, 'listening');
  const url = `http://127.0.0.1:${(lure.address() as AddressInfo).port}`;
  all = hostileDocuments({ url, file: join(folder, 'lure') });
  documents = all.filter((_, index) => index % PARTS === part);
  before = outside();
});
afterAll(() => {
  lure?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing was fetched, nothing was written elsewhere, no prototype has anything new, and nothing of another file was told. */
function expectUntouched(told: string): void {
  expect(asked).toEqual([]);
  expect(outside()).toEqual(before);
  expect(told).not.toContain(CANARY);
}

describe('hostile documents', () => {
  it('are many', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBeGreaterThanOrEqual(200);
  });

  it(
    'are refused, or done, by the engine and the command line',
    async () => {
      const log = inside('log');
      const worker = new Worker(log, join(folder, 'work'));
      const [template, policy, key] = [inside('template.json'), inside('policy.json'), inside('key')];
      writeFileSync(template, JSON.stringify({ fields: [{ name: 'v', type: 'sample', options: { from: 'r' } }] }));
      writeFileSync(policy, JSON.stringify({ fields: [{ field: 'name', strategy: 'replace' }] }));
      writeFileSync(key, 'k'.repeat(32));
      const ends = new Set<string>();
      const bad: object[] = [];
      try {
        for (const [index, document] of documents.entries()) {
          const format = document.kind === 'csv' ? 'csv' : 'json';
          const file = inside(`document.${document.kind === 'xlsx' ? 'xlsx' : format}`);
          writeFileSync(file, document.bytes());
          const commands = [
            ['generate', template, '-n', '3', '--resource', `r=${file}`],
            ['import', file, '--kind', document.kind, '--out', inside('templates/')],
            ['infer', file],
            ['profile', template, '-n', '100', '--resource', `r=${file}`],
            ['mask', file, '--policy', policy, '--key-file', key, '--format', format, '--out', inside('masked')],
            ['generate', file, '-n', '1'],
            ['validate', file],
          ];
          // In turn, what it pretends to be aside; all in a full run.
          const chosen = FULL ? commands : [commands[index % commands.length] as string[]];
          for (const work of [
            { file, kind: document.kind },
            ...(FULL ? [{ file }] : []),
            ...chosen.map((words) => ({ words })),
          ]) {
            const { end, text, seconds, growth } = await worker.do(work);
            const isWell = !/internal_error|exception|^$/.test(end);
            if (!isWell || seconds >= MOST_SECONDS || growth >= MOST_MIB)
              bad.push({ document: document.name, work, end, seconds, growth, text: text.slice(0, 300) });
            expectUntouched(text);
            ends.add(end);
          }
        }
      } finally {
        worker.close();
      }
      expect(bad).toEqual([]);
      expectUntouched(readFileSync(log, 'utf8'));
      expect(ends).toContain('done');
      expect(ends.size).toBeGreaterThan(6);
    },
    FULL ? 3_600_000 : 300_000,
  );

  describe('sent to the server', () => {
    let postgres: ExternalPostgres;
    let server: SpawnedServer;
    let client: Client;
    beforeAll(async () => {
      postgres = await startExternalPostgres();
      server = await spawnServer('server-process.ts', join(folder, 'work', 'data'), await postgres.createDatabase());
      client = new Client(server.url, server.newKey);
    }, 60_000);
    afterAll(async () => {
      server?.child.kill('SIGKILL');
      await postgres?.stop();
    });

    it(
      'are refused, or done, and it goes on',
      async () => {
        const pid = server.child.pid as number;
        const statuses = new Set<number>();
        for (const [index, document] of documents.entries()) {
          const bytes = document.bytes();
          const text = Buffer.from(bytes).toString('utf8');
          const name = `d${index}`;
          const sample = { name, fields: [{ name: 'v', type: 'sample', options: { from: name } }] };
          // What is larger than a body may be is refused before it is read.
          const fits = bytes.length < MOST_BODY;
          // Rows for sets and masks are JSON: of all else some say enough.
          const isRows = document.kind === 'json' || index % 40 === 0;
          const requests = [
            () => client.upload<object>(name, bytes),
            () => client.post('/templates', sample),
            ...(fits && isRows
              ? [
                  () => client.post('/templates/validate', text),
                  () => client.post('/sets', `{"name":"s${index}","rows":${text}}`),
                  () => client.post('/mask', `{"rows":${text},"strategies":{"a":"hash"},"key":"${'k'.repeat(32)}"}`),
                ]
              : []),
            ...(fits && index % IMPORTED === 0
              ? [() => client.post('/templates/import', importOf(document, bytes, text))]
              : []),
          ];
          for (const request of requests) {
            const memory = memoryOf(pid);
            const from = processorSecondsOf(pid);
            forgetPeak(pid);
            const answer = await request();
            const told = {
              document: document.name,
              request: String(request),
              status: answer.status,
              text: answer.text.slice(0, 300),
            };
            expect(answer.status, JSON.stringify(told)).toBeLessThan(500);
            expect(processorSecondsOf(pid) - from, JSON.stringify(told)).toBeLessThan(MOST_SECONDS);
            expect(peakOf(pid) - memory, JSON.stringify(told)).toBeLessThan(MOST_MIB);
            expectUntouched(answer.text);
            statuses.add(answer.status);
          }
        }
        expect([...statuses].toSorted()).toEqual(expect.arrayContaining([201, 400, 422]));
        const { body } = await client.post<object[]>('/mask', { rows: [{}], strategies: {} });
        expect(JSON.stringify(body)).not.toContain('polluted');
        expect((await client.get('/readyz')).status).toBe(200);
      },
      FULL ? 3_600_000 : 300_000,
    );
  });
});

const importOf = ({ kind }: HostileDocument, bytes: Uint8Array, text: string): object =>
  kind === 'xlsx' ? { kind, source: Buffer.from(bytes).toString('base64') } : { kind, source: text };
