import type { Column, Table } from '@datamaker/connectors';
import type { ErrorDetail } from '../../errors.ts';

/** The column of each field; null: it goes nowhere. */
export type ColumnMapping = Readonly<Record<string, string | null>>;

/** A column that no field goes into. */
export interface LeftOut {
  readonly column: string;
  /** What becomes of it: the system makes a value, there is a default, it is null; or rows are refused. */
  readonly reason: 'generated' | 'default' | 'null' | 'required';
}

export interface Mapped {
  readonly columns: ColumnMapping;
  readonly leftOut: readonly LeftOut[];
}

/** `Customer-ID`, `customer_id` and `customerId` are the same name. */
const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Suggests columns for fields: those of the same name, else the only one whose name differs in case and signs alone, else, where rows
 * may have more than is described, one of the field's own name.
 */
export function suggestColumns(fields: readonly string[], table: Table): Mapped {
  // Rows that belong to a row go in with it, under a name as a column has it.
  const open = [...table.columns.filter(({ generated }) => generated !== 'always'), ...(table.nested ?? [])];
  const byName = new Map(open.map((column) => [column.name, column]));
  const byFolded = Map.groupBy(open, ({ name }) => fold(name));
  const taken = new Set(fields.filter((field) => byName.has(field)));
  const columns: Record<string, string | null> = {};
  for (const field of fields) {
    const alike = byFolded.get(fold(field)) ?? [];
    const found = byName.get(field)?.name ?? (alike.length === 1 ? alike[0]?.name : undefined);
    const isFree = found !== undefined && (found === field || !taken.has(found));
    set(columns, field, isFree ? found : table.isOpen === true ? field : null);
    if (isFree) taken.add(found);
  }
  return { columns, leftOut: leftOutOf(columns, table) };
}

/** What becomes of the columns that nothing goes into. */
export function leftOutOf(mapping: ColumnMapping, table: Table): LeftOut[] {
  const used = new Set(Object.values(mapping));
  return table.columns
    .filter(({ name }) => !used.has(name))
    .map((column) => ({ column: column.name, reason: reasonOf(column) }));
}

function reasonOf({ generated, default: preset, nullable }: Column): LeftOut['reason'] {
  if (generated !== null) return 'generated';
  if (preset !== null) return 'default';
  return nullable ? 'null' : 'required';
}

/**
 * What is wrong with a mapping.
 * @param fields all that there are; undefined: unknown
 * @param pointer to the mapping
 */
export function problemsOfMapping(
  mapping: ColumnMapping,
  table: Table,
  fields: readonly string[] | undefined,
  pointer: string,
): ErrorDetail[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const seen = new Map<string, string>();
  return Object.entries(mapping).flatMap(([field, name]): ErrorDetail[] => {
    const at = `${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const wrong = (code: string, message: string, hint: string): ErrorDetail[] => [
      { code, pointer: at, message, hint },
    ];
    if (fields !== undefined && !fields.includes(field)) {
      return wrong('field_unknown', `there is no field ${show(field)}`, 'leave it out');
    }
    if (name === null) return [];
    const column = columns.get(name);
    const isWithin = table.nested?.some((one) => one.name === name) === true;
    if (column === undefined && !isWithin && table.isOpen !== true) {
      return wrong('column_unknown', `${show(table.name)} has no column ${show(name)}`, 'null leaves the field out');
    }
    if (column?.generated === 'always') {
      return wrong('column_generated', `the system makes ${show(name)} itself`, 'null leaves the field out');
    }
    const other = seen.get(name);
    seen.set(name, field);
    if (other === undefined) return [];
    return wrong('column_twice', `${show(other)} goes into ${show(name)} as well`, 'null leaves one of them out');
  });
}

/** Columns that rows are refused without, and that nothing goes into. */
export const problemsOfMissing = (leftOut: readonly LeftOut[]): ErrorDetail[] =>
  leftOut
    .filter(({ reason }) => reason === 'required')
    .map(({ column }) => ({
      code: 'column_missing',
      pointer: '/table',
      message: `nothing goes into the column ${show(column)}, which is never null and has no default`,
      hint: 'name a field for it in `mapping`',
    }));

const show = (name: string): string => JSON.stringify(name.slice(0, 80));

/** Also for a field that is called `__proto__`. */
const set = (mapping: Record<string, string | null>, field: string, column: string | null): void =>
  void Object.defineProperty(mapping, field, { value: column, enumerable: true, writable: true, configurable: true });
