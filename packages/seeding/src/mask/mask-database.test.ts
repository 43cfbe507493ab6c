import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row, Session, Table } from '@datamaker/connectors';
import { MaskKey } from '@datamaker/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySeed } from '../apply/apply-seed.ts';
import { planSeed } from '../plan/plan-seed.ts';
import { MYSQL_SCHEMAS } from '../testing/mysql-schemas.ts';
import { randomSchema } from '../testing/random-schema.ts';
import { SCHEMAS } from '../testing/schemas.ts';
import { type SeedServer, startMariaDbToSeed, startPostgresToSeed } from '../testing/systems.ts';
import { applyMask } from './apply-mask.ts';
import { checkRule } from './check-rule.ts';
import type { MaskPlan } from './mask-plan.ts';
import type { MaskReport } from './mask-report.ts';
import { planMask } from './plan-mask.ts';
import { readRules } from './read-rules.ts';
import { checksOn } from './signature.ts';

const FULL = process.env['FULL'] === '1';
const key = new MaskKey(new TextEncoder().encode('a key of the tests, 32 characters'));

interface Policy {
  readonly fields: readonly { readonly field: string }[];
}

/** Two servers, and what is done with them. */
function twoServers(start: () => Promise<SeedServer>) {
  let servers: readonly [SeedServer, SeedServer];
  const open: Session[] = [];
  beforeAll(async () => {
    servers = [await start(), await start()];
  });
  afterAll(async () => {
    await close();
    for (const server of servers) await server.stop();
  });
  const close = async (): Promise<void> => {
    for (const session of open.splice(0)) await session.close();
  };
  /** Two databases with these tables; the first has the rows. */
  const pair = async (ddl: string, rows = ''): Promise<[Session, Session]> => {
    await close();
    await servers[0].remake(`${ddl.replace(/;?\s*$/, ';')} ${rows}`);
    await servers[1].remake(ddl);
    open.push(await servers[0].open(), await servers[1].open());
    return open as unknown as [Session, Session];
  };
  const mask = async (source: Session, destination: Session, policy: Policy): Promise<[MaskPlan, MaskReport]> => {
    const first = await planMask(source, destination, { policy, key });
    // Lists of values and the like: rows were tried.
    const unfit = new Set(first.problems.map(({ subject }) => subject));
    expect(
      first.problems.filter(
        ({ code, message }) => code !== 'mask_strategy_does_not_fit' || !message.startsWith('no other value'),
      ),
    ).toEqual([]);
    const fields = policy.fields.filter(({ field }) => !unfit.has(field));
    const plan = unfit.size === 0 ? first : await planMask(source, destination, { policy: { fields }, key });
    expect(plan.problems).toEqual([]);
    return [plan, await applyMask(source, destination, plan, { key })];
  };
  const all = async (session: Session, name: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const some of session.read({ table: { schema: servers[0].schema, name } })) rows.push(...some);
    return rows;
  };

  /** Everything that can be masked is: keys by their form, days by shifts, other texts by hashes where they fit. */
  const everything = (tables: readonly Table[]): Policy => {
    const fields = tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const field = `${table.schema}.${table.name}.${column.name}`;
        if (column.isComputed === true || checksOn(table, column.name).some(({ isAlone }) => !isAlone)) return [];
        const fitting = ['format-preserve', 'shift', 'redact'].flatMap((strategy) => {
          const { rules } = readRules({ fields: [{ field, strategy }] }, [table]);
          const rule = rules.get(field);
          return rule !== undefined && checkRule({ table, column }, rule).length === 0 ? [{ field, strategy }] : [];
        });
        return fitting.slice(0, 1);
      }),
    );
    return { fields };
  };

  return { pair, mask, all, everything, open, first: () => servers[0] };
}

