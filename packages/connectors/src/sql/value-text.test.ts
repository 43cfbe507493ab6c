import { describe, expect, it } from 'vitest';
import type { Column, ColumnKind } from '../schema/schema.ts';
import { columnOf } from '../testing/column-of.ts';
import type { Value } from '../value.ts';
import { valueText } from './value-text.ts';

const column = (kind: ColumnKind, more: Partial<Column> = {}): Column => columnOf('c', { kind, ...more });

describe('valueText', () => {
  it.each<[ColumnKind, Value, string]>([
    ['integer', 2n ** 63n - 1n, '9223372036854775807'],
    ['integer', ' -5 ', '-5'],
    ['integer', 1e3, '1000'],
    ['integer', true, '1'],
    ['decimal', '12345678901234567890.0123456789', '12345678901234567890.0123456789'],
    ['float', -2.5e-300, '-2.5e-300'],
    ['boolean', 'TRUE', '1'],
    ['boolean', 0, '0'],
    ['binary', Uint8Array.of(0, 255), '00ff'],
    ['date', '0001-01-01', '0001-01-01'],
    ['date', '2026-01-31T00:00:00.000Z', '2026-01-31'],
    ['time', '13:05', '13:05:00'],
    ['datetime', '2026-01-31', '2026-01-31T00:00:00'],
    ['datetime', '2026-01-31 13:05:00.1Z', '2026-01-31T13:05:00.1'],
    ['datetime_zoned', '2026-01-31T13:05', '2026-01-31T13:05:00Z'],
    ['datetime_zoned', '2026-01-31T13:05:00+05:30', '2026-01-31T13:05:00+05:30'],
    ['uuid', '01893A5E-7C1B-7DEF-8123-456789ABCDEF', '01893a5e-7c1b-7def-8123-456789abcdef'],
    ['json', { a: [2n ** 60n, null] }, '{"a":[1152921504606846976,null]}'],
    ['text', `it's`, `it's`],
    ['other', 5, '5'],
  ])('gives %s its one form', (kind, value, text) => {
    expect(valueText(value, column(kind))).toBe(text);
  });

  it.each<[ColumnKind, Value, Partial<Column>?]>([
    ['integer', 1.5],
    ['integer', '1; DROP'],
    ['integer', 2n ** 31n, { precision: 32 }],
    ['integer', -1, { precision: 8 }],
    ['integer', 256, { precision: 8 }],
    ['integer', -(2n ** 63n) - 1n, { precision: 64 }],
    ['decimal', 'NaN'],
    ['float', Number.POSITIVE_INFINITY],
    ['float', '1e999'],
    ['boolean', 'maybe'],
    ['binary', 'text'],
    ['date', '31.01.2026'],
    ['date', '2026-01-31T13:05:00'],
    ['time', '1 pm'],
    ['datetime', '2026-01-31T13:05:00+05:30'],
    ['uuid', 'x'],
    ['text', 'a\0b'],
    ['text', '\ud800'],
    ['text', Uint8Array.of(1)],
    ['text', { a: 1 }],
    ['text', ['a']],
  ])('refuses what %s does not take, without showing it', (kind, value, more) => {
    expect(() => valueText(value, column(kind, more))).toThrow(
      /^a value does not fit the column c \(\w+\): [ \w,().:+-]+$/,
    );
  });
});
