import { describe, it, onTestFinished } from 'vitest';
import { startMariaDbToSeed, startPostgresToSeed } from '../../../seeding/src/testing/systems.ts';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { shownPage } from '../testing/shown-page.ts';

/** Pages, the servers that they speak of, and what they call the database. */
const PAGES = [
  ['seed-a-database', startPostgresToSeed, 'postgres://me@localhost/shop', 'PGPASSWORD'],
  ['migrate-from-snaplet', startPostgresToSeed, 'postgres://me@localhost/shop', 'PGPASSWORD'],
  ['seed-mysql', startMariaDbToSeed, 'mysql://me@localhost/shop', 'MYSQL_PWD'],
] as const;

describe.each(PAGES)('%s', (name, start, shown, variable) => {
  it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
    const server = await start();
    onTestFinished(() => server.stop());
    const { text: page, compare } = shownPage(`${name}.md`);
    await server.remake(/^```sql\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '');
    const folder = temporaryFolder();
    const url = server.url().replace(/:[^:@]*@/, '@');
    const parts = page.split(/(?<=^```console\n\$ )(.*)\n([\s\S]*?)(?=^```$)/m);
    for (let index = 1; index < parts.length; index += 3) {
      const command = (parts[index] ?? '').replaceAll(shown, url);
      const setting = `export ${variable}='${server.password}' DATAMAKER_TARGET_URL=; npx() { shift; datamaker "$@"; }`;
      const { stdout, stderr } = await shell(`cd ${folder}; ${setting}; ${command}`);
      parts[index + 1] = `\n${stdout}${stderr}`;
    }
    compare(parts.join('').replaceAll(url, shown));
  }, 120_000);
});
