import { describe, expect, it } from 'vitest';
import { db2Config, parseDb2 } from '../db2/config.ts';
import { mssqlConfig, parseMssql } from '../mssql/config.ts';
import { mysqlConfig, parseMysql } from '../mysql/config.ts';
import { oracleConfig, parseOracle } from '../oracle/config.ts';
import { parsePostgres, postgresConfig } from '../postgres/config.ts';

const SYSTEMS = [
  { name: 'postgres', parse: parsePostgres, read: postgresConfig, port: 5432, schema: 'public', tls: 'sslmode' },
  { name: 'mysql', parse: parseMysql, read: mysqlConfig, port: 3306, schema: 'shop', tls: 'ssl-mode' },
  { name: 'mssql', parse: parseMssql, read: mssqlConfig, port: 1433, schema: 'dbo', tls: 'encrypt' },
  { name: 'oracle', parse: parseOracle, read: oracleConfig, port: 1521, schema: 'ANN', tls: 'tls' },
  { name: 'db2', parse: parseDb2, read: db2Config, port: 50_000, schema: 'ANN', tls: 'tls' },
] as const;

describe.each(SYSTEMS)('the configuration of $name', ({ name, parse, read, port, schema, tls }) => {
  const url = `${name}://ann:se%40cret@host/shop`;
  const invalid = (message: RegExp) =>
    expect.objectContaining({ problem: 'invalid_config', message: expect.stringMatching(message) });

  it('is kept without the password, and read again as it was', () => {
    const { config, secrets } = parse({ url });
    expect(secrets).toEqual({ password: 'se@cret' });
    expect(config).toMatchObject({
      url: `${name}://host:${port}/shop`,
      auth: { type: 'basic', username: 'ann' },
      options: { schemas: [schema], idleTimeoutSeconds: 300 },
    });
    expect(JSON.stringify(config)).not.toContain('cret');
    expect(read(config)).toMatchObject({ host: 'host', port, user: 'ann', schemas: [schema], idleTimeoutMs: 300_000 });
    expect(parse(config).config).toEqual(config);
  });

  it('takes schemas from the URL as from the options', () => {
    expect(parse({ url: `${url}?schema=a,b` }).config.options).toMatchObject({ schemas: ['a', 'b'] });
    expect(parse({ url, options: { schemas: ['a', 'b'] } }).config.options).toMatchObject({ schemas: ['a', 'b'] });
  });

  it('refuses schemas in the URL that it could not read again', () => {
    for (const said of ['', 'a,,b', 'x'.repeat(200), Array(101).fill('a').join()]) {
      expect(() => parse({ url: `${url}?schema=${said}` })).toThrow(invalid(/^schema of the URL/));
    }
  });

  it('refuses a mode of encryption that there is not', () => {
    for (const mode of ['perhaps', 'constructor', '']) {
      expect(() => parse({ url: `${url}?${tls}=${mode}` })).toThrow(invalid(/is one of/));
    }
  });

  it('refuses a connection without a user, and one with an option that it does not know', () => {
    expect(() => parse({ url: `${name}://host/shop` })).toThrow(invalid(/names no user/));
    expect(() => parse({ url, options: { path: '/etc' } })).toThrow(invalid(/there is no option "path"/));
  });
});
