import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BrokerHandler, BrokerRequest } from '../../../runner/broker/broker-handler.ts';
import type { RunError } from '../../../store/run-table.ts';
import type { RecordHead } from './record-format.ts';
import { Recorder } from './recorder.ts';
import { Replay } from './replay.ts';
import { RequestDigest } from './request-digest.ts';

const HEAD: RecordHead = {
  format: 1,
  runId: 'run_x',
  scenarioId: 'scn_x',
  version: 1,
  params: { size: '5', deep: { ä: [1] } },
  seed: 'seed',
  attempt: 1,
  timeoutSeconds: 60,
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dm-record-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const requestOf = (method: string, path: string, body = Buffer.alloc(0), type = 'application/json'): BrokerRequest => ({
  method,
  path,
  headers: { 'content-type': type },
  body: Readable.from(body.length === 0 ? [] : [body]),
  signal: new AbortController().signal,
});

/** Reads what is asked, as an API does, and answers with pieces. */
const answering =
  (status: number, pieces: readonly Buffer[]): BrokerHandler =>
  async ({ body }) => {
    await buffer(body);
    return {
      status,
      headers: { 'x-one': 'a', date: 'now', 'set-cookie': ['b', 'c'] },
      body: Readable.from([...pieces]),
    };
  };

async function openReplay(path: string): Promise<Replay> {
  return Replay.open(createReadStream(path), `${path}.plain`);
}

const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map((one) => Buffer.from(one));
const call = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.constantFrom('/a', '/a?b=c', '/ä/%20'),
  body: bytes(40),
  status: fc.constantFrom(200, 201, 404, 503),
  pieces: fc.array(bytes(5000), { maxLength: 4 }),
});

describe('a record', () => {
  it('gives every call its answer again, those that are alike in the order in which they were made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
        const path = join(mkdtempSync(join(tmpdir(), 'dm-record-')), 'record');
        const recorder = new Recorder(path, HEAD);
        for (const { method, path: url, body, status, pieces } of calls) {
          const answer = await recorder.around(answering(status, pieces))(requestOf(method, url, body));
          expect(await buffer(answer.body)).toEqual(Buffer.concat(pieces));
        }
        expect(await recorder.finish()).toEqual({ calls: calls.length, incomplete: null });
        const replay = await openReplay(path);
        expect(replay.head).toEqual(HEAD);
        const stopped: RunError[] = [];
        const handler = replay.handler(
          () => undefined,
          (why) => stopped.push(why),
        );
        for (const { method, path: url, body, status, pieces } of calls) {
          const answer = await handler(requestOf(method, url, body));
          expect(answer.status).toBe(status);
          expect(answer.headers).toEqual({ 'x-one': 'a', 'set-cookie': ['b', 'c'] });
          expect(await buffer(answer.body)).toEqual(Buffer.concat(pieces));
        }
        expect(replay.facts).toEqual({ run_id: 'run_x', calls: calls.length, not_asked: 0 });
        expect(stopped).toEqual([]);
        const beyond = await handler(requestOf('GET', '/beyond'));
        expect([beyond.status, stopped.map(({ code }) => code)]).toEqual([409, ['not_in_record']]);
        rmSync(join(path, '..'), { recursive: true, force: true });
      }),
      { numRuns: 40 },
    );
  });

  it('keeps answers apart that come at the same time', async () => {
    const path = join(folder(), 'record');
    const recorder = new Recorder(path, HEAD);
    const pieces = (mark: string) => Array.from({ length: 50 }, (_, i) => Buffer.from(`${mark}${i},`.repeat(200)));
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((mark) => recorder.around(answering(200, pieces(mark)))(requestOf('GET', `/${mark}`))),
    );
    await Promise.all(answers.map(({ body }) => buffer(body)));
    await recorder.finish();
    const handler = (await openReplay(path)).handler(
      () => undefined,
      () => undefined,
    );
    for (const mark of ['c', 'a', 'b']) {
      expect(await buffer((await handler(requestOf('GET', `/${mark}`))).body)).toEqual(Buffer.concat(pieces(mark)));
    }
  });

  it('is given up when it becomes too large, and the script notices nothing', async () => {
    const recorder = new Recorder(join(folder(), 'record'), HEAD, 1024 * 1024);
    const pieces = Array.from({ length: 20 }, () => Buffer.alloc(100_000, 'x'));
    for (let i = 0; i < 2; i++) {
      const answer = await recorder.around(answering(200, pieces))(requestOf('GET', '/large'));
      expect((await buffer(answer.body)).length).toBe(2_000_000);
    }
    expect(await recorder.finish()).toEqual({ calls: 2, incomplete: 'it has more than 1 MiB of answers' });
  });

  it('has of an answer what was read of it, and nothing behind that', async () => {
    const path = join(folder(), 'record');
    const recorder = new Recorder(path, HEAD);
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(1000, 'x');
    }
    const next: BrokerHandler = async () => ({ status: 200, headers: {}, body: Readable.from(endless()) });
    const answer = await recorder.around(next)(requestOf('GET', '/endless'));
    let read = 0;
    for await (const chunk of answer.body) {
      read += (chunk as Buffer).length;
      if (read > 10_000) break;
    }
    expect(await recorder.finish()).toEqual({ calls: 1, incomplete: null });
    const gone = new AbortController();
    const handler = (await openReplay(path)).handler(
      () => undefined,
      () => undefined,
    );
    const again = await handler({ ...requestOf('GET', '/endless'), signal: gone.signal });
    let found = 0;
    await expect(
      (async () => {
        for await (const chunk of again.body) {
          found += (chunk as Buffer).length;
          if (found >= read) gone.abort();
        }
      })(),
    ).rejects.toThrow('was not read then');
    expect(found).toBeGreaterThanOrEqual(read);
  });
});

describe('the digest of a request', () => {
  const digest = (body: string, type: string | undefined, cut = 7): string => {
    const made = new RequestDigest(type);
    for (let at = 0; at < body.length; at += cut) made.update(Buffer.from(body.slice(at, at + cut)));
    return made.digest();
  };
  const JSON_TYPE = 'application/json; charset=utf-8';

  it('is the same for names in another order, and other for other values', () => {
    const one = digest('{"a":1,"b":[{"x":1,"y":2}]}', JSON_TYPE);
    expect(digest('{ "b": [{"y": 2, "x": 1}], "a": 1 }', JSON_TYPE)).toBe(one);
    expect(digest('{"a":1,"b":[{"x":2,"y":1}]}', JSON_TYPE)).not.toBe(one);
    expect(digest('{"a":1,"b":[{"x":1,"y":2}]', JSON_TYPE)).not.toBe(one);
    expect(digest('b,a\n', 'text/csv')).not.toBe(digest('a,b\n', 'text/csv'));
  });

  it('is by the bytes for large ones, however they are cut', () => {
    const large = JSON.stringify({ rows: Array.from({ length: 10_000 }, (_, id) => ({ id, name: 'x' })) });
    expect(digest(large, JSON_TYPE, 999)).toBe(digest(large, JSON_TYPE, 5000));
    expect(digest(`${large} `, JSON_TYPE)).not.toBe(digest(large, JSON_TYPE));
  });

  it('has no regard for the boundary of a form', () => {
    const form = (boundary: string, text: string) =>
      digest(`--${boundary}\r\n\r\n${text}\r\n--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`);
    expect(form('one', 'text')).toBe(form('another', 'text'));
    expect(form('one', 'text')).not.toBe(form('one', 'other'));
  });
});
