import type { Row, Value } from '@datamaker/connectors';
import { type MaskKey, nearest } from '@datamaker/engine';
import { SeedError } from '../seed-error.ts';
import { FakePool } from './fake-pool.ts';
import { columnId } from './key-groups.ts';
import { MaskFailed } from './mask-failed.ts';
import type { ColumnPlan, TableMask } from './mask-plan.ts';
import { personalIn } from './see-column.ts';
import { type OwnedColumn, Signature } from './signature.ts';
import { ValueMask } from './value-mask.ts';

/** What became of a column. */
export interface ColumnCount {
  values: number;
  nulls: number;
  /** Values whose mask is by chance themselves, as one of ten digits is. */
  unchanged: number;
}

interface MaskedColumn {
  readonly plan: ColumnPlan;
  readonly owned: OwnedColumn;
  readonly mask: ValueMask | undefined;
  /** The column that decides by how much dates are shifted. */
  readonly per: string | undefined;
  readonly count: ColumnCount;
  readonly isSilent: boolean;
}

/** Masks rows of one table. */
export class RowMasker {
  readonly table: TableMask;
  readonly #columns: readonly MaskedColumn[];

  constructor(table: TableMask, masks: ReadonlyMap<string, ValueMask>) {
    this.table = table;
    this.#columns = table.columns.map((plan) => ({
      plan,
      owned: { table: table.table, column: plan.column },
      mask: masks.get(plan.group),
      per: perOf(table, plan),
      count: { values: 0, nulls: 0, unchanged: 0 },
      isSilent:
        plan.rule !== undefined ||
        ['boolean', 'uuid', 'binary'].includes(plan.column.kind) ||
        isMoment(plan.column.kind),
    }));
  }

  /** What was counted, by the column's name. */
  get counts(): ReadonlyMap<string, ColumnCount> {
    return new Map(this.#columns.map(({ plan, count }) => [plan.column.name, count]));
  }

  /**
   * @param onValue told of each value that was masked, and what it became
   * @throws MaskFailed; also where a column that nothing is said of turns out to hold personal data
   */
  mask(row: Row, onValue?: (column: string, value: Value, masked: Value) => void): Row {
    const masked: Record<string, Value> = {};
    for (const column of this.#columns) {
      const { name } = column.plan.column;
      const value = row[name] ?? null;
      masked[name] = this.#value(column, value, row);
      if (column.mask !== undefined) onValue?.(name, value, masked[name]);
    }
    return masked;
  }

  /** Lets go of what is remembered to save time: of many tables that is much. */
  rest(): void {
    for (const { mask } of this.#columns) mask?.forget();
  }

  /** Masks rows for nothing. @param onError told once of each column that cannot be masked */
  tryOn(rows: readonly Row[], onError: (error: unknown) => void): void {
    for (const { plan, owned, mask, per } of this.#columns) {
      try {
        for (const row of rows) mask?.mask(row[plan.column.name] ?? null, owned, entityOf(row, per));
      } catch (error) {
        onError(error);
      }
    }
  }

  /** The same, for a row that was counted before. */
  again(row: Row): Row {
    return Object.fromEntries(
      this.#columns.map(({ plan, owned, mask, per }) => {
        const value = row[plan.column.name] ?? null;
        return [plan.column.name, mask?.mask(value, owned, entityOf(row, per)) ?? value];
      }),
    );
  }

  #value({ plan, owned, mask, per, count, isSilent }: MaskedColumn, value: Value, row: Row): Value {
    if (value === null) {
      count.nulls++;
      return null;
    }
    count.values++;
    if (mask !== undefined) {
      const masked = mask.mask(value, owned, entityOf(row, per));
      if (isSame(masked, value)) count.unchanged++;
      return masked;
    }
    const kind = isSilent ? undefined : personalIn(value);
    if (kind === undefined) return value;
    const hint = `name it in the policy: { "field": ${JSON.stringify(plan.id)}, "strategy": "redact" }, or "preserve" to leave it as it is`;
    throw new MaskFailed(
      owned,
      'mask_personal_value',
      `a value of it looks like: ${kind}, and the policy does not name it`,
      hint,
    );
  }
}

/** What masks all tables of a plan, by the id of the table. @throws SeedError invalid_mask_policy */
export async function makeMaskers(
  tables: readonly TableMask[],
  key: MaskKey | undefined,
): Promise<ReadonlyMap<string, RowMasker>> {
  const members = Map.groupBy(
    tables.flatMap(({ table, columns }) => columns.map((plan) => ({ plan, owned: { table, column: plan.column } }))),
    ({ plan }) => plan.group,
  );
  const masks = new Map<string, ValueMask>();
  const pools = new Map<string, FakePool>();
  const poolOf = async (...[type, options, ...rest]: Parameters<typeof FakePool.of>): Promise<FakePool> => {
    const id = JSON.stringify([type, options]);
    const pool = pools.get(id) ?? (await FakePool.of(type, options, ...rest));
    pools.set(id, pool);
    return pool;
  };
  for (const [group, columns] of members) {
    const rule = columns[0]?.plan.rule;
    if (rule === undefined || rule.strategy === 'preserve') continue;
    const signature = new Signature(columns.map(({ owned }) => owned));
    const type = columns.find(({ plan }) => plan.fakeType !== undefined)?.plan.fakeType;
    const fakes = type === undefined || key === undefined ? undefined : await poolOf(type, rule.options, key, group);
    masks.set(group, new ValueMask({ rule, key, signature, fakes }));
  }
  return new Map(tables.map((table) => [table.id, new RowMasker(table, masks)]));
}

function perOf({ table }: TableMask, { rule, id }: ColumnPlan): string | undefined {
  if (rule?.per === undefined) return undefined;
  const { per } = rule;
  const names = table.columns.map(({ name }) => name);
  const found = names.find((name) => [name, `${table.name}.${name}`, columnId(table, name)].includes(per));
  if (found !== undefined) return found;
  const near = nearest(per, names);
  const hint = near === undefined ? 'name a column of the same table' : `did you mean \`${near}\`?`;
  throw new SeedError('invalid_mask_policy', `${id}: there is no column ${per} beside it for \`per\``, hint);
}

const entityOf = (row: Row, per: string | undefined): Value | undefined =>
  per === undefined ? undefined : (row[per] ?? undefined);

const isMoment = (kind: string): boolean => ['date', 'time', 'datetime', 'datetime_zoned', 'interval'].includes(kind);

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b);
}
