import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialect as db2 } from '../db2/dialect.ts';
import { dialect as mssql } from '../mssql/dialect.ts';
import { dialect as mysql } from '../mysql/dialect.ts';
import { dialect as oracle } from '../oracle/dialect.ts';
import { dialect as postgres } from '../postgres/dialect.ts';
import { startMariaDb } from '../testing/start-mariadb.ts';
import { startPostgres } from '../testing/start-postgres.ts';
import type { Dialect } from './dialect.ts';

/** Names of what ends names and statements, turns text around, is cut in the middle, or is a word of SQL. */
const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '""',
    "'",
    '`',
    '``',
    '[',
    ']',
    ']]',
    '\\',
    '\\"',
    ';',
    '--',
    '/*',
    '*/',
    '\0',
    '\n',
    '\r',
    '\u202e',
  ),
  fc.constantFrom(
    '"; DROP TABLE canary; --',
    '`; DROP TABLE canary; -- ',
    ']; DROP TABLE canary; --',
    'select',
    '%s',
    '$1',
    ':a',
  ),
  fc.constantFrom('é', 'e\u0301', '東', '😀', '\ud800', '\uffff', '\ufeff', ' '),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
);
const name = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('x', 'ß', '😀', '"'), fc.integer({ min: 15, max: 260 }))
    .map(([one, times]) => one.repeat(times)),
);

const isFull = process.env['FULL'] === '1';
const NAMES = isFull ? 100_000 : 10_000;
const ROUND = 500;

const quotedOrNot = ({ quote }: Dialect, one: string): string | undefined => {
  try {
    return quote(one);
  } catch {
    return undefined;
  }
};

describe.each([
  ['postgres', postgres, '"', '"'],
  ['mysql', mysql, '`', '`'],
  ['mssql', mssql, '[', ']'],
  ['oracle', oracle, '"', '"'],
  ['db2', db2, '"', '"'],
] as const)('names in %s', (_, dialect, open, close) => {
  it('are refused, or end where they are meant to and mean themselves', () => {
    fc.assert(
      fc.property(name, (one) => {
        const quoted = quotedOrNot(dialect, one);
        if (quoted === undefined) return;
        expect(quoted.startsWith(open) && quoted.endsWith(close)).toBe(true);
        const inside = quoted.slice(1, -1);
        expect(inside.replaceAll(close + close, '')).not.toContain(close);
        expect(inside.replaceAll(close + close, close)).toBe(one);
        expect(one).not.toContain('\0');
      }),
      { numRuns: NAMES },
    );
  });
});

describe.each([
  ['PostgreSQL', startPostgres, postgres],
  ['MariaDB', startMariaDb, mysql],
] as const)('names at %s', (_, start, dialect) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
    await server.query('CREATE TABLE canary (id int)');
    await server.query('INSERT INTO canary VALUES (1), (2)');
  }, 120_000);
  afterAll(() => server?.stop());

  it('come back as they were or are refused, and nothing else happens', async () => {
    let [asked, back] = [0, 0];
    for (let round = 0; asked < NAMES; round++) {
      const drawn = fc.sample(name, { numRuns: ROUND, ...(isFull ? {} : { seed: round }) });
      asked += drawn.length;
      const taken = new Map(
        drawn.flatMap((given) => {
          // MariaDB leaves out what is not seen at the beginning of an alias; of the names of columns it does not.
          const one = dialect === mysql ? `x${given}` : given;
          const quoted = quotedOrNot(dialect, one);
          // Half of a pair cannot be sent as UTF-8.
          return quoted === undefined || !one.isWellFormed() ? [] : [[one, quoted] as const];
        }),
      );
      const columns = Array.from(taken.values(), (quoted, i) => `${i} AS ${quoted}`);
      const [row] = await server.query<Record<string, number>>(`SELECT ${columns.join(', ')}`);
      const found = new Map(Object.entries(row ?? {}).map(([key, value]) => [key, Number(value)]));
      for (const [i, one] of [...taken.keys()].entries()) {
        // An object of JavaScript has no place for this one.
        if (one !== '__proto__') expect([one, found.get(one)]).toEqual([one, i]);
      }
      back += taken.size;
    }
    expect(back).toBeGreaterThan(asked / 10);
    expect(await server.query('SELECT id FROM canary ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  }, 300_000);
});
