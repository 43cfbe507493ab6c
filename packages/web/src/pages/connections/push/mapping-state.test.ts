import { expect, it } from 'vitest';
import type { Column, Table } from '../../../api/connection-types.ts';
import { choicesOf, leftOutOf, twiceIn, withColumn } from './mapping-state.ts';

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'text',
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...more,
});
const TABLE: Table = {
  schema: 'public',
  name: 'person',
  comment: null,
  columns: [
    column('id', { generated: 'always' }),
    column('name', { nullable: false }),
    column('since', { default: 'now()', nullable: false }),
    column('note'),
  ],
  primaryKey: null,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  rowEstimate: null,
};

it('says what becomes of columns that nothing goes into', () => {
  expect(leftOutOf({ full: 'note', other: null }, TABLE)).toEqual([
    { column: 'id', says: 'the system makes it', isNeeded: false },
    { column: 'name', says: 'is needed', isNeeded: true },
    { column: 'since', says: 'gets its default', isNeeded: false },
  ]);
});

it('finds columns that several fields go into', () => {
  expect(twiceIn({ a: 'name', b: null, c: 'name', d: 'note', e: null })).toEqual(['name']);
});

it('offers what takes values, and the own name where rows may have more', () => {
  expect(choicesOf('full', null, TABLE)).toEqual(['name', 'since', 'note']);
  expect(choicesOf('full', 'gone', { ...TABLE, isOpen: true, nested: [{ name: 'lines', many: true }] })).toEqual([
    ...['name', 'since', 'note', 'lines', 'full', 'gone'],
  ]);
});

it('changes one field, whatever it is called', () => {
  const mapping = JSON.parse('{"__proto__":"name","b":"note"}');
  expect(JSON.stringify(withColumn(mapping, '__proto__', null))).toBe('{"__proto__":null,"b":"note"}');
});
