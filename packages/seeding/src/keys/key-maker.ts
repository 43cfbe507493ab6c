import type { Value } from '@datamaker/connectors';
import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import type { FieldDocument } from '@datamaker/engine/import';
import { type Deal, dealEvenly, dealRange } from './deal.ts';
import type { KeyRule, Link, Pick, Source, TableKeys } from './key-rules.ts';
import { mixed, timesModulo } from './spread.ts';
import { keyWriter } from './write-key.ts';

type Get<T> = (row: number) => T;

/** Values of keys by table, column and row: functions of the row, so that any is found without those before it. */
export class KeyMaker {
  readonly #tables = new Map<string, Made>();

  private constructor() {}

  /** @param tables all that are referred to among them */
  static async of(tables: readonly TableKeys[], seed: string): Promise<KeyMaker> {
    const maker = new KeyMaker();
    for (const table of tables) {
      maker.#tables.set(table.id, new Made(table, maker, await fieldValues(table, seed)));
    }
    return maker;
  }

  /** @returns undefined when the column is not part of a key */
  column(table: string, column: string): Get<Value> | undefined {
    return this.#tables.get(table)?.column(column);
  }

  /** Of rows that are the same in some columns, how many there are at least. */
  fewestAlike(table: string, columns: readonly string[]): number {
    const values = columns.flatMap((column) => this.column(table, column) ?? []);
    const counts = new Map<string, number>();
    for (let row = 0; row < (this.#tables.get(table)?.rows ?? 0); row++) {
      const key = values.map((value) => String(value(row))).join('\0');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    let fewest = Number.MAX_SAFE_INTEGER;
    for (const count of counts.values()) fewest = Math.min(fewest, count);
    return fewest;
  }

  /** The row that a link of a table refers to; null: none. */
  parent(table: string, link: number): Get<number | null> {
    return (this.#tables.get(table) as Made).parent(link);
  }
}

/** Fields of the engine are made once, and kept: other tables refer to them in any order. */
async function fieldValues(table: TableKeys, seed: string): Promise<ReadonlyMap<string, readonly Value[]>> {
  const fields: FieldDocument[] = table.keys.flatMap(({ column, rule }) =>
    rule.kind === 'field' ? [{ ...rule.field, name: column }] : [],
  );
  if (fields.length === 0) return new Map();
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) throw new TypeError(parsed.diagnostics[0]?.message);
  const plan = await compileTemplate(parsed.value, { seed, now: 0, rows: table.rows });
  if (!plan.ok) throw new TypeError(plan.diagnostics[0]?.message);
  const rows = generateRows(plan.value, 0, table.rows);
  return new Map(fields.map(({ name }) => [name, rows.map((row) => row[name] as Value)]));
}

class Made {
  readonly rows: number;
  readonly #table: TableKeys;
  readonly #maker: KeyMaker;
  readonly #fields: ReadonlyMap<string, readonly Value[]>;
  readonly #columns = new Map<string, Get<Value>>();
  readonly #parents = new Map<number, Get<number | null>>();
  readonly #deal: Deal | undefined;

  constructor(table: TableKeys, maker: KeyMaker, fields: ReadonlyMap<string, readonly Value[]>) {
    this.#table = table;
    this.rows = table.rows;
    this.#maker = maker;
    this.#fields = fields;
    this.#deal = dealOf(table);
  }

  column(name: string): Get<Value> | undefined {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const key = this.#table.keys.find(({ column }) => column === name);
    if (key === undefined) return undefined;
    const made = this.#rule(name, key.rule);
    this.#columns.set(name, made);
    return made;
  }

  parent(index: number): Get<number | null> {
    const known = this.#parents.get(index);
    if (known !== undefined) return known;
    const link = this.#table.links[index] as Link;
    const pick = this.#pick(link);
    const made: Get<number | null> =
      link.nullEvery === 0
        ? pick
        : (row) => (mixed(`${this.#table.id}.${link.name}`, row) % link.nullEvery === 0 ? null : pick(row));
    this.#parents.set(index, made);
    return made;
  }

  #rule(name: string, rule: KeyRule): Get<Value> {
    if (rule.kind === 'field') {
      const values = this.#fields.get(name) as readonly Value[];
      return (row) => values[row] as Value;
    }
    if (rule.kind === 'linked') {
      const parent = this.parent(rule.link);
      const { to } = this.#table.links[rule.link] as Link;
      const value = this.#maker.column(to, rule.column);
      if (value === undefined) throw new TypeError(`${to}.${rule.column} is not a key`);
      return (row) => {
        const at = parent(row);
        return at === null ? null : value(at);
      };
    }
    const write = keyWriter(rule);
    const number = this.#number(rule.by);
    return (row) => write(number(row));
  }

  #number(source: Source): Get<number> {
    const base: Get<number> = source.of === 'row' ? (row) => row : (row) => this.#deal?.rank(row) ?? 0;
    if (!('stride' in source)) return base;
    const { stride, size } = source;
    return (row) => Math.floor(base(row) / stride) % size;
  }

