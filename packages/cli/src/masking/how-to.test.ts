import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { openPostgres } from '../../../seeding/src/testing/open-postgres.ts';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { shownPage } from '../testing/shown-page.ts';

/** Where the page says that the databases are. */
const SHOWN = 'postgres://me@localhost/';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
  const { text: page, compare } = shownPage('mask-a-database.md');
  const [tables = '', rows = ''] = [...page.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');
  for (const [name, ...texts] of [
    ['prod', tables, rows],
    ['test', tables],
  ] as const) {
    await server.query(`CREATE DATABASE ${name}`);
    const session = await openPostgres(server, '', name);
    for (const statement of texts.join('\n').split(/;\n/))
      if (statement.trim() !== '') await session.execute?.(statement);
    await session.close();
  }
  const folder = temporaryFolder();
  const url = `postgres://test@127.0.0.1:${server.port}/`;
  // Policies and commands, in the order of the page.
  const parts = page.split(/^(```(?:json|console)\n[\s\S]*?^```)$/m);
  for (let index = 1; index < parts.length; index += 2) {
    const part = parts[index] ?? '';
    const json = /^```json\n([\s\S]*)```$/.exec(part)?.[1];
    if (json !== undefined) {
      writeFileSync(join(folder, 'policy.json'), json);
      continue;
    }
    let block = '```console\n';
    for (const [, command = ''] of part.matchAll(/^\$ (.*)$/gm)) {
      const setting = `export PGPASSWORD='${server.password}'; npx() { shift; datamaker "$@"; }`;
      if (command.startsWith('openssl')) {
        // With another key some short values are by chance what they were, which is told.
        writeFileSync(join(folder, 'mask.key'), 'the key of the page, of 32 bytes\n');
        block += `$ ${command}\n`;
        continue;
      }
      const { stdout, stderr } = await shell(`cd ${folder}; ${setting}; ${command.replaceAll(SHOWN, url)}`);
      block += `$ ${command}\n${stdout}${stderr}`;
    }
    parts[index] = `${block}\`\`\``;
  }
  compare(parts.join('').replaceAll(url.replace('test@', ''), 'postgres://localhost/').replaceAll(url, SHOWN));
}, 120_000);
