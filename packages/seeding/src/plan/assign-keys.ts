import type { Column, ForeignKey, Key } from '@datamaker/connectors';
import { dealRange } from '../keys/deal.ts';
import type { KeyRule, Pick, Source, TableKeys } from '../keys/key-rules.ts';
import { stepThrough } from '../keys/spread.ts';
import type { Assignment } from './assignment.ts';
import { identityOf } from './identity-of.ts';
import { type KeyShape, keyShape } from './key-shape.ts';
import { type OpenLink, openLinks, unlikeLinks } from './open-links.ts';
import { nullableColumns } from './order-tables.ts';
import { tableId } from './table-id.ts';
import { tableKeys } from './table-keys.ts';

/** Earlier rows have so many children in a tree. */
const CHILDREN = 3;
/** Values of a column that is part of a key and need not tell rows apart. */
const MOST_DIGITS = 1000;
const ALL_OF_ROW: Source = { of: 'row' };

/**
 * Decides what the columns of keys hold, so that every key is met by the arithmetic of rows: nothing is drawn until it fits, and no
 * earlier row is remembered.
 */
export function assignKeys(assignment: Assignment): TableKeys {
  return new Assigner(assignment).assign();
}

class Assigner {
  readonly #given: Assignment;
  readonly #id: string;
  readonly #links: readonly OpenLink[];
  readonly #rules = new Map<string, KeyRule>();
  /** Columns and links that alone tell rows apart. */
  readonly #apart = new Set<string | OpenLink>();
  #rows = 0;
  #main: OpenLink | undefined;

  constructor(given: Assignment) {
    this.#given = given;
    this.#id = tableId(given.table);
    this.#links = openLinks(given);
  }

