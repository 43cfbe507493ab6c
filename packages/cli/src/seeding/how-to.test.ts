import { afterAll, beforeAll, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { shownPage } from '../testing/shown-page.ts';

/** What the page calls the database. */
const SHOWN = 'postgres://me@localhost/shop';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
  const { text: page, compare } = shownPage('seed-a-database.md');
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
  compare(parts.join('').replaceAll(url, SHOWN));
}, 120_000);
