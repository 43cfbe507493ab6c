import { it, onTestFinished } from 'vitest';
import { startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { runPage } from './run-page.ts';

it.runIf(process.env['FULL'] === '1')(
  'first-rows does what it shows, with a PostgreSQL',
  async () => {
    const target = await startPostgres();
    onTestFinished(() => target.stop());
    await target.query('CREATE DATABASE shop');
    await runPage('docs/tutorial/first-rows.md', {
      before: `export PGPASSWORD='${target.password}'`,
      here: { 'postgres://me@localhost/shop': `postgres://test@127.0.0.1:${target.port}/shop` },
    });
  },
  180_000,
);
