import type { ForeignKey, Table, TableName, Value } from '@datamaker/connectors';
import { orderTables } from '../plan/order-tables.ts';
import { tableId } from '../plan/table-id.ts';
import { tableWithin } from './own-rows-within.ts';
import type { Filling, NestedTable, OwnField, OwnTemplate } from './own-template.ts';
import { templateOfTable } from './template-of-table.ts';

export interface TablesOptions {
  readonly locale?: string | undefined;
  /** Of a template; undefined: that of its table. */
  readonly nameOf?: ((table: Table) => string | undefined) | undefined;
  /**
   * How templates refer to each other, with how many rows: by ids that they get, or with the fields of the other in them. Undefined:
   * they do not.
   */
  readonly together?: { readonly rows: number; readonly newId?: () => string } | undefined;
  /** Where foreign keys to other tables take their values from. */
  readonly filling?:
    | ((key: ForeignKey, table: Table) => Promise<Filling | undefined> | Filling | undefined)
    | undefined;
  /** Rows of other tables that are in those of a table. */
  readonly nestedOf?: ((table: Table) => readonly NestedTable[]) | undefined;
  readonly greatest?: ((table: Table, column: string) => Promise<Value | undefined>) | undefined;
}

export interface TemplateOfTable {
  /** Undefined: they have none. */
  readonly id: string | undefined;
  readonly table: Table;
  readonly template: OwnTemplate;
}

export interface TemplatesOfTables {
  /** Each after those that it refers to. */
  readonly templates: readonly TemplateOfTable[];
  /** Tables that no template was made of, and why. */
  readonly leftOut: readonly (TableName & { readonly reason: string })[];
}

/** Templates of tables whose foreign keys are met by each other's rows for the same seed. */
export async function templatesOfTables(
  tables: readonly Table[],
  { locale, nameOf, together, filling: ofOthers, nestedOf, greatest }: TablesOptions,
): Promise<TemplatesOfTables> {
  const byId = new Map(tables.map((table) => [tableId(table), table]));
  // Rows that are in others refer to rows as well.
  const order = orderTables(tables.map((table) => withKeysWithin(table, nestedOf?.(table) ?? [])));
  const made = new Map<string, TemplateOfTable>();
  const leftOut: (TableName & { reason: string })[] = [];
  for (const one of [...order.tables, ...order.stuck.flat()]) {
    const id = tableId(one);
    const table = byId.get(id) ?? one;
    const late = order.later.get(id);
    const filling = (key: ForeignKey): Promise<Filling | undefined> | Filling | undefined => {
      if (together === undefined) return ofOthers?.(key, table);
      // What closes a circle has no rows yet when this table gets its own.
      if (late?.has(key) === true) return undefined;
      const parent = made.get(tableId(key.to));
      if (parent !== undefined && isMadeHere(parent.template, key.toColumns)) {
        const { fields } = parent.template.document;
        const own = fields.filter(({ name }) => key.toColumns.includes(name));
        return { how: 'template', of: parent.id ?? own.map(withoutComment), rows: together.rows };
      }
      return ofOthers?.(key, table);
    };
    const template = await templateOfTable(table, {
      locale,
      filling,
      name: nameOf?.(table),
      nested: nestedOf?.(table),
      counted: together === undefined ? undefined : referredTo(id, tables),
      greatest: (column) => greatest?.(table, column) ?? Promise.resolve(undefined),
    });
    if (template !== undefined) made.set(id, { id: together?.newId?.(), table, template });
    else leftOut.push({ schema: table.schema, name: table.name, reason: 'the system fills all of its columns itself' });
  }
  return { templates: [...made.values()], leftOut };
}

const withKeysWithin = (table: Table, nested: readonly NestedTable[]): Table => ({
  ...table,
  foreignKeys: [
    ...table.foreignKeys,
    ...nested.flatMap((one) => withKeysWithin(tableWithin(one), one.nested).foreignKeys),
  ],
});

/** Whether another template can refer to these columns: values of systems are not known beforehand. */
const isMadeHere = ({ document: { fields } }: OwnTemplate, columns: readonly string[]): boolean =>
  columns.every((column) => fields.some(({ name, type }) => name === column && !/^(?:db|api)_response$/.test(type)));

const withoutComment = ({ meta: _, ...field }: OwnField): OwnField => field;

/** Columns of a table that others refer to. */
const referredTo = (id: string, tables: readonly Table[]): ReadonlySet<string> =>
  new Set(
    tables.flatMap((other) => other.foreignKeys.flatMap(({ to, toColumns }) => (tableId(to) === id ? toColumns : []))),
  );
