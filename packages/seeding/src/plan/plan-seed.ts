import type { DatabaseSchema, ForeignKey, Row, Session, Table } from '@datamaker/connectors';
import { compileTemplate, drawSeed, parseTemplate } from '@datamaker/engine';
import { TableRows } from '../apply/table-rows.ts';
import { TableChecks } from '../check/table-checks.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import type { Link, TableKeys } from '../keys/key-rules.ts';
import type { FactsByColumn } from '../schema-to-template/column-facts.ts';
import { isKnownType } from '../schema-to-template/literal-of.ts';
import { tableTemplate } from '../schema-to-template/table-template.ts';
import { SeedError } from '../seed-error.ts';
import { foldText } from '../verify/fold-text.ts';
import { uncomparedColumns } from '../verify/uncompared-columns.ts';
import { assignKeys, spread } from './assign-keys.ts';
import type { Assignment } from './assignment.ts';
import { checkLocale } from './check-locale.ts';
import { collidingColumns } from './colliding-columns.ts';
import { countersOf } from './counters-of.ts';
import { isGiven, isUncompared } from './given-columns.ts';
import { identityOf } from './identity-of.ts';
import type { Present } from './key-shape.ts';
import { optionsByTable } from './options-by-table.ts';
import { nullableColumns, orderTables, type TableOrder } from './order-tables.ts';
import { readPresent } from './read-present.ts';
import { referencedColumns } from './referenced-columns.ts';
import {
  checkOptions,
  DEFAULT_FAN_OUT,
  DEFAULT_ROWS,
  type FanOut,
  type SeedOptions,
  type TableOptions,
} from './seed-options.ts';
import type { PlanProblem, SeedPlan, TablePlan } from './seed-plan.ts';
import { tableId } from './table-id.ts';
import { unmetLinks } from './unmet-links.ts';

/**
 * Plans how a database is filled: which tables in which order, how many rows, what keys, and what of its rules is not understood.
 * Reads from the session and changes nothing.
 * @throws SeedError invalid_seed_options, unknown_table, no_table
 */
export async function planSeed(session: Session, schema: DatabaseSchema, options: SeedOptions = {}): Promise<SeedPlan> {
  checkOptions(options);
  await checkLocale(options.locale);
  if (schema.tables.length === 0) throw new SeedError('no_table', 'there is no table to fill');
  return await new Planner(session, withLateKeys(schema, session), options).plan();
}

/** Keys that the session can put off, as what they are to planning. */
function withLateKeys(schema: DatabaseSchema, { lateKeys }: Session): DatabaseSchema {
  if (lateKeys !== 'all') return schema;
  const late = (table: Table): Table => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, isDeferrable: true })),
  });
  return { ...schema, tables: schema.tables.map(late) };
}

/** Columns of the template that are a key of their own which does not tell capitals apart. */
const caselessKeys = ({ columns, uniqueKeys }: Table, planned: TablePlan): string[] =>
  columns
    .filter(({ name, isCaseless }) => isCaseless === true && planned.columns.indexOf(name) >= planned.keys.length)
    .map(({ name }) => name)
    .filter((name) => uniqueKeys.some((key) => key.columns.length === 1 && key.columns[0] === name));

/** Rows on which rules are tried before the first row is written. */
const LOOKED_AT = 200;
/** How often unique texts are drawn anew, and how many at a time. */
const MOST_DRAWS = 8;
const DRAWN = 10_000;

