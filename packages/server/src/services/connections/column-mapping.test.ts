import { describe, expect, it } from 'vitest';
import { columnOf } from '../../../../connectors/src/testing/column-of.ts';
import { tableOf } from '../../../../connectors/src/testing/table-of.ts';
import { problemsOfMapping, suggestColumns } from './column-mapping.ts';

const table = tableOf('people', [columnOf('first_name')], { schema: '' });

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
