// Writes the dump of a schema version, with rows in it:
//   node --conditions=datamaker-source scripts/dump-schema.mjs <migration>
// See packages/server/src/store/migrations/released/README.md.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { migrateTo } from '../packages/server/src/store/migrate.ts';
import { migrations } from '../packages/server/src/store/migrations/index.ts';
import { connect } from '../packages/server/src/store/open-store.ts';
import { startExternalPostgres } from '../packages/server/src/testing/external-postgres.ts';
import { at } from './lib/workspace.mjs';

const [name] = process.argv.slice(2);
const names = Object.keys(migrations);
if (!names.includes(name)) {
  console.error(`error: name one of these migrations: ${names.join(', ')}`);
  process.exit(2);
}
const folder = (...path) => at('packages', 'server', 'src', 'store', 'migrations', 'released', ...path);
const postgres = await startExternalPostgres();
try {
  const url = await postgres.createDatabase();
  const execute = async (sql) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const before = names[names.indexOf(name) - 1];
  if (before !== undefined) await execute(readFileSync(folder(`${before}.sql`), 'utf8'));
  const store = connect({ url }, () => undefined);
  await migrateTo(store, name).finally(() => store.destroy());
  const rows = folder('rows', `${name}.sql`);
  if (existsSync(rows)) await execute(readFileSync(rows, 'utf8'));
  // The newest, as the server is.
  const pgDump = globSync('/usr/lib/postgresql/*/bin/pg_dump').sort().at(-1);
  const flags = ['--inserts', '--no-owner', '--no-privileges', '--no-unlogged-table-data', '--restrict-key=x'];
  const help = execFileSync(pgDump, ['--help'], { encoding: 'utf8' });
  const known = flags.filter((flag) => help.includes(flag.split('=')[0]));
  const dump = execFileSync(pgDump, [...known, url], { encoding: 'utf8' });
  // Commands of psql, comments and empty lines say nothing that a database would.
  const lines = dump.split('\n').filter((line) => !/^(\\|--|$)/.test(line));
  writeFileSync(folder(`${name}.sql`), `${lines.join('\n')}\n`);
} finally {
  await postgres.stop();
}
