import type { Session, Table } from '@datamaker/connectors';
import type { MaskKey } from '@datamaker/engine';
import { tableId } from '../plan/table-id.ts';
import { SeedError } from '../seed-error.ts';
import { asCalled } from './as-called.ts';
import { compareSchemas } from './compare-schemas.ts';
import { KeyGroups } from './key-groups.ts';
import type { MaskPlan, TableMask } from './mask-plan.ts';
import { laterColumns, loosen, orderForCopy } from './order-for-copy.ts';
import { planColumns } from './plan-columns.ts';
import { keyProblems, notEmpty, notKept, outside, tryMasks } from './plan-problems.ts';
import { readRules } from './read-rules.ts';

export interface MaskPlanOptions {
  /** The parsed JSON of a policy; undefined: one that names nothing. */
  readonly policy?: unknown;
  /** What masks are made with; undefined: none is there. */
  readonly key?: MaskKey | undefined;
  /** Tables to copy, by `schema.name` or name; undefined: all. */
  readonly tables?: readonly string[] | undefined;
  /** Whether rows of the destination are removed first. */
  readonly replace?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Says what copying a database with masks would do, and everything that stands in its way. Writes nothing.
 * @param source may be read only
 * @throws ConnectionError; SeedError unknown_table
 */
export async function planMask(source: Session, destination: Session, options: MaskPlanOptions): Promise<MaskPlan> {
  const called = asCalled(destination, source.home);
  const [here, there] = [await source.introspect(), await called.introspect()];
  refuseOtherSchemas(here.tables, source.home);
  const { order, tables, late } = orderForCopy(chosen(here.tables, options.tables));
  const groups = new KeyGroups(here.tables);
  const { rules, problems } = readRules(options.policy ?? { fields: [] }, here.tables);
  const columns = await planColumns(source, tables, { groups, rules, all: here.tables, signal: options.signal });
  const loosened = called.lateKeys === 'all' ? [] : loosen(late, there.tables);
  const isCopied = new Set(tables.map(({ name }) => name));
  const byId = new Map(tables.map((table) => [tableId(table), table]));
  const planned: TableMask[] = [];
  for (const table of order.tables) {
    planned.push({
      id: tableId(table),
      table,
      columns: columns.columns.get(tableId(table)) ?? [],
      rows: await source.count(table),
      later: laterColumns(table, order),
    });
  }
  const before = [...problems, ...columns.problems, ...keyProblems(planned, options.key)];
  return {
    tables: planned,
    problems: [
      ...before,
      ...(before.length > 0 ? [] : await tryMasks(planned, options.key, columns.samples)),
      ...outside(tables, byId),
      ...compareSchemas(tables, there.tables),
      ...(options.replace === true ? [] : await notEmpty(called, tables, there.tables)),
      ...there.notices.filter(({ code, subject }) => code === 'no_transactions' && isCopied.has(subject)).map(notKept),
    ],
    notes: [
      ...columns.notes,
      ...loosened.map(({ table, name }) => ({
        code: 'key_checked_late',
        subject: tableId(table),
        message: `its foreign key ${name} is in a circle that may not be null: it is made DEFERRABLE in the destination for the time of copying`,
      })),
      ...(called.lateKeys !== 'all'
        ? []
        : late.map(({ table, key }) => ({
            code: 'key_checked_late',
            subject: tableId(table),
            message: `its foreign key ${key.name} is in a circle that may not be null: it is checked when all rows are there`,
          }))),
      ...there.notices
        .filter(({ code }) => code === 'triggers')
        .map(({ subject, message }) => ({ code: 'has_triggers', subject, message })),
    ],
    suggestions: columns.suggestions,
    loosened,
    keys: tables.flatMap((table) => table.foreignKeys.map((key) => ({ table, key }))),
  };
}

/** @throws SeedError not_supported */
function refuseOtherSchemas(tables: readonly Table[], home: string | undefined): void {
  const other = home === undefined ? undefined : tables.find(({ schema }) => schema !== home);
  if (other === undefined) return;
  const message = `schemas are databases here, and ${tableId(other)} is in another one than ${home}`;
  throw new SeedError('not_supported', message, 'mask one database after the other, without naming schemas');
}

function chosen(all: readonly Table[], names: readonly string[] | undefined): readonly Table[] {
  if (names === undefined) return all;
  const found = names.map((name) => {
    const tables = all.filter((table) => tableId(table) === name || table.name === name);
    const [table, second] = tables;
    if (table === undefined) throw new SeedError('unknown_table', `the source has no table ${name}`);
    if (second !== undefined && !tables.some((one) => tableId(one) === name)) {
      throw new SeedError(
        'unknown_table',
        `several tables are called ${name}`,
        `write ${tables.map(tableId).join(' or ')}`,
      );
    }
    return tables.find((one) => tableId(one) === name) ?? table;
  });
  return all.filter((table) => found.includes(table));
}
