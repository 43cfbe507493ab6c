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

  const notFound = (code: string, driver: string) =>
    `throw Object.assign(new Error("Cannot find module '${driver}'"), { code: '${code}' })`;

  it('say how their driver is installed when it is not', () => {
    const missing = notFound('ERR_MODULE_NOT_FOUND', 'pg');
    expect(loaded('postgres', 'pg', missing)).toMatchObject({
      problem: 'driver_missing',
      hint: 'npm install pg pg-cursor pg-copy-streams',
    });
  });

  it('say how the driver of Db2 is installed, which nobody has unless they want it', () => {
    const hint = expect.stringMatching(/^npm install ibm_db@4.0.1 /);
    expect(loaded('db2', 'ibm_db', notFound('MODULE_NOT_FOUND', 'ibm_db'))).toEqual({
      problem: 'driver_missing',
      message: 'the driver for connections of type db2 is not installed',
      hint,
    });
    // Without IBM's driver its binding is not there, or does not fit.
    for (const broken of [notFound('MODULE_NOT_FOUND', './odbc_bindings'), `throw new Error('wrong ELF class')`]) {
      expect(loaded('db2', 'ibm_db', broken)).toEqual({
        problem: 'driver_missing',
        message: expect.stringContaining('without IBM’s driver, or for another system'),
        hint,
      });
    }
    expect(loaded('db2', 'ibm_db', "return next('node:path', context)")).toEqual({ type: 'db2' });
  });
});

/** What comes of loading a connector in a process of its own. @param driver which module is found in another way, said in JavaScript */
function loaded(type: string, driver: string, found: string): unknown {
  const program = `
    const { registerHooks } = require('node:module');
    registerHooks({ resolve(name, context, next) {
      if (name === ${JSON.stringify(driver)}) ${found};
      return next(name, context);
    } });
    import(${JSON.stringify(join(import.meta.dirname, 'connectors.ts'))})
      .then(({ loadConnector }) => loadConnector(${JSON.stringify(type)}))
      .then(({ type }) => ({ type }), ({ problem, message, hint }) => ({ problem, message, hint }))
      .then((said) => console.log(JSON.stringify(said)));`;
  const args = ['--conditions=datamaker-source', '-e', program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
