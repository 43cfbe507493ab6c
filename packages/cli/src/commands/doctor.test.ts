import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startExternalPostgres } from '../../../server/src/testing/external-postgres.ts';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';

interface Told {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly what: string;
    readonly state: string;
    readonly found: string;
    readonly remedy?: string;
  }[];
}

/** What is found with some variables and flags. */
async function examine(
  variables: string,
  flags = '--port 0',
): Promise<Told & { readonly code: number | null; of(what: string): object }> {
  const clean = 'unset $(env | grep -oE "^(DATAMAKER_[A-Z_]+|DATABASE_URL|PORT|HOST)=" | tr -d =)';
  const { stdout, code } = await shell(
    `cd '${temporaryFolder()}'; ${clean}; ${variables} datamaker doctor --json ${flags}`,
  );
  const told = JSON.parse(stdout.toString()) as Told;
  return { ...told, code, of: (what) => told.findings.find((finding) => finding.what === what) ?? {} };
}

let postgres: Awaited<ReturnType<typeof startExternalPostgres>>;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

it('finds all well where a server would start, and says what of it is left out', async () => {
  const { code, ok, findings } = await examine('');
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(findings.map(({ what }) => what)).toEqual([
    'node',
    'settings',
    'data directory',
    'database',
    'file store',
    'port',
    'python',
    'sandbox',
  ]);
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
});

it('names each thing that is in the way, with a remedy, and no secret', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const variables =
    "DATABASE_URL='postgres://u:very%20secret@127.0.0.1:1/x' DATAMAKER_PLANS='{' DATAMAKER_MASTER_KEY=very-secret DATAMAKER_API_KEY=short";
  const found = await examine(variables, `--port ${port} --data-dir /dev/null/data`);
  taken.close();
  expect({ code: found.code, ok: found.ok }).toEqual({ code: 1, ok: false });
  for (const what of ['settings', 'data directory', 'database', 'port']) {
    expect(found.of(what)).toMatchObject({ state: 'bad', remedy: expect.stringMatching(/\w/) });
  }
  expect(found.of('settings')).toMatchObject({ found: expect.stringMatching(/API_KEY has 5 characters.*PLANS/) });
  expect(JSON.stringify(found)).not.toMatch(/very.{1,3}secret/);
});

it('tells an empty database from one that servers use', async () => {
  const [empty, used] = [await postgres.createDatabase(), await postgres.createStore()];
  expect((await examine(`DATABASE_URL='${empty}'`)).of('database')).toMatchObject({
    state: 'good',
    found: expect.stringContaining('empty'),
  });
  expect((await examine(`DATABASE_URL='${used}'`)).of('database')).toMatchObject({
    state: 'good',
    found: expect.stringContaining('tables of this version'),
  });
});
