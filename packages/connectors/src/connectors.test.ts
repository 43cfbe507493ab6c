import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConnector } from './connectors.ts';

describe('connectors', () => {
  it('are loaded by their type', async () => {
    expect(await loadConnector('postgres')).toMatchObject({ type: 'postgres', label: 'PostgreSQL' });
    expect(await loadConnector('mysql')).toMatchObject({ type: 'mysql', label: 'MySQL' });
    expect(await loadConnector('rest')).toMatchObject({ type: 'rest', label: 'REST' });
    expect(await loadConnector('sap_odata')).toMatchObject({ type: 'sap_odata', label: 'SAP OData' });
    expect(await loadConnector('mongodb')).toMatchObject({ type: 'mongodb', label: 'MongoDB' });
    expect(await loadConnector('mssql')).toMatchObject({ type: 'mssql', label: 'SQL Server' });
    expect(await loadConnector('oracle')).toMatchObject({ type: 'oracle', label: 'Oracle Database' });
    await expect(loadConnector('toString' as never)).rejects.toMatchObject({ problem: 'invalid_config' });
  });

  it('say how the driver of Db2 is installed, which nobody has unless they want it', async () => {
    const db2 = await loadConnector('db2').catch((error: unknown) => error);
    if ((db2 as { type?: string }).type === 'db2') return;
    expect(db2).toMatchObject({ problem: 'driver_missing', hint: expect.stringContaining('npm install ibm_db@4.0.1') });
  });

  it('say how their driver is installed when it is not', () => {
    const program = `
      const { registerHooks } = require('node:module');
      registerHooks({ resolve(name, context, next) {
        if (name === 'pg') throw Object.assign(new Error('no pg'), { code: 'ERR_MODULE_NOT_FOUND' });
        return next(name, context);
      } });
      import(${JSON.stringify(join(import.meta.dirname, 'connectors.ts'))})
        .then(({ loadConnector }) => loadConnector('postgres'))
        .catch(({ problem, hint }) => console.log(problem, '/', hint));`;
    const said = execFileSync(process.execPath, ['--conditions=datamaker-source', '-e', program], { encoding: 'utf8' });
    expect(said).toBe('driver_missing / npm install pg pg-cursor pg-copy-streams\n');
  });
});
