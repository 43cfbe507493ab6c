import type { Row, Value } from '@datamaker/connectors';
import {
  compileTemplate,
  generateRows,
  type Plan,
  parseTemplate,
  prepareGenerator,
  type ResidentGenerator,
} from '@datamaker/engine';
import type { KeyMaker } from '../keys/key-maker.ts';
import { KeyRows } from '../keys/key-rows.ts';
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts';
import { SeedError } from '../seed-error.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
/** What is handed on at a time. */
const CHUNK = 64 * 1024;

/** Which columns of circles are null: those that are filled later, or none. */
export type Pass = 'first' | 'final';

/** The rows of a table, as a function of their numbers: the engine's columns and those of keys side by side. */
export class TableRows {
  readonly table: TablePlan;
  readonly keys: KeyRows;
  readonly #plan: Plan | undefined;
  /** Columns of the template, and what its fields call them. */
  readonly #columns: readonly string[];
  readonly #fields: readonly string[];
  readonly #keys: KeyRows['columns'];
  /** Made when CSV is asked for. */
  #generator: ResidentGenerator | undefined;

  private constructor(table: TablePlan, plan: Plan | undefined, keys: KeyMaker) {
    this.table = table;
    this.#plan = plan;
    this.#columns = table.columns.slice(table.keys.length);
    this.#fields = table.template?.fields.map(({ name }) => name) ?? [];
    this.keys = new KeyRows(table, keys);
    this.#keys = this.keys.columns;
  }

  /** @throws SeedError not_seedable, when the template of the table does not compile (any more) */
  static async of({ seed, now }: SeedPlan, table: TablePlan, keys: KeyMaker): Promise<TableRows> {
    if (table.template === null) return new TableRows(table, undefined, keys);
    const parsed = parseTemplate(table.template);
    const plan = parsed.ok
      ? await compileTemplate(parsed.value, { seed: seedOf(seed, table), now, rows: table.rows })
      : parsed;
    if (plan.ok) return new TableRows(table, plan.value, keys);
    const [first] = plan.diagnostics;
    throw new SeedError(
      'not_seedable',
      `the template of ${table.id} does not compile: ${first?.message ?? ''}`,
      first?.hint,
    );
  }

  /** Rows [from, to) as values: for small ranges. */
  rows(from: number, to: number, pass: Pass): Row[] {
    const made = this.#plan === undefined ? [] : generateRows(this.#plan, from, to);
    const isNull = this.#nulls(pass);
    return Array.from({ length: to - from }, (_, i) => {
      const row: Record<string, Value> = {};
      for (const { column, value } of this.#keys) row[column] = isNull.has(column) ? null : value(from + i);
      for (const [k, name] of this.#fields.entries()) row[this.#columns[k] as string] = made[i]?.[name] as Value;
      for (const name of this.table.binary) if (typeof row[name] === 'string') row[name] = Buffer.from(row[name]);
      return row;
    });
  }

  /** Rows [from, to) as CSV without a header, in the order of the plan's columns. */
  *csv(from: number, to: number, pass: Pass): Generator<Uint8Array> {
    const isNull = this.#nulls(pass);
    const keys = this.#keys.map(({ column, value }) => (isNull.has(column) ? () => null : value));
    const plan = this.#plan;
    if (plan !== undefined)
      this.#generator ??= prepareGenerator(plan, { format: 'csv', header: false, quoting: 'all' });
    const lines = plan === undefined ? empty(to - from) : linesOf(this.#generator?.bytes(plan.seed, from, to) ?? []);
    const separator = plan === undefined || keys.length === 0 ? '' : ',';
    let parts: Uint8Array[] = [];
    let size = 0;
    let row = from;
    for (const line of lines) {
      let text = '';
      for (let i = 0; i < keys.length; i++) {
        if (i > 0) text += ',';
        text += cell((keys[i] as (row: number) => Value)(row));
      }
      const head = Buffer.from(text + separator);
      parts.push(head, line);
      size += head.length + line.length;
      row++;
      if (size < CHUNK) continue;
      yield Buffer.concat(parts, size);
      parts = [];
      size = 0;
    }
    if (size > 0) yield Buffer.concat(parts, size);
  }

  #nulls(pass: Pass): ReadonlySet<string> {
    return new Set(pass === 'first' ? this.table.later : []);
  }
}

/** Columns of one name in two tables differ. */
export const seedOf = (seed: string, { id, salt }: TablePlan): string => `${seed} ${id}${salt === 0 ? '' : ` ${salt}`}`;

function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return `"${value.replaceAll('"', '""')}"`;
  return typeof value === 'object' ? `"${JSON.stringify(value).replaceAll('"', '""')}"` : String(value);
}

const NEW_LINE = Uint8Array.of(LINE_FEED);
function* empty(count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) yield NEW_LINE;
}

/** Lines with their ends: a line feed in quotes ends none. Each is valid until the next chunk. */
function* linesOf(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let rest: Uint8Array | undefined;
  let isQuoted = false;
  for (const chunk of chunks) {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LINE_FEED && !isQuoted) {
        const line = chunk.slice(start, i + 1);
        yield rest === undefined ? line : Buffer.concat([rest, line]);
        rest = undefined;
        start = i + 1;
      }
    }
    if (start < chunk.length) {
      const tail = chunk.slice(start);
      rest = rest === undefined ? tail : Buffer.concat([rest, tail]);
    }
  }
}