class Planner {
  readonly #session: Session;
  readonly #schema: DatabaseSchema;
  readonly #options: SeedOptions;
  readonly #seed: string;
  readonly #now = Date.now();
  readonly #problems: PlanProblem[] = [];
  readonly #byTable: ReadonlyMap<string, TableOptions>;
  readonly #planned = new Map<string, TablePlan>();
  readonly #present = new Map<string, Present>();
  readonly #checks = new Map<string, TableChecks>();
  /** Names of tables that keep no transactions. */
  readonly #loose: ReadonlySet<string>;
  readonly #referenced: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(session: Session, schema: DatabaseSchema, options: SeedOptions) {
    this.#session = session;
    this.#schema = schema;
    this.#options = options;
    this.#seed = options.seed ?? drawSeed();
    this.#byTable = optionsByTable(schema, options);
    this.#loose = new Set(schema.notices.flatMap(({ code, subject }) => (code === 'no_transactions' ? subject : [])));
    this.#referenced = referencedColumns(schema.tables);
  }

  async plan(): Promise<SeedPlan> {
    for (const { subject, message } of this.#schema.notices) {
      this.#problems.push({ code: 'not_described', subject, message, blocks: false });
    }
    const order = orderTables(this.#schema.tables);
    for (const circle of order.stuck) {
      const names = circle.map(tableId).join(', ');
      const message = `${names} refer to each other by keys that may neither be null nor be checked late`;
      for (const table of circle) this.#problem({ code: 'cycle', subject: tableId(table), message, blocks: true });
    }
    for (const table of order.tables) await this.#planTable(table, order);
    const tables = this.#withLateParents();
    const plan = {
      seed: this.#seed,
      now: this.#now,
      tables,
      needsDeferred: tables.some(({ id }) => (order.deferred.get(id)?.size ?? 0) > 0),
      problems: this.#problems,
    };
    const keys = await KeyMaker.of(tables, this.#seed);
    for (const [i, table] of tables.entries()) tables[i] = await this.#salted(plan, table, keys);
    for (const problem of unmetLinks(tables, keys)) this.#problem(problem);
    for (const table of tables) await this.#checkRules(plan, table, keys);
    return plan;
  }

  async #planTable(table: Table, order: TableOrder): Promise<void> {
    const id = tableId(table);
    const blocked: PlanProblem[] = [];
    const report = (problem: PlanProblem): void => {
      this.#problem(problem);
      if (problem.blocks) blocked.push(problem);
    };
    for (const column of table.columns) {
      if (isKnownType(column) || column.default !== null || column.generated !== null) continue;
      const message = `no values are made for the type ${column.type}`;
      report({ code: 'type_not_supported', subject: `${id}.${column.name}`, message, blocks: true });
    }
    const referenced = this.#referenced.get(id) ?? new Set<string>();
    const later = order.later.get(id) ?? new Set<ForeignKey>();
    const present = await readPresent(this.#session, table, referenced, (column, message) =>
      report({ code: 'keys_not_read', subject: `${id}.${column}`, message, blocks: false }),
    );
    this.#present.set(id, present);
    const checks = new TableChecks(table);
    const { facts, unlike } = checks;
    this.#checks.set(id, checks);
    const known = await KeyMaker.of([...this.#planned.values()], this.#seed);
    const given: Assignment = {
      table,
      fewestAlike: (other, columns) => known.fewestAlike(other, columns),
      facts,
      unlike,
      present,
      seed: this.#seed,
      rows: this.#rowsOf(table),
      rowsOf: (other) => this.#planned.get(other)?.rows,
      referenced,
      coded: new Set(),
      later,
      deferred: order.deferred.get(id) ?? new Set(),
      parent: this.#byTable.get(id)?.parent,
      report,
    };
    const first = assignKeys(given);
    if (blocked.length > 0) return;
    const plain = await this.#tablePlan(table, first, facts, later, present);
    const coded = await collidingColumns({ seed: this.#seed, now: this.#now }, plain, caselessKeys(table, plain));
    for (const name of coded) {
      if (facts.get(name)?.pattern === undefined) continue;
      const message = 'its texts differ in capitals or accents alone, which its key does not tell apart';
      this.#problem({ code: 'key_not_met', subject: `${id}.${name}`, message, blocks: false });
    }
    const told = coded.size === 0 ? given : { ...given, coded };
    const keys = coded.size === 0 ? first : assignKeys(told);
    const planned = coded.size === 0 ? plain : await this.#tablePlan(table, keys, facts, later, present);
    if (planned.rows === keys.rows) {
      this.#planned.set(id, planned);
      return;
    }
    const message = `it gets ${planned.rows} rows and not ${keys.rows}: its unique columns have no more values`;
    this.#problem({ code: 'few_rows', subject: id, message, blocks: planned.rows === 0 });
    if (planned.rows === 0) return;
    const fewer = assignKeys({ ...told, rows: planned.rows });
    this.#planned.set(id, await this.#tablePlan(table, fewer, facts, later, present));
  }

  async #tablePlan(
    table: Table,
    keys: TableKeys,
    facts: FactsByColumn,
    later: ReadonlySet<ForeignKey>,
    present: Present,
  ): Promise<TablePlan> {
    const inKeys = new Set(keys.keys.map(({ column }) => column));
    const given = table.columns.filter((column) => !inKeys.has(column.name) && isGiven(column));
    const { document, notices } = await tableTemplate(table, given, facts, this.#options.locale);
    for (const { code, column, message } of notices) {
      this.#problem({ code, subject: `${keys.id}.${column}`, message, blocks: false });
    }
    const rows = document === null ? keys.rows : Math.min(keys.rows, await this.#room(document, keys));
    const identity = identityOf(table);
    if (identity.length === 0 && rows > 0) {
      const message = 'nothing tells its rows apart: they cannot be found again to be removed';
      this.#problem({ code: 'no_key', subject: keys.id, message, blocks: false });
    }
    const planned: TablePlan = {
      ...keys,
      rows,
      table: { schema: table.schema, name: table.name },
      template: document,
      salt: 0,
      // Some names of columns cannot be those of fields.
      columns: [...keys.keys.map(({ column }) => column), ...given.map(({ name }) => name)],
      later: [...later].flatMap((key) => nullableColumns(table, key)),
      identity,
      counters: countersOf(table, keys, rows, present),
      binary: given.filter(({ kind, dimensions }) => kind === 'binary' && dimensions === 0).map(({ name }) => name),
      uncompared: table.columns.filter(isUncompared).map(({ name }) => name),
      ...(this.#loose.has(table.name) ? { isLoose: true } : {}),
    };
    for (const subject of rows > 0 ? uncomparedColumns(planned) : []) {
      const message = 'its values are not compared when rows are verified or removed: a change of it alone is not seen';
      this.#problem({ code: 'not_compared', subject, message, blocks: false });
    }
    return planned;
  }

  /** How many rows the template gives. */
  async #room(document: NonNullable<TablePlan['template']>, { id }: TableKeys): Promise<number> {
    const parsed = parseTemplate(document);
    const plan = parsed.ok ? await compileTemplate(parsed.value, { seed: this.#seed, now: this.#now }) : parsed;
    if (plan.ok) return plan.value.capacity;
    const message = plan.diagnostics[0]?.message ?? 'its template does not compile';
    this.#problem({ code: 'not_possible', subject: id, message, blocks: true });
    return 0;
  }

  #rowsOf(table: Table): number | FanOut {
    const { rows, perParent } = this.#byTable.get(tableId(table)) ?? {};
    if (rows !== undefined) return rows;
    const { everyTable, fanOut = DEFAULT_FAN_OUT, rows: ofRoots = DEFAULT_ROWS } = this.#options;
    if (perParent !== undefined) return perParent;
    if (everyTable !== undefined) return everyTable;
    const hasParent = table.foreignKeys.some(({ to }) => (this.#planned.get(tableId(to))?.rows ?? 0) > 0);
    return hasParent ? fanOut : ofRoots;
  }

  /** Links of circles refer to tables whose rows were not counted yet. */
  #withLateParents(): TablePlan[] {
    return [...this.#planned.values()].map((table) => {
      const links = table.links.map((link, i): Link => {
        if (link.pick.how !== 'spread' || link.pick.parents > 0) return link;
        const parents = this.#planned.get(link.to)?.rows ?? 0;
        return { ...link, pick: { ...link.pick, ...spread(parents, i * 7) } };
      });
      return { ...table, links };
    });
  }

  /** Unique texts of the engine keep away from those that are there by another draw. */
  async #salted(plan: SeedPlan, table: TablePlan, keys: KeyMaker): Promise<TablePlan> {
    const taken = [...(this.#present.get(table.id)?.taken ?? [])].filter(
      ([name]) => table.columns.indexOf(name) >= table.keys.length && this.#isUnique(table, name),
    );
    if (taken.length === 0) return table;
    const described = this.#tableOf(table);
    const caseless = described === undefined ? [] : caselessKeys(described, table);
    const formOf = (name: string): ((text: string) => string) =>
      caseless.includes(name) ? foldText : (text) => text.trimEnd();
    const there = taken.map(([name, values]) => {
      const form = formOf(name);
      return { name, form, values: caseless.includes(name) ? new Set([...values].map(form)) : values };
    });
    for (let salt = 0; salt < MOST_DRAWS; salt++) {
      const salted = { ...table, salt };
      const made = await TableRows.of(plan, salted, keys);
      const meets = (row: Row): boolean => there.some(({ name, form, values }) => values.has(form(String(row[name]))));
      let isFree = salt === 0 || (await collidingColumns(plan, salted, caseless)).size === 0;
      for (let from = 0; from < table.rows && isFree; from += DRAWN) {
        isFree = !made.rows(from, Math.min(table.rows, from + DRAWN), 'final').some(meets);
      }
      if (isFree) return salted;
    }
    const columns = taken.map(([name]) => name).join(', ');
    const message = 'values that have to be unique are there already, and others were not found';
    this.#problem({ code: 'unique_taken', subject: `${table.id}.${columns}`, message, blocks: false });
    return table;
  }

  #tableOf({ table }: TablePlan): Table | undefined {
    return this.#schema.tables.find((one) => one.schema === table.schema && one.name === table.name);
  }

  #isUnique(table: TablePlan, name: string): boolean {
    return this.#tableOf(table)?.uniqueKeys.some(({ columns }) => columns.length === 1 && columns[0] === name) === true;
  }

  /** The rules of a table are tried on its first rows. */
  async #checkRules(plan: SeedPlan, table: TablePlan, keys: KeyMaker): Promise<void> {
    const made = await TableRows.of(plan, table, keys);
    const rows = made.rows(0, Math.min(table.rows, LOOKED_AT), 'final');
    for (const { check, why } of this.#checks.get(table.id)?.doubts(rows) ?? []) {
      const what = why === 'not_met' ? 'rows do not keep' : 'it is not known whether rows keep';
      const message = `${what} the rule ${check.name}: ${check.expression}`;
      this.#problem({ code: `check_${why}`, subject: table.id, message, blocks: false });
    }
  }

  #problem(problem: PlanProblem): void {
    const { code, subject, message } = problem;
    const isKnown = this.#problems.some(
      (one) => one.code === code && one.subject === subject && one.message === message,
    );
    if (!isKnown) this.#problems.push(problem);
  }
}
