import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { startOn } from '../../packages/server/src/testing/servers.ts';
import { pythonWith } from '../python/virtual-environment.ts';
import { fencesOf, ROOT, readPage } from './read-page.ts';

const TABLES = `
  CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric(8, 2));`;

/** Blocks of one page are one program, whose parts print what the block of text behind each shows. */
it.runIf(process.env['FULL'] === '1')(
  'fill-tables-from-python does what it shows',
  async () => {
    const python = await pythonWith(new URL('../../python/sdk/requirements.txt', import.meta.url));
    const target = await startPostgres();
    onTestFinished(() => target.stop());
    const server = await startOn('external', { privateTargets: ['127.0.0.1'] });
    onTestFinished(() => server.close());
    await target.query(TABLES);
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await server.client.post('/connections', { name: 'Shop', type: 'postgres', url });
    const id = { name: 'id', type: 'sequence' };
    await server.client.create([id, { name: 'name', type: 'full_name' }, { name: 'email', type: 'email' }], 'Customer');
    const total = { name: 'total', type: 'float', options: { min: 1, max: 500, decimals: 2 } };
    await server.client.create([id, { name: 'customer_id', type: 'sequence' }, total], 'Order');

    const fences = fencesOf(readPage('docs/how-to/fill-tables-from-python.md'));
    const program = fences.filter(({ language }) => language === 'python').map(({ text }) => text);
    const shown = fences.filter(({ language }) => language === 'text').map(({ text }) => text);
    const { stdout } = await promisify(execFile)(python, ['-c', program.join('\nprint("\\x1e", end="")\n')], {
      env: {
        PATH: process.env['PATH'],
        PYTHONPATH: `${ROOT}python/sdk/src`,
        PYTHONDONTWRITEBYTECODE: '1',
        DM_URL: server.client.url,
        DM_API_KEY: server.key,
      },
    });
    expect(stdout.split('\x1e')).toEqual(shown);
  },
  600_000,
);
