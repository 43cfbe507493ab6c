import type { Table } from '@datamaker/connectors';
import { describe, expect, it } from 'vitest';
import { problemsOfMapping, suggestColumns } from './column-mapping.ts';

const column = {
  kind: 'text',
  type: 'string',
  dimensions: 0,
  nullable: true,
  maxLength: null,
  isPadded: false,
  precision: null,
  scale: null,
  values: null,
  default: null,
  generated: null,
  comment: null,
} as const;
const table: Table = {
  schema: '',
  name: 'people',
  comment: null,
  columns: [{ ...column, name: 'first_name' }],
  primaryKey: null,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  rowEstimate: null,
};

describe('columns of fields', () => {
  it('are those of the same name but for case and signs, and no others', () => {
    expect(suggestColumns(['firstName', 'age'], table).columns).toEqual({ firstName: 'first_name', age: null });
    expect(problemsOfMapping({ age: 'years' }, table, ['age'], '/mapping')).toMatchObject([{ code: 'column_unknown' }]);
  });

  it('may be made by rows where the table is open', () => {
    const open = { ...table, isOpen: true };
    expect(suggestColumns(['firstName', 'age'], open).columns).toEqual({ firstName: 'first_name', age: 'age' });
    expect(problemsOfMapping({ age: 'years' }, open, ['age'], '/mapping')).toEqual([]);
    const twice = problemsOfMapping({ age: 'years', old: 'years' }, open, ['age', 'old'], '/mapping');
    expect(twice).toMatchObject([{ code: 'column_twice' }]);
  });
});
