import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { pythonWith } from '../python/virtual-environment.ts';

const RECIPES = fileURLToPath(new URL('../../examples/ci/', import.meta.url));
const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const DATAMAKER = `${process.execPath} --conditions=datamaker-source ${MAIN}`;
const MIGRATIONS = `CREATE TABLE customer (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE purchase (id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES customer, total numeric(8, 2) CHECK (total > 0));
`;
/** The checker may have to come from PyPI. */
const INSTALL_MS = 300_000;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(program: string, words: readonly string[], cwd: string, variables: object = {}): Promise<Ended> {
  const env = { ...process.env, DATAMAKER, ...variables };
  return new Promise((resolve) => {
    execFile(program, words, { cwd, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'datamaker-recipes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('recipes on a server', () => {
  let server: TestServer;
  let variables: Record<string, string>;
  beforeAll(async () => {
    server = await startOn('bundled');
    const fields = [
      { name: 'id', type: 'sequence' },
      { name: 'email', type: 'email' },
    ];
    const { body } = await server.client.post<{ id: string }>('/templates', { name: 'Customer', fields });
    variables = { DM_URL: server.client.url, DM_API_KEY: server.key, TEMPLATE: body.id, BUILD: 'a1b2c3' };
  });
  afterAll(() => server?.close());

  it('fixtures.sh: the same build gets the same file, and nothing when it fails', async () => {
    const script = join(RECIPES, 'fixtures.sh');
    const file = join(folder, 'fixtures/rows.json');
    expect(await run('sh', [script], folder, variables)).toMatchObject({ code: 0, err: '' });
    const first = readFileSync(file, 'utf8');
    expect(JSON.parse(first)).toHaveLength(200);
    rmSync(file);
    expect(await run('sh', [script], folder, { ...variables, TEMPLATE: 'tmpl_none' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('not_found'),
    });
    expect(existsSync(file)).toBe(false);
    await run('sh', [script], folder, variables);
    expect(readFileSync(file, 'utf8')).toBe(first);
    await run('sh', [script], folder, { ...variables, BUILD: 'd4e5f6' });
    expect(readFileSync(file, 'utf8')).not.toBe(first);
    expect((await run('sh', [script], folder, { ...variables, DM_API_KEY: '' })).err).toContain('DM_API_KEY');
  });

  it('properties.mjs: tries a property on the rows of many seeds, and tells the seed that breaks it', async () => {
    const script = join(RECIPES, 'properties.mjs');
    copyFileSync(join(RECIPES, 'property.mjs'), join(folder, 'holds.mjs'));
    const holds = await run(process.execPath, [script, 'holds.mjs'], folder, variables);
    expect(holds).toMatchObject({ code: 0, out: '20 cases, 0 broken\n' });
    writeFileSync(
      join(folder, 'breaks.mjs'),
      'export default (rows) => { if (rows[0].email < "k") throw new Error("early"); };\n',
    );
    const breaks = await run(process.execPath, [script, 'breaks.mjs'], folder, variables);
    expect(breaks).toMatchObject({ code: 1, out: expect.stringMatching(/^20 cases, \d+ broken/) });
    expect(breaks.err).toMatch(/broken by the rows of seed "a1b2c3\/\d+": early/);
  });
});

describe('recipes without a server', () => {
  let target: PostgresServer;
  beforeAll(async () => {
    target = await startPostgres();
  });
  afterAll(() => target?.stop());

  it('database.sh: makes tables, fills them and reads them back', async () => {
    writeFileSync(join(folder, 'migrations.sql'), MIGRATIONS);
    const url = `postgres://${target.user}:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const script = join(RECIPES, 'database.sh');
    const ended = await run('sh', [script], folder, { DATAMAKER_TARGET_URL: url, BUILD: 'a1b2c3' });
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(await target.query('SELECT count(*)::int AS n FROM customer')).toEqual([{ n: 100 }]);
    expect(readFileSync(join(folder, 'seed.receipt.json'), 'utf8')).not.toContain(target.password);
    // A second time the tables are there already: the step fails.
    expect(await run('sh', [script], folder, { DATAMAKER_TARGET_URL: url, BUILD: 'a1b2c3' })).not.toMatchObject({
      code: 0,
    });
  });
});

describe('files for runners of pipelines', () => {
  const FILES = [
    ['github-actions.yml', 'vendor.github-workflows', 'runs-on'],
    ['gitlab-ci.yml', 'vendor.gitlab-ci', 'script'],
  ] as const;

  it.each(FILES)(
    '%s is what its maker reads, and calls the scripts',
    async (name, schema, word) => {
      const python = await pythonWith(new URL('./requirements.txt', import.meta.url));
      const text = readFileSync(join(RECIPES, name), 'utf8');
      const check = async (content: string): Promise<number> => {
        const file = join(folder, name);
        writeFileSync(file, content);
        return (await run(python, ['-m', 'check_jsonschema', '--builtin-schema', schema, file], folder)).code;
      };
      expect(await check(text)).toBe(0);
      // Somebody else's mistake is seen.
      expect(await check(text.replaceAll(`${word}:`, `${word}s:`))).not.toBe(0);
      expect(parse(text)).toBeTypeOf('object');
      for (const script of ['fixtures.sh', 'database.sh', 'properties.mjs']) expect(text).toContain(`ci/${script}`);
    },
    INSTALL_MS,
  );
});