  assign(): TableKeys {
    this.#countRows();
    for (const key of this.#keys()) this.#meet(key);
    this.#settleLinks();
    // What others refer to, and what rows are found by, is known without the row.
    for (const name of [...this.#given.referenced, ...identityOf(this.#given.table)]) {
      if (this.#rules.has(name) || this.#linkOf(name) !== undefined) continue;
      const shape = this.#shape(name);
      const size = Math.min(shape?.capacity ?? 0, MOST_DIGITS);
      if (shape !== undefined && size > 0) this.#rules.set(name, shape.rule({ of: 'row', stride: 1, size }));
    }
    return tableKeys(this.#given.table, this.#rows, this.#links, this.#rules, this.#main);
  }

  #countRows(): void {
    const { rows, parent } = this.#given;
    const candidates = this.#links.filter(
      (link) => link.pick === undefined && !link.isLater && link.parents > 0 && link.nullEvery !== 1,
    );
    const wanted = candidates.find(
      ({ key }) => parent !== undefined && (key.name === parent || key.columns.includes(parent)),
    );
    const primary = this.#given.table.primaryKey?.columns ?? [];
    const worth = (link: OpenLink): number =>
      (primary.includes(link.key.columns[0] ?? '') ? 2 : 0) + (link.nullEvery === 0 ? 1 : 0);
    this.#main = wanted ?? candidates.toSorted((a, b) => worth(b) - worth(a) || b.parents - a.parents)[0];
    const main = this.#main;
    if (typeof rows === 'number') {
      this.#rows = this.#links.some((link) => link.parents === 0 && this.#isNeeded(link)) ? 0 : rows;
      if (main !== undefined) main.pick = { how: 'even', rows: this.#rows, parents: main.parents };
    } else if (main !== undefined) {
      main.pick = { how: 'dealt', ...rows, parents: main.parents };
      this.#rows = dealRange(rows.min, rows.max, main.parents).rows;
    }
    if (main !== undefined) main.nullEvery = 0;
  }

  /** Whether there cannot be rows without rows there. */
  #isNeeded({ key, isLater }: OpenLink): boolean {
    return tableId(key.to) !== this.#id && !isLater && !this.#given.deferred.has(key) && !this.#isNullable(key);
  }

  /** All that has to differ from row to row: the primary key first, then the others, the smaller ones first. */
  #keys(): Key[] {
    const { primaryKey, uniqueKeys } = this.#given.table;
    const others = uniqueKeys.toSorted((a, b) => a.columns.length - b.columns.length);
    return [...(primaryKey === null ? [] : [primaryKey]), ...others];
  }

  #meet(key: Key): void {
    const columns = key.columns.map((name) => this.#column(name));
    if (columns.some((column) => column === undefined || column.isComputed === true)) {
      this.#report('key_not_met', `the key ${key.name} has columns that the database computes`, false, key.columns[0]);
      return;
    }
    const links = this.#links.filter((link) => link.own.some((name) => key.columns.includes(name)));
    const whole = links.filter((link) => link.key.columns.every((name) => key.columns.includes(name)));
    if ([...key.columns, ...whole].some((part) => this.#apart.has(part))) return;
    const free = key.columns.filter((name) => this.#linkOf(name) === undefined && !this.#rules.has(name));
    if (free.length === 0 && whole.length === 1 && links.length === 1) return this.#oneToOne(whole[0] as OpenLink, key);
    const isMainIn = this.#main !== undefined && whole.includes(this.#main);
    const wide = free
      .map((name) => ({ name, shape: this.#shape(name) }))
      .filter(({ shape }) => shape !== undefined && !shape.isFew)
      .toSorted((a, b) => worthOf(b.shape) - worthOf(a.shape));
    const [widest] = wide;
    if (widest !== undefined && isMainIn && (widest.shape?.capacity ?? 0) >= this.#mostChildren()) {
      // Lines of an order are counted in the order.
      this.#rules.set(widest.name, (widest.shape as KeyShape).rule({ of: 'rank' }));
      return;
    }
    if (widest !== undefined && (roomOf(widest.shape) >= this.#rows || (free.length === 1 && links.length === 0)))
      return this.#apartBy(widest.name, key);
    const [only] = free;
    if (only !== undefined && key.columns.length === 1 && this.#shape(only) !== undefined)
      return this.#apartBy(only, key);
    this.#byDigits(key, whole, free, isMainIn);
  }

  #oneToOne(link: OpenLink, key: Key): void {
    this.#apart.add(link);
    if (tableId(link.key.to) === this.#id) {
      link.pick = { how: 'tree', roots: 1, children: 1, root: this.#isNullable(link.key) ? 'null' : 'self' };
      return;
    }
    if (link.isLater) return;
    link.nullEvery = 0;
    if (link.pick?.how === 'matching') {
      this.#report('key_not_met', `the key ${key.name} depends on another foreign key`, false, key.columns[0]);
      return;
    }
    this.#atMost(link.parents, `each row of ${tableId(link.key.to)} has one at most`);
    if (link === this.#main) link.pick = { how: 'even', rows: this.#rows, parents: link.parents };
    else link.pick = spread(link.parents, 0);
  }

  /** Rows are told apart by several columns together: each is a digit of the number of the row. */
  #byDigits(key: Key, whole: readonly OpenLink[], free: readonly string[], isMainIn: boolean): void {
    const of = isMainIn ? 'rank' : 'row';
    const needed = isMainIn ? this.#mostChildren() : this.#rows;
    let stride = 1;
    const next = (size: number): Source => {
      const by: Source = { of, stride, size };
      stride *= size;
      return by;
    };
    for (const link of whole) {
      if (link.pick !== undefined || link.isLater || stride >= needed || link.parents === 0) continue;
      link.nullEvery = 0;
      const links = unlikeLinks(this.#links, this.#given.unlike, link);
      const by = next(Math.max(1, link.parents - links.length));
      link.pick =
        links.length === 0
          ? { how: 'digit', by, step: stepThrough(link.parents), parents: link.parents }
          : { how: 'beside', links, by, parents: link.parents };
    }
    for (const name of free) {
      const shape = this.#shape(name);
      if (shape === undefined || stride >= needed) continue;
      const size = Math.min(shape.capacity, Math.ceil(needed / stride));
      if (size > 0) this.#rules.set(name, shape.rule(next(size)));
    }
    const matching = isMainIn ? whole.find(({ pick }) => pick?.how === 'matching') : undefined;
    if (matching?.pick?.how === 'matching') {
      const columns = matching.pick.on.map(({ toColumn }) => toColumn);
      const fewest = this.#given.fewestAlike(tableId(matching.key.to), columns);
      matching.nullEvery = 0;
      matching.pick = { ...matching.pick, by: { of: 'rank' } };
      this.#perParentAtMost(fewest, `the key ${key.name} has no more values`);
      return;
    }
    if (stride >= needed) return;
    if (stride === 1 && !isMainIn) {
      this.#report(
        'key_not_met',
        `nothing is known that tells rows apart by the key ${key.name}`,
        false,
        key.columns[0],
      );
      return;
    }
    if (isMainIn) this.#perParentAtMost(stride, `the key ${key.name} has no more values`);
    else this.#atMost(stride, `the key ${key.name} has no more values`);
  }

  #apartBy(name: string, key?: Key): void {
    const column = this.#column(name);
    const shape = this.#shape(name);
    if (shape === undefined) {
      this.#report('key_not_met', `values of type ${column?.type} are not kept apart`, true, name);
      return;
    }
    // The engine makes texts that differ, and better ones, where nobody refers to them.
    const isPlain =
      column?.kind === 'text' && key !== undefined && key.columns.length === 1 && !this.#given.coded.has(name);
    if (isPlain && !this.#given.referenced.has(name) && key !== this.#given.table.primaryKey && !shape.isFew) return;
    this.#atMost(roomOf(shape), `${name} has no more values`);
    this.#rules.set(name, shape.rule(ALL_OF_ROW));
    this.#apart.add(name);
  }

  /** Links that no key has spoken of. */
  #settleLinks(): void {
    let offset = 0;
    for (const link of this.#links) {
      if (link.pick !== undefined && link !== this.#main) continue;
      if (tableId(link.key.to) === this.#id) {
        const roots = Math.max(1, Math.ceil(this.#rows / 50));
        link.pick = { how: 'tree', roots, children: CHILDREN, root: this.#isNullable(link.key) ? 'null' : 'self' };
        link.nullEvery = 0;
      } else if (link !== this.#main) {
        const isOnce = this.#apart.has(link) && link.isLater;
        const links = isOnce ? [] : unlikeLinks(this.#links, this.#given.unlike, link);
        link.pick =
          links.length > 0
            ? { how: 'beside', links, by: ALL_OF_ROW, parents: link.parents }
            : { ...spread(link.parents, offset++ * 7), ...(isOnce ? { isOnce } : {}) };
      } else if (link.pick?.how === 'even') {
        link.pick = { ...link.pick, rows: this.#rows };
      }
    }
  }

  #atMost(rows: number, why: string): void {
    if (this.#rows <= rows) return;
    this.#report('few_rows', `it gets ${rows} rows and not ${this.#rows}: ${why}`, false);
    this.#rows = rows;
    const main = this.#main;
    if (main?.pick?.how === 'dealt' || main?.pick?.how === 'even')
      main.pick = { how: 'even', rows, parents: main.parents };
  }

  #perParentAtMost(most: number, why: string): void {
    const main = this.#main;
    if (main?.pick?.how !== 'dealt') return this.#atMost(most * (main?.parents ?? 0), why);
    const { min, max, parents } = main.pick;
    if (max <= most) return;
    main.pick = { how: 'dealt', min: Math.min(min, most), max: most, parents };
    this.#rows = dealRange(main.pick.min, most, parents).rows;
    this.#report(
      'few_rows',
      `each row of ${tableId(main.key.to)} gets ${most} rows at most and not ${max}: ${why}`,
      false,
    );
  }

  #mostChildren(): number {
    const pick = this.#main?.pick;
    if (pick?.how === 'dealt') return pick.max;
    return Math.ceil(this.#rows / Math.max(1, this.#main?.parents ?? 1));
  }

  #shape(name: string): KeyShape | undefined {
    const { facts, present, seed } = this.#given;
    const column = this.#column(name);
    if (column === undefined) return undefined;
    return keyShape(this.#id, column, facts.get(name) ?? {}, present, this.#rows, seed);
  }

  #linkOf = (name: string): OpenLink | undefined => this.#links.find(({ own }) => own.includes(name));
  #column = (name: string): Column | undefined => this.#given.table.columns.find((column) => column.name === name);
  #isNullable = (key: ForeignKey): boolean => nullableColumns(this.#given.table, key).length > 0;

  #report(code: string, message: string, blocks: boolean, column?: string): void {
    this.#given.report({ code, subject: column === undefined ? this.#id : `${this.#id}.${column}`, message, blocks });
  }
}

const roomOf = (shape: KeyShape | undefined): number => shape?.room ?? shape?.capacity ?? 0;
const worthOf = (shape: KeyShape | undefined): number => shape?.capacity ?? 0;

export const spread = (parents: number, offset: number): Extract<Pick, { how: 'spread' }> => ({
  how: 'spread',
  step: stepThrough(parents),
  offset: parents === 0 ? 0 : offset % parents,
  parents,
});