describe.each([
  ['PostgreSQL', startPostgresToSeed, SCHEMAS],
  ['MariaDB', startMariaDbToSeed, MYSQL_SCHEMAS],
] as const)('masking databases of %s', (_, start, schemas) => {
  const { pair, mask, everything, first } = twoServers(start);

  it('keeps joins and rules of random schemas, with every column masked that can be', async () => {
    const given = fc.record({ schema: randomSchema(first().words), rows: fc.integer({ min: 1, max: 30 }) });
    await fc.assert(
      fc.asyncProperty(given, async ({ schema, rows }) => {
        const [source, destination] = await pair(schema.ddl);
        const { tables } = await source.introspect();
        await applySeed(source, await planSeed(source, { tables, notices: [] }, { rows, seed: 'mask' }));
        const [, report] = await mask(source, destination, everything(tables));
        for (const { table, rows: copied } of report.tables) {
          const [schema = '', name = ''] = table.split('.');
          expect(copied).toBe(await source.count({ schema, name }));
        }
      }),
      { numRuns: FULL ? 20 : 2, endOnFailure: true },
    );
  }, 900_000);

  it.each(Object.entries(schemas))(
    'copies %s',
    async (_name, ddl) => {
      const [source, destination] = await pair(ddl);
      const schema = await source.introspect();
      await applySeed(source, await planSeed(source, schema, { rows: 20, seed: 'mask' }), { mode: 'transaction' });
      const [plan, report] = await mask(source, destination, everything(schema.tables));
      expect(report.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(
        plan.tables.reduce((sum, { rows }) => sum + rows, 0),
      );
      // What was loosened is as it was.
      const bare = (tables: readonly Table[]): unknown => tables.map((table) => ({ ...table, rowEstimate: null }));
      expect(bare((await destination.introspect()).tables)).toEqual(bare(schema.tables));
    },
    120_000,
  );
});

describe('masking databases of PostgreSQL', () => {
  const { pair, mask, all, open, first } = twoServers(startPostgresToSeed);

  it('copies public schemas, with the lines that it proposes itself', async () => {
    const files = globSync(fileURLToPath(new URL('../testing/public/*.sql', import.meta.url))).sort();
    for (const file of FULL ? files : files.filter((_, i) => i % 4 === 1)) {
      const [source, destination] = await pair(readFileSync(file, 'utf8'));
      const schema = await source.introspect();
      await applySeed(source, await planSeed(source, schema, { everyTable: 60, seed: 'mask' }), {
        mode: 'transaction',
      });
      const { suggestions } = await planMask(source, destination, { key });
      const [, report] = await mask(source, destination, { fields: suggestions });
      expect([basename(file), report.tables.length]).toEqual([basename(file), schema.tables.length]);
    }
  }, 300_000);

  it('takes hostile names, and values of all kinds', async () => {
    const ddl = `
      CREATE TABLE "o""r d🙂er" ("e mail" varchar(60) PRIMARY KEY, "sel'ect" inet, n numeric, big bigint, f real, u uuid UNIQUE, tags text[], doc jsonb,
        raw bytea, pad char(12), at timestamptz, "Ünï" text);
      CREATE TABLE child ("from" varchar(80) REFERENCES "o""r d🙂er" ("e mail"), x int)`;
    const [source, destination] = await pair(
      ddl,
      `INSERT INTO "o""r d🙂er" SELECT 'real.one' || i || '@corp.test', '10.1.2.3', (i || '.50')::numeric, 9007199254740993 + i, i / 3.0,
         gen_random_uuid(), ARRAY['secret text ' || i, NULL], '{"a": 1}', '\\x00ff', 'AB' || i, 'infinity', 'Größe Αβγ 漢字' FROM generate_series(1, 1200) i;
       INSERT INTO child SELECT 'real.one' || i || '@corp.test', i FROM generate_series(1, 1200) i;`,
    );
    const names = ['e mail', "sel'ect", 'n', 'big', 'u', 'tags', 'pad', 'Ünï'];
    const fields = [
      ...names.map((name) => ({ field: `o"r d🙂er.${name}`, strategy: 'format-preserve' })),
      { field: 'o"r d🙂er.doc', strategy: 'redact', token: 'gone' },
      { field: 'o"r d🙂er.raw', strategy: 'redact' },
      { field: 'o"r d🙂er.at', strategy: 'shift' },
    ];
    const [, report] = await mask(source, destination, { fields });
    expect(report.tables.map(({ rows }) => rows)).toEqual([1200, 1200]);
    const [row] = await all(destination, 'o"r d🙂er');
    expect(row).toMatchObject({ doc: 'gone', at: 'infinity' });
    expect(String(row?.['e mail'])).toMatch(/^[a-z]{4}\.[a-z]{3}\d+@corp\.test$/);
    expect(String(row?.['Ünï'])).not.toBe('Größe Αβγ 漢字');
  }, 120_000);

  it('reads all tables of the source as they were at one moment', async () => {
    const [source, destination] = await pair(
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a)',
      'INSERT INTO a SELECT generate_series(1, 10);',
    );
    const reader = await first().open(undefined, true);
    open.push(reader);
    const plan = await planMask(reader, destination, {});
    let done = false;
    let written: Promise<unknown> | undefined;
    const report = await applyMask(reader, destination, plan, {
      onProgress: ({ table, rows, of }) => {
        if (table !== 'public.a' || rows !== of || done) return;
        done = true;
        written = source.execute?.('INSERT INTO a VALUES (11)');
      },
    });
    await written;
    expect(report.tables.map(({ rows }) => rows)).toEqual([10, 0]);
    expect(await source.count({ schema: 'public', name: 'a' })).toBe(11);
  });
});
