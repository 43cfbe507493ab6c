import type { Column, ColumnKind, Row } from '@datamaker/connectors';
import { describe, expect, it } from 'vitest';
import type { TablePlan } from '../plan/seed-plan.ts';
import { boundsOf } from '../verify/bounds.ts';
import { KeyMaker } from './key-maker.ts';
import { KeyRows } from './key-rows.ts';
import type { KeyColumn } from './key-rules.ts';
import { RowFinder } from './row-finder.ts';

const ROWS = 500;
const row = { of: 'row' } as const;
const column = (name: string, kind: ColumnKind): Column => ({ name, kind, dimensions: 0, isPadded: false }) as Column;
const KEYS: Readonly<Record<string, readonly (KeyColumn & Pick<Column, 'kind' | 'isCaseless'>)[]>> = {
  numbers: [{ column: 'a', kind: 'integer', rule: { kind: 'number', start: '-7', scale: 0, by: row } }],
  'great numbers': [
    { column: 'a', kind: 'integer', rule: { kind: 'number', start: '9007199254740990', scale: 0, by: row } },
  ],
  codes: [
    { column: 'a', kind: 'text', rule: { kind: 'code', prefix: 'CUS-', width: 4, alphabet: '0123456789', by: row } },
  ],
  'codes that have no capitals': [
    {
      ...{ column: 'a', kind: 'text', isCaseless: true },
      rule: { kind: 'code', prefix: 'K', width: 3, alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', by: row },
    },
  ],
  UUIDs: [{ column: 'a', kind: 'uuid', rule: { kind: 'uuid', prefix: '0123456789ab4cde8f01', by: row } }],
  days: [{ column: 'a', kind: 'date', rule: { kind: 'date', start: '2024-02-28', by: row } }],
  pairs: [
    {
      column: 'a',
      kind: 'integer',
      rule: { kind: 'number', start: '1', scale: 0, by: { of: 'row', stride: 1, size: 20 } },
    },
    {
      column: 'b',
      kind: 'text',
      rule: { kind: 'code', prefix: 'X', width: 2, alphabet: 'ABCDE', by: { of: 'row', stride: 20, size: 25 } },
    },
  ],
};

describe('a row is found by its key', () => {
  it.each(Object.entries(KEYS))('of %s, and nothing else is', async (_, keys) => {
    const table = { id: 't', rows: ROWS, keys, links: [], dealtBy: null, identity: keys.map((key) => key.column) };
    const maker = await KeyMaker.of([table], 's');
    const columns = keys.map(({ column: name, kind, isCaseless = false }) => ({ ...column(name, kind), isCaseless }));
    const made = new KeyRows(table as unknown as TablePlan, maker);
    const finder = new RowFinder(table as unknown as TablePlan, columns, maker, ROWS - 1);
    for (let at = 0; at < ROWS - 1; at++) expect(finder.find(columns, made.identity(at))).toBe(at);
    for (const { isCaseless, name } of columns) {
      if (isCaseless) expect(finder.find(columns, { [name]: String(made.identity(40)[name]).toLowerCase() })).toBe(40);
    }
    const strange: Row[] = [
      made.identity(ROWS - 1),
      { a: null, b: null },
      { a: '', b: 'X' },
      { a: 'CUS-00-1', b: 'XZ' },
      { a: 1e9, b: 'XAA' },
    ];
    for (const one of strange) expect(finder.find(columns, one)).toBeUndefined();
  });
});

describe('bounds', () => {
  it.each([
    ['integer', [3, 1, null, 2], [1, 3]],
    ['text', ['A-09', 'A-10', 'A-02'], ['A-02', 'A-10']],
    ['text', ['A-9', 'A-10'], undefined],
    ['text', ['A-1', 'B-2'], undefined],
    ['uuid', ['0-0a', '0-0f'], ['0-0a', '0-0f']],
    ['uuid', ['0-0a', '1-0f'], undefined],
    ['date', ['2024-02-03', '2024-01-04'], ['2024-01-04', '2024-02-03']],
    ['decimal', ['1.5'], undefined],
    ['integer', ['9007199254740993'], undefined],
  ] as const)('of %s %j are %j', (kind, values, bounds) => {
    const found = boundsOf(column('a', kind), values);
    expect(found === undefined ? undefined : [found.least, found.most]).toEqual(bounds);
  });
});
