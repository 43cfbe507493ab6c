import type { Column, NestedRows, Table } from '@datamaker/connectors';
import { expect, it } from 'vitest';
import { tableSchema } from './table.ts';

type Whole<T> = { readonly [Name in keyof Required<T>]: Required<T>[Name] };

it('the schema of a table has all that connections say of one', () => {
  const plain: Whole<Omit<Column, 'inside'>> = {
    name: 'total',
    kind: 'decimal',
    type: 'numeric(10,2)',
    dimensions: 0,
    nullable: false,
    maxLength: null,
    isPadded: false,
    precision: 10,
    scale: 2,
    values: null,
    default: null,
    generated: 'always',
    isComputed: true,
    isCaseless: true,
    sample: 'POINT(0 0)',
    comment: null,
  };
  const column: Whole<Column> = { ...plain, inside: { isList: true, columns: [plain] } };
  const contained = { schema: 'shop', name: 'order/lines', columns: [] } as unknown as Table;
  const nested: Whole<NestedRows> = {
    name: 'lines',
    table: { schema: 'shop', name: 'line' },
    many: true,
    link: [{ column: 'order_id', parent: 'id' }],
    contained,
  };
  const table: Whole<Table> = {
    schema: 'shop',
    name: 'order',
    comment: null,
    columns: [column],
    primaryKey: { name: 'pk', columns: ['id'] },
    uniqueKeys: [{ name: 'u', columns: ['number'], nullsAreEqual: false, condition: null }],
    foreignKeys: [
      { name: 'f', columns: ['c'], to: { schema: 'shop', name: 'c' }, toColumns: ['id'], isDeferrable: true },
    ],
    checks: [{ name: 'positive', expression: 'total > 0' }],
    rowEstimate: 7,
    isOpen: true,
    operation: {
      method: 'POST',
      path: '/orders/{id}',
      rows: { property: 'items' },
      parameters: ['id'],
      inBody: ['id'],
    },
    nested: [nested],
  };
  expect(tableSchema.parse(table)).toEqual(table);
  const { isOpen: _open, nested: _nested, operation: _operation, ...closed } = table;
  expect(tableSchema.parse(closed)).toEqual(closed);
});