  #pick(link: Link): Get<number | null> {
    const { pick } = link;
    switch (pick.how) {
      case 'dealt':
      case 'even': {
        const deal = this.#deal as Deal;
        return (row) => deal.parent(row);
      }
      case 'spread':
        if (pick.parents === 0) return () => null;
        return (row) =>
          pick.isOnce === true && row >= pick.parents
            ? null
            : (timesModulo(row, pick.step, pick.parents) + pick.offset) % pick.parents;
      case 'tree':
        return (row) =>
          row >= pick.roots ? Math.floor((row - pick.roots) / pick.children) : pick.root === 'self' ? row : null;
      case 'digit': {
        const digit = this.#number(pick.by);
        const deal = this.#deal;
        const shift: Get<number> = pick.by.of === 'rank' && deal !== undefined ? (row) => deal.parent(row) : () => 0;
        return (row) => (timesModulo(digit(row), pick.step, pick.parents) + shift(row)) % pick.parents;
      }
      case 'beside': {
        const others = pick.links.map((index) => this.parent(index));
        const number = this.#number(pick.by);
        return (row) =>
          besides(
            others.flatMap((other) => other(row) ?? []),
            number(row),
            pick.parents,
          );
      }
      default:
        return this.#matching(link, pick);
    }
  }

  #matching(link: Link, { on, parents, by, isEarlier }: Extract<Pick, { how: 'matching' }>): Get<number | null> {
    const number = by === undefined ? (row: number) => mixed(link.name, row) : this.#number(by);
    const own = on.map(({ column }) => this.column(column) as Get<Value>);
    const theirs = on.map(({ toColumn }) => this.#maker.column(link.to, toColumn) as Get<Value>);
    let groups: Map<string, number[]> | undefined;
    const index = (): Map<string, number[]> => {
      const all = new Map<string, number[]>();
      for (let row = 0; row < parents; row++) {
        const key = theirs.map((value) => String(value(row))).join('\0');
        const group = all.get(key);
        if (group === undefined) all.set(key, [row]);
        else group.push(row);
      }
      return all;
    };
    return (row) => {
      groups ??= index();
      const group = groups.get(own.map((value) => String(value(row))).join('\0'));
      const size = group === undefined || isEarlier !== true ? (group?.length ?? 0) : earlier(group, row);
      return group === undefined || size === 0 ? null : (group[number(row) % size] as number);
    };
  }
}

/** A row that is none of some others: the nth behind the first of them. Another n is another row. */
function besides(others: readonly number[], n: number, parents: number): number | null {
  const first = others[0] ?? 0;
  const taken = [...new Set(others.map((other) => (other - first + parents) % parents))].sort((a, b) => a - b);
  if (taken.length >= parents) return null;
  let at = n % (parents - taken.length);
  for (const one of taken) if (one <= at) at++;
  return (first + at) % parents;
}

/** How many of some rows, in order, come before a row. */
function earlier(rows: readonly number[], row: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle] as number) < row) from = middle + 1;
    else to = middle;
  }
  return from;
}

function dealOf({ links, dealtBy }: TableKeys): Deal | undefined {
  const pick = dealtBy === null ? undefined : links[dealtBy]?.pick;
  if (pick?.how === 'dealt') return dealRange(pick.min, pick.max, pick.parents);
  if (pick?.how === 'even') return dealEvenly(pick.rows, pick.parents);
  return undefined;
}
