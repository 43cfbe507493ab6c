import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConnectionError, type Row, type Session } from '@datamaker/connectors';
import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { openPostgres, remake } from '../testing/open-postgres.ts';
import { SCHEMAS } from '../testing/schemas.ts';
import { templatesOfTables } from './templates-of-tables.ts';

const ROWS = 200;
const FOLDER = fileURLToPath(new URL('../testing/public', import.meta.url));
const FILES = globSync(`${FOLDER}/*.sql`)
  .map((file) => basename(file, '.sql'))
  .sort();

describe('templates of the tables of a schema', () => {
  let server: PostgresServer;
  let session: Session;
  beforeAll(async () => {
    server = await startPostgres();
    session = await openPostgres(server);
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  /** What became of each table: the rows that went in, or why none did. */
  async function fill(
    ddl: string,
  ): Promise<ReadonlyMap<string, { rows: number; told: readonly string[]; why?: string }>> {
    await session.close();
    await remake(server, ddl);
    session = await openPostgres(server);
    const { tables } = await session.introspect();
    const { templates } = await templatesOfTables(tables, { together: { rows: ROWS } });
    const filled = new Map<string, { rows: number; told: readonly string[]; why?: string }>();
    for (const { table, template } of templates) {
      const told = template.notices.map(({ code, subject, message }) => `${code} ${subject}: ${message}`);
      const parsed = parseTemplate(template.document);
      if (!parsed.ok) throw new Error(`${table.name}: ${JSON.stringify(parsed.diagnostics)}`);
      const plan = await compileTemplate(parsed.value, { seed: 's' });
      if (!plan.ok) throw new Error(`${table.name}: ${JSON.stringify(plan.diagnostics)}`);
      const rows = Math.min(ROWS, plan.value.capacity);
      try {
        const { document, columns } = template;
        const made = generateRows(plan.value, 0, rows).map(
          (row) => Object.fromEntries(document.fields.map(({ name }, i) => [columns[i] ?? name, row[name]])) as Row,
        );
        await session.insert(table, [made]);
        filled.set(table.name, { rows, told });
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        filled.set(table.name, { rows: 0, told, why: error.message });
      }
    }
    return filled;
  }

  /** What says beforehand that rows may be refused. */
  const WARNS = /^(?:foreign_key|key_not_met|check_\w+|few_unique_values|type_not_supported|not_possible) /;

  it.each(Object.entries(SCHEMAS))('of %s make rows that it takes, or say what is in the way', async (_, ddl) => {
    for (const [name, { rows, why, told }] of await fill(ddl)) {
      if (rows > 0) continue;
      expect({ name, why, told: told.filter((one) => WARNS.test(one)) }).not.toMatchObject({ told: [] });
    }
  });

  const all: string[] = [];
  const short: string[] = [];
  it.each(FILES)('of %s make rows that it takes', async (name) => {
    for (const [table, { rows, why, told }] of await fill(readFileSync(join(FOLDER, `${name}.sql`), 'utf8'))) {
      all.push(table);
      if (rows === 0)
        expect({ table, why, told: told.filter((one) => WARNS.test(one)) }).not.toMatchObject({ told: [] });
      if (rows === 0) short.push(`${name}.${table}: ${why}`);
    }
  });

  it('are taken in at least nineteen of twenty tables', () => {
    console.log(`${all.length - short.length} of ${all.length} tables took rows.\n${short.join('\n')}`);
    expect(short.length / all.length).toBeLessThanOrEqual(0.05);
  });
});
