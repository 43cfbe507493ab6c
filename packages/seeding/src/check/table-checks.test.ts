import type { Column, ColumnKind } from '@datamaker/connectors';
import { describe, expect, it } from 'vitest';
import { columnOf } from '../../../connectors/src/testing/column-of.ts';
import { TableChecks } from './table-checks.ts';

const column = (name: string, kind: ColumnKind, more: Partial<Column> = {}): Column =>
  columnOf(name, { kind, scale: kind === 'decimal' ? 2 : null, ...more });
const columns = [
  column('a', 'integer'),
  column('b', 'integer'),
  column('c', 'integer'),
  column('price', 'decimal'),
  column('code', 'text'),
  column('state', 'text'),
  column('from_day', 'date'),
  column('to_day', 'date'),
  column('isOn', 'boolean'),
];
const factsOf = (...expressions: string[]): Record<string, unknown> =>
  Object.fromEntries(
    new TableChecks({ columns, checks: expressions.map((expression, i) => ({ name: `c${i}`, expression })) }).facts,
  );

describe('the rules of a table', () => {
  it.each([
    ['((a >= 0) AND (a <= 100))', { a: { min: 0, max: 100 } }],
    ['(a > 0)', { a: { min: 1 } }],
    ['((price)::numeric > (0)::numeric)', { price: { min: 0.01 } }],
    ['(a = ANY (ARRAY[1, 2, 3]))', { a: { values: [1, 2, 3] } }],
    [
      "((state)::text = ANY ((ARRAY['new'::character varying, 'old'::character varying])::text[]))",
      { state: { values: ['new', 'old'] } },
    ],
    ["(state IN ('x', 'y'))", { state: { values: ['x', 'y'] } }],
    ["((state = 'x'::text) OR (state = 'y'::text))", { state: { values: ['x'] } }],
    ['(a BETWEEN 5 AND 7)', { a: { min: 5, max: 7 } }],
    ['(NOT (a < 5))', { a: { min: 5 } }],
    ['((a IS NULL) OR (a > 3))', { a: { min: 4 } }],
    ["(code ~~ 'A-%'::text)", { code: { pattern: '^A-[a-z]*$' } }],
    ["(code ~ '^[A-Z]{3}$'::text)", { code: { pattern: '^[A-Z]{3}$' } }],
    ['((length(code) >= 3) AND (char_length(code) <= 5))', { code: { minLength: 3, maxLength: 5 } }],
    ["(code <> ''::text)", { code: { minLength: 1 } }],
    ['(length(TRIM(BOTH FROM code)) > 0)', {}],
    ['(length(btrim(code)) > 0)', { code: { minLength: 1 } }],
    ['(code = upper(code))', { code: { letters: 'upper' } }],
    // As MySQL and MariaDB write them.
    ["`state` in ('new','it\\'s')", { state: { values: ['new', "it's"] } }],
    ["`code` regexp '^\\\\d{3}$'", { code: { pattern: '^\\d{3}$' } }],
    ["regexp_like(`code`,'^[A-Z]{3}$')", { code: { pattern: '^[A-Z]{3}$' } }],
    ['ucase(`code`) = `code` and char_length(`code`) = 3', { code: { letters: 'upper', minLength: 3, maxLength: 3 } }],
    ["`from_day` > DATE'2020-01-01'", { from_day: { earliest: '2020-01-02' } }],
    ['`isOn` = 0 or `a` is null', { isOn: { values: [false] } }],
    ['!(`a` > 7)', { a: { max: 7 } }],
    ["cast(`code` as char(3) charset utf8mb4) = 'x'", { code: { values: ['x'] } }],
    ['`a` MOD 2 = 0', {}],
    ["(from_day >= '2020-01-01'::date)", { from_day: { earliest: '2020-01-01' } }],
    ["(upper(state) = ANY (ARRAY['NEW'::text, 'OLD'::text]))", { state: { values: ['NEW', 'OLD'] } }],
    ["(lower((state)::text) = 'new'::text)", { state: { values: ['new'] } }],
    ["(upper(state) = 'new'::text)", {}],
    ['(a < b)', { a: { min: 0, max: 99 }, b: { min: 100, max: 199 } }],
    ['"isOn"', { isOn: { values: [true] } }],
    ['((a IS NULL) = (b IS NULL))', { a: { notNull: true }, b: { notNull: true } }],
  ])('%s', (expression, facts) => {
    expect(factsOf(expression)).toEqual(facts);
  });

  it('are met together, or by the next way to meet one of them', () => {
    expect(factsOf('(a < b)', '(b <= 10)', '(a >= 0)')).toEqual({ a: { min: 0, max: 4 }, b: { min: 5, max: 9 } });
    expect(factsOf('((a = 1) OR (a = 2))', '(a <> 1)')).toEqual({ a: { values: [2] } });
    expect(factsOf('(from_day < to_day)')).toEqual({
      from_day: { earliest: '2021-01-01', latest: '2021-06-28' },
      to_day: { earliest: '2021-06-30', latest: '2021-12-25' },
    });
  });

  it('may speak of spans before now, and of columns that differ', () => {
    const day = (text: unknown): string =>
      String((factsOf(`(from_day <= ${text})`)['from_day'] as { latest?: string }).latest);
    const year = new Date().getUTCFullYear();
    expect(day("(now() - 'P18Y'::interval)").slice(0, 4)).toBe(String(year - 18));
    expect(day("(now() - '18 years 2 mons'::interval)") < day("(now() - 'P18Y'::interval)")).toBe(true);
    expect(day("(CURRENT_DATE + '1 day'::interval)") > day('(CURRENT_DATE - 10)')).toBe(true);
    expect(factsOf("(from_day <= (now() - 'an age'::interval))")).toEqual({});
    const { facts, unlike } = new TableChecks({
      columns,
      checks: [{ name: 'c', expression: '((a <> b) AND (a > 1))' }],
    });
    expect([Object.fromEntries(facts), unlike]).toEqual([{ a: { min: 2 } }, [['a', 'b']]]);
  });

  it('are doubted when they are not understood or rows break them', () => {
    const checks = new TableChecks({
      columns,
      checks: [
        { name: 'known', expression: '(a > 0)' },
        { name: 'sum', expression: '(((a + b) % 2) = 0)' },
        { name: 'strange', expression: 'is_prime(a)' },
        { name: 'unread', expression: 'CASE WHEN a > 0 THEN true END' },
      ],
    });
    expect(
      checks
        .doubts([
          { a: 1, b: 1 },
          { a: 1, b: 2 },
        ])
        .map(({ check, why }) => `${check.name} ${why}`),
    ).toEqual(['sum not_met', 'strange not_understood', 'unread not_understood']);
    expect(
      checks
        .doubts([
          { a: 1, b: 1 },
          { a: null, b: 2 },
        ])
        .map(({ check }) => check.name),
    ).toEqual(['strange', 'unread']);
  });
});
