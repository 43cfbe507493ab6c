import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';

const PAGE = fileURLToPath(new URL('../../../../docs/how-to/seed-a-database.md', import.meta.url));
/** What the page calls the database. */
const SHOWN = 'postgres://me@localhost/shop';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

/** Without what differs from run to run. */
const steady = (text: string): string => text.replaceAll(/[\d.]+ s, [\d,]+ rows\/s/g, '0.1 s, 1,000 rows/s');

it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  await server.query(/^```sql\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '');
  const folder = temporaryFolder();
  const url = `postgres://test@127.0.0.1:${server.port}/postgres`;
  const parts = page.split(/(?<=^```console\n\$ )(.*)\n([\s\S]*?)(?=^```$)/m);
  for (let index = 1; index < parts.length; index += 3) {
    const command = (parts[index] ?? '').replaceAll(SHOWN, url);
    const setting = `export PGPASSWORD='${server.password}' DATAMAKER_TARGET_URL=; npx() { shift; datamaker "$@"; }`;
    const { stdout, stderr } = await shell(`cd ${folder}; ${setting}; ${command}`);
    parts[index + 1] = `\n${stdout}${stderr}`;
  }
  const now = parts.join('').replaceAll(url, SHOWN);
  const isNew = steady(page) !== steady(now);
  if (process.env.DATAMAKER_UPDATE_DOCS !== '1') expect(steady(page)).toBe(steady(now));
  else if (isNew) writeFileSync(PAGE, now);
}, 120_000);
