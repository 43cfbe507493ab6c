import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packBundle } from '@datamaker/server/maintenance';
import { afterAll, beforeAll, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { freePort } from '../../../connectors/src/testing/free-port.ts';
import { startExternalPostgres } from '../../../server/src/testing/external-postgres.ts';
import { until } from '../../../server/src/testing/until.ts';
import { DATAMAKER, temporaryFolder } from '../testing/run-datamaker.ts';

/** Stands in each secret that is planted. */
const MARK = 'kanarie';
const MASTER_KEY = Buffer.concat([Buffer.from(MARK), randomBytes(32 - MARK.length)]).toString('base64');
const USER = `${MARK}_user`;

/** The mark in each form in which a text may carry it: as it is, in base 64 at any offset, percent-encoded, in hexadecimal digits. */
const FORMS = [
  MARK,
  ...[0, 1, 2].map((skip) => {
    const whole = Buffer.from(`${'_'.repeat(skip)}${MARK}`)
      .toString('base64')
      .replaceAll('=', '');
    return whole.slice(skip === 0 ? 0 : skip + 1, -2);
  }),
  Buffer.from(MARK).toString('hex'),
  '%6banarie',
];

const leaksIn = (files: ReadonlyMap<string, string>): string[] =>
  [...files].flatMap(([name, content]) =>
    FORMS.filter((form) => content.toLowerCase().includes(form.toLowerCase())).map((form) => `${name}: ${form}`),
  );

async function unpack(path: string): Promise<ReadonlyMap<string, string>> {
  const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    files.set(entry.fileName.replace('datamaker-bundle/', ''), await text(stream));
  }
  zip.close();
  return files;
}

let postgres: Awaited<ReturnType<typeof startExternalPostgres>>;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

it('has what helps, of a server that runs, and none of its secrets', async () => {
  const folder = temporaryFolder();
  const [port, dataDirectory, log] = [await freePort(), join(folder, 'data'), join(folder, 'server.log')];
  const database = new URL((await postgres.createDatabase(USER)).replace('@', `:${MARK}%2Fpw@`));
  const environment = {
    DATABASE_URL: database.href,
    DATAMAKER_DATA_DIR: dataDirectory,
    PORT: String(port),
    DATAMAKER_API_KEY: `dm_owner_${MARK}_of_24_characters`,
    DATAMAKER_MASTER_KEY: MASTER_KEY,
    DATAMAKER_METRICS_TOKEN: `${MARK} token of metrics, long`,
    DATAMAKER_LOG_LEVEL: 'info',
    DATAMAKER_PREINSTALLED: 'false',
    DATAMAKER_RUN_WORKERS: '1',
    DATAMAKER_SCENARIO_WORKERS: '0',
    DATAMAKER_PYPI_INDEX: `http://user:${MARK}@127.0.0.1:1/simple`,
    DATAMAKER_MODEL_URL: `http://127.0.0.1:1/${MARK}-of-the-path/v1`,
    DATAMAKER_MODEL_KEY: `${MARK}-chat-key`,
    DATAMAKER_MODEL: `sk-${MARK}-in-the-wrong-place`,
    ANTHROPIC_API_KEY: `sk-ant-${MARK}`,
    DATAMAKER_PLANS: JSON.stringify({ [MARK]: { requestsPerMinute: 5 } }),
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${MARK}`,
    OTEL_SERVICE_NAME: `${MARK}@somewhere`,
    DATAMAKER_UNHEARD_OF: MARK,
    GITHUB_TOKEN: `ghp_${MARK}`,
  };
  const env = { ...process.env, ...environment };
  const [node, ...words] = DATAMAKER;
  const server = spawn(node, [...words, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(server, 'exit');
  const written = createWriteStream(log);
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
      written.write(chunk);
    });
  }
  try {
    await until(() => {
      if (server.exitCode !== null) throw new Error(said);
      return said.includes('ready at');
    });
    const headers = { authorization: `Bearer ${environment.DATAMAKER_API_KEY}`, 'content-type': 'application/json' };
    const url = `http://127.0.0.1:${port}`;
    const body = JSON.stringify({ name: MARK, [MARK]: MARK });
    await fetch(`${url}/templates?cursor=${MARK}`, { headers });
    await fetch(`${url}/templates/${MARK}/generate`, { method: 'POST', headers, body });
    await fetch(`${url}/${MARK}/x`, { headers });
    await until(() => said.includes(`/${MARK}/x`));
    written.write(
      `${JSON.stringify({ level: 50, time: 1, msg: `failed: ${MARK}`, err: { message: MARK, code: 'X' } })}\n`,
    );
    await new Promise((resolve) => written.end(resolve));

    const out = join(folder, 'bundle.zip');
    const doctor = spawn(node, [...words, 'doctor', '--bundle', out, '--log', log], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [shown, [code]] = await Promise.all([text(doctor.stderr), once(doctor, 'exit')]);
    expect(code, shown).toBe(0);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const files = await unpack(out);
    expect(leaksIn(files)).toEqual([]);

    const json = (name: string) => JSON.parse(files.get(name) ?? '{}');
    expect(json('about.json')).toMatchObject({ versions: { node: process.versions.node } });
    expect(json('settings.json')).toMatchObject({
      DATABASE_URL: '(set)',
      DATAMAKER_MASTER_KEY: '(set)',
      DATAMAKER_MODEL: '(set)',
      DATAMAKER_RUN_WORKERS: '1',
    });
    expect(json('database.json')).toMatchObject({
      pending: [],
      tables: { workspace: { rows: expect.any(Number) }, run: {} },
      queue: { lanes: expect.arrayContaining([expect.objectContaining({ lane: 'runs', waiting: 0 })]) },
    });
    expect(json('database.json').migrations.length).toBeGreaterThan(20);
    expect(json('readyz.json')).toEqual({ status: 200, told: 'ready' });
    expect(files.get('metrics.txt')).toContain('datamaker_queue_waiting{lane="runs"} 0');
    expect(files.get('log.ndjson')).toMatch(/"path":"\/templates\/…","status":4\d\d/);
    expect(json('findings.json')).toContainEqual(expect.objectContaining({ what: 'port', state: 'bad' }));

    // What is looked for is found where it is: a leak would be seen.
    const planted = join(folder, 'planted.zip');
    for (const leak of [environment.DATABASE_URL, MASTER_KEY, environment.OTEL_EXPORTER_OTLP_HEADERS, USER]) {
      writeFileSync(planted, await packBundle(new Map([...files, ['planted.txt', leak]])));
      expect(leaksIn(await unpack(planted)), leak).not.toEqual([]);
    }
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}, 120_000);
