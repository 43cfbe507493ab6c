import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FIRST_WORDS } from './first-words.ts';
import { readLog } from './read-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'datamaker-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINE = {
  level: 50,
  time: 1_700_000_000_000,
  pid: 1,
  hostname: 'host-of-somebody',
  reqId: 'req_1',
  req: {
    method: 'POST',
    url: '/templates/geheimnis/generate?x=geheimnis',
    host: 'geheimnis',
    remoteAddress: '10.1.2.3',
  },
  res: { statusCode: 500 },
  ms: 12,
  err: {
    type: 'DatabaseError',
    code: '23505',
    message: 'Key (email)=(geheimnis) exists\n    at geheimnis (/geheimnis.js:1:1)',
    detail: 'geheimnis',
    stack:
      'error: Key (email)=(geheimnis) exists\n    at geheimnis (/geheimnis.js:1:1)\n    at Parser.parse (/srv/node_modules/pg-protocol/dist/parser.js:285:98)',
  },
  msg: 'request',
};

it('tells when, where and what kind, and nothing that anybody wrote', async () => {
  const path = join(folder, 'one.log');
  writeFileSync(
    path,
    `datamaker: geheimnis\n${JSON.stringify(LINE)}\n{"level": 30, "time": 1, "msg": "geheimnis: 1"}\n{\n`,
  );
  const told = await readLog(path, 10);
  expect(told).toEqual({
    leftOut: 2,
    lines: [
      {
        level: 50,
        time: '2023-11-14T22:13:20.000Z',
        request_id: 'req_1',
        msg: 'request',
        method: 'POST',
        path: '/templates/…',
        status: 500,
        ms: 12,
        error: { type: 'DatabaseError', code: '23505', at: [expect.stringContaining('pg-protocol')] },
      },
      { level: 30, time: '1970-01-01T00:00:00.001Z' },
    ],
  });
  expect(JSON.stringify(told)).not.toMatch(/geheimnis|somebody|10\.1\.2\.3/);
});

it.each(['openapi.json', 'datagen-openapi.json'])('knows with what paths of %s begin', (name) => {
  const { paths } = JSON.parse(readFileSync(new URL(`../../../../../contracts/${name}`, import.meta.url), 'utf8'));
  const firsts = Object.keys(paths).map((path) => path.replace('/api/v1', '').split('/')[1] ?? '');
  expect(firsts.length).toBeGreaterThan(10);
  expect(firsts.filter((first) => !FIRST_WORDS.has(first))).toEqual([]);
});

it('tells the last lines of a log of any length', async () => {
  const path = join(folder, 'long.log');
  const line = (ms: number) => `${JSON.stringify({ ...LINE, ms, err: undefined })}\n`;
  writeFileSync(path, Array.from({ length: 30_000 }, (_, index) => line(index)).join(''));
  const { lines } = await readLog(path, 3);
  expect(lines.map(({ ms }) => ms)).toEqual([29_997, 29_998, 29_999]);
});
