import type { Row, SchemaNotice, Session, Table } from '@datamaker/connectors';
import { isKeyed, type MaskKey, type MaskRule } from '@datamaker/engine';
import { tableId } from '../plan/table-id.ts';
import { SeedError } from '../seed-error.ts';
import { asCalled, type Destination } from './as-called.ts';
import { checkRule, mustStayApart } from './check-rule.ts';
import { compareSchemas, sayKey } from './compare-schemas.ts';
import { columnId, KeyGroups } from './key-groups.ts';
import type { ColumnPlan, MaskPlan, MaskProblem, Suggestion, TableMask } from './mask-plan.ts';
import { laterColumns, loosen, orderForCopy } from './order-for-copy.ts';
import { readRules } from './read-rules.ts';
import { makeMaskers } from './row-masker.ts';
import { type Seen, seeColumns } from './see-column.ts';
import { checksOn } from './signature.ts';

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

/** Rows of each table that are looked at before. All others are while they are copied. */
const SAMPLE = 1000;
/** Of those, rows that are masked to see whether they can be. */
const TRIED = 100;

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

const notKept = ({ subject }: SchemaNotice): MaskProblem => ({
  code: 'keeps_no_transactions',
  subject,
  message:
    'its engine keeps no transactions in the destination: what is written stays, whatever is found wrong with it',
  hint: 'give the table an engine that does, such as InnoDB',
});

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

interface PlannedColumns {
  readonly columns: ReadonlyMap<string, readonly ColumnPlan[]>;
  readonly problems: readonly MaskProblem[];
  readonly notes: readonly MaskProblem[];
  readonly suggestions: readonly Suggestion[];
  /** Some rows, by the id of their table. */
  readonly samples: ReadonlyMap<string, readonly Row[]>;
}

interface ColumnSource {
  readonly groups: KeyGroups;
  readonly rules: ReadonlyMap<string, MaskRule>;
  readonly all: readonly Table[];
  readonly signal: AbortSignal | undefined;
}

async function planColumns(
  source: Session,
  tables: readonly Table[],
  { groups, rules, all, signal }: ColumnSource,
): Promise<PlannedColumns> {
  const problems: MaskProblem[] = [];
  const notes: MaskProblem[] = [];
  const suggestions: Suggestion[] = [];
  const columns = new Map<string, readonly ColumnPlan[]>();
  const seen = new Map<string, Seen>();
  const samples = new Map<string, readonly Row[]>();
  for (const table of tables) {
    const rows = await sampleOf(source, table, signal);
    samples.set(tableId(table), rows.slice(0, TRIED));
    for (const [name, what] of seeColumns(table, rows)) seen.set(columnId(table, name), what);
  }
  // A key of which one column is personal is so in all.
  const byGroup = new Map<string, Seen>();
  for (const [id, what] of seen) if (!byGroup.has(groups.groupOf(id))) byGroup.set(groups.groupOf(id), what);
  const ruleOf = groupRules(groups, rules, problems);
  const isUnique = (name: string): boolean => all.filter((one) => one.name === name).length === 1;
  const suggested = new Set<string>();
  for (const table of tables) {
    const plans = table.columns
      .filter(({ isComputed }) => isComputed !== true)
      .map((column): ColumnPlan => {
        const id = columnId(table, column.name);
        const group = groups.groupOf(id);
        const found = ruleOf.get(group);
        const what = seen.get(id) ?? byGroup.get(group);
        const owned = { table, column };
        if (found !== undefined) problems.push(...checkRule(owned, found.rule));
        else if (what !== undefined && !suggested.has(group)) {
          suggested.add(group);
          suggestions.push(
            suggest(
              isUnique(table.name) ? `${table.name}.${column.name}` : id,
              owned,
              what,
              groups.membersOf(group).length > 1,
            ),
          );
        }
        if (found === undefined && what !== undefined) {
          problems.push({
            code: 'mask_unnamed_sensitive_column',
            subject: id,
            message: `it holds personal data (${what.why}), and the policy does not name it`,
          });
        }
        const fakeType = found?.rule.strategy === 'replace' ? (found.rule.type ?? what?.type) : undefined;
        if (found?.rule.strategy === 'replace' && fakeType === undefined) {
          problems.push({
            code: 'mask_unknown_type',
            subject: id,
            message: 'nothing says of which type its fakes are',
            hint: 'name it in the rule: "type": "company"',
            pointer: found.rule.pointer,
          });
        }
        if (found !== undefined && found.rule.strategy !== 'preserve') notes.push(...checkNotes(table, column.name));
        return {
          column,
          id,
          personal: what?.why,
          rule: found?.rule,
          fakeType,
          reason: found === undefined ? '' : found.from === id ? 'policy' : `like ${found.from}`,
          group,
        };
      });
    columns.set(tableId(table), plans);
  }
  return { columns, problems, notes, suggestions, samples };
}

/** One rule for all columns that hold the same values. */
function groupRules(
  groups: KeyGroups,
  rules: ReadonlyMap<string, MaskRule>,
  problems: MaskProblem[],
): Map<string, { readonly rule: MaskRule; readonly from: string }> {
  const found = new Map<string, { readonly rule: MaskRule; readonly from: string }>();
  for (const [id, rule] of rules) {
    const group = groups.groupOf(id);
    const other = found.get(group);
    if (other === undefined) found.set(group, { rule, from: id });
    else if (sayRule(other.rule) !== sayRule(rule)) {
      problems.push({
        code: 'mask_breaks_join',
        subject: id,
        message: `it is joined with ${other.from} by foreign keys, and the policy has another rule for that`,
        hint: 'name one of them: the other gets the same mask',
        pointer: rule.pointer,
      });
    }
  }
  return found;
}

const sayRule = ({ field: _, pointer: __, ...rule }: MaskRule): string => JSON.stringify(rule);

function suggest(
  field: string,
  owned: Parameters<typeof mustStayApart>[0],
  { strategy, type }: Seen,
  isJoined: boolean,
): Suggestion {
  const isApart = isJoined || mustStayApart(owned);
  const kept = isApart && strategy !== 'preserve' ? 'format-preserve' : strategy;
  return { field, strategy: kept, ...(kept === 'replace' && type !== undefined ? { type } : {}) };
}

function checkNotes(table: Table, column: string): MaskProblem[] {
  return checksOn(table, column)
    .filter(({ expression, isAlone }) => expression === undefined || !isAlone)
    .map(({ name }) => ({
      code: 'check_not_kept',
      subject: columnId(table, column),
      message: `the CHECK constraint ${name} speaks of it in a way that masks do not keep: rows that break it are refused, and then nothing is written`,
    }));
}

async function sampleOf(source: Session, table: Table, signal: AbortSignal | undefined): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const rows of source.read({ table, limit: SAMPLE, signal })) all.push(...rows);
  return all;
}

/** Masks some rows: what does not fit is found before the first row is written. */
async function tryMasks(
  tables: readonly TableMask[],
  key: MaskKey | undefined,
  samples: ReadonlyMap<string, readonly Row[]>,
): Promise<MaskProblem[]> {
  const found = new Map<string, MaskProblem>();
  const note = (error: unknown): void => {
    if (!(error instanceof SeedError)) throw error;
    const [subject = '', message = ''] = error.message.split(/: (.*)/s);
    found.set(error.message, {
      code: error.code,
      subject,
      message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  };
  try {
    const maskers = await makeMaskers(tables, key);
    for (const [id, masker] of maskers) {
      masker.tryOn(samples.get(id) ?? [], note);
    }
  } catch (error) {
    note(error);
  }
  return [...found.values()];
}

function keyProblems(tables: readonly TableMask[], key: MaskKey | undefined): MaskProblem[] {
  if (key !== undefined) return [];
  const keyed = tables.flatMap(({ columns }) =>
    columns.filter(({ rule }) => rule !== undefined && (isKeyed(rule.strategy) || rule.strategy === 'replace')),
  );
  if (keyed.length === 0) return [];
  const names = keyed
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ');
  return [
    {
      code: 'mask_key_missing',
      subject: 'the key',
      message: `one is needed for ${names}${keyed.length > 10 ? ', …' : ''}`,
      hint: 'make one with `openssl rand -hex 32`',
    },
  ];
}

function outside(tables: readonly Table[], byId: ReadonlyMap<string, Table>): MaskProblem[] {
  return tables.flatMap((table) =>
    table.foreignKeys
      .filter(({ to }) => !byId.has(tableId(to)))
      .map((key) => ({
        code: 'table_left_out',
        subject: tableId(table),
        message: `its ${sayKey(key)} leads to a table that is not copied`,
        hint: tables.some(({ schema }) => schema === key.to.schema)
          ? `copy ${tableId(key.to)} too`
          : `copy the schema ${key.to.schema} too`,
      })),
  );
}

async function notEmpty(
  destination: Destination,
  tables: readonly Table[],
  there: readonly Table[],
): Promise<MaskProblem[]> {
  const known = new Set(there.map(tableId));
  const full: MaskProblem[] = [];
  for (const table of tables) {
    if (!known.has(tableId(table))) continue;
    const rows = await destination.count(table);
    if (rows === 0) continue;
    full.push({
      code: 'destination_not_empty',
      subject: tableId(table),
      message: `the destination has ${rows.toLocaleString('en')} rows in it`,
      hint: 'say --replace to have the rows of all tables that are copied removed first, or name an empty database',
    });
  }
  return full;
}
