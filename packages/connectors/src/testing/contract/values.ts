import { describe, expect, it } from 'vitest';
import type { Row, Value } from '../../value.ts';
import type { ContractColumn } from './subject.ts';
import { allOf, allTextOf, errorOf, refusalOf, type Workbench } from './workbench.ts';

/** Values that must come back as they were, by column; each has a name, for `keptAs`. */
export const VALUES: readonly (readonly [
  column: Omit<ContractColumn, 'name'>,
  values: Readonly<Record<string, Value>>,
])[] = [
  [
    { kind: 'integer' },
    { zero: 0, least: -(2n ** 63n), most: 2n ** 63n - 1n, safe: 2 ** 53 - 1, beyond: 2n ** 53n + 1n },
  ],
  [
    { kind: 'integer', precision: 32 },
    { least: -(2 ** 31), most: 2 ** 31 - 1 },
  ],
  [
    { kind: 'decimal', precision: 30, scale: 10 },
    { long: '12345678901234567890.0123456789', small: '-0.0000000001', round: '5.0000000000' },
  ],
  [{ kind: 'float' }, { third: 1 / 3, large: 1.5e300, small: -2.5e-300, zero: 0 }],
  [{ kind: 'boolean' }, { yes: true, no: false }],
  [
    { kind: 'text' },
    {
      quotes: `it's "quoted" \`so\` [and] so`,
      statement: `'); DROP TABLE t1; -- /* */ \\'; {fn x} $1 ? :a @b %s`,
      backslash: '\\ \\N \\. \\n C:\\new\\table \\x41 \\',
      lines: 'one\ntwo\r\nthree\rfour\ttab\u000b\f\b',
      spaces: '  in front and behind  ',
      empty: '',
      null_word: 'NULL',
      emoji: '👩‍👩‍👧‍👦 🇩🇪 😀',
      scripts: 'Zürich Ελλάδα Москва 東京 मुंबई العربية עברית',
      combined: 'e\u0301 is not é',
      ends: '\u0001\u001f\u007f\u0085\u2028\u2029\ufeff\uffff\u{10ffff}',
      long: 'ß'.repeat(5000),
    },
  ],
  [
    { kind: 'binary', maxLength: 512 },
    { bytes: Uint8Array.from({ length: 256 }, (_, i) => i), nul: new Uint8Array(3) },
  ],
  [{ kind: 'date' }, { first: '0001-01-01', leap: '2024-02-29', last: '9999-12-31', before: '1582-10-10' }],
  [
    { kind: 'time', scale: 3 },
    { midnight: '00:00:00', thousandth: '23:59:59.999' },
  ],
  [
    { kind: 'datetime', scale: 3 },
    { usual: '2026-01-31T13:05:00.123', gap: '2026-03-29T02:30:00', whole: '1970-01-01T00:00:00' },
  ],
  [
    { kind: 'datetime_zoned', scale: 3 },
    { utc: '2026-01-31T13:05:00.123Z', whole: '1969-12-31T23:59:59Z' },
  ],
  [{ kind: 'uuid' }, { id: '01893a5e-7c1b-7def-8123-456789abcdef' }],
  [
    { kind: 'json' },
    {
      object: { a: [1, 'zwei', null, true, { b: '"quoted" \\ \n 😀' }], '': 0 },
      list: [1, [2, []]],
      text: 'just a text',
      number: 1.5,
      truth: false,
    },
  ],
];

/** Numbers of as many digits are in the same order as texts, which some systems make of them. */
const FIRST = 10;

const columnName = (column: Omit<ContractColumn, 'name'>): string => `${column.kind}${column.precision ?? ''}`;

/** What goes in comes out. */
export function values(bench: Workbench): void {
  const { limits = {} } = bench.subject;
  const known = VALUES.filter(([{ kind }]) => !(limits.withoutKinds ?? []).includes(kind));

  describe('values', () => {
    it.each(known)('come back as they were: %j', async (column, all) => {
      const name = columnName(column);
      const isTaken = (what: string): boolean => limits.withoutValues?.includes(`${name}.${what}`) !== true;
      const cases = Object.fromEntries(Object.entries(all).filter(([what]) => isTaken(what)));
      const table = await bench.table({
        columns: [
          { name: 'id', kind: 'integer' },
          { ...column, name },
        ],
        primaryKey: ['id'],
      });
      const session = await bench.open();
      const rows: Row[] = Object.values(cases).map((value, i) => ({ id: FIRST + i, [name]: value }));
      rows.push({ id: FIRST + rows.length, [name]: null });
      expect(await session.insert(table, [rows])).toMatchObject({ written: rows.length, failed: 0 });
      const kept = Object.entries(cases).map(([what, value], i) => {
        const key = `${name}.${what}`;
        const other = limits.keptAs !== undefined && key in limits.keptAs ? limits.keptAs[key] : value;
        return { id: FIRST + i, [name]: other === '' && limits.emptyIsNull === true ? null : other };
      });
      kept.push({ id: FIRST + kept.length, [name]: null });
      expect(await allOf(session, { table, columns: ['id', name], orderBy: ['id'] })).toEqual(kept);
      // The same on the way where something is given back.
      await session.remove(table, [rows.map(({ id }) => ({ id: id as Value }))]);
      expect(await session.count(table)).toBe(0);
      await session.insert(table, [rows], { returning: ['id'] });
      expect(await allOf(session, { table, columns: ['id', name], orderBy: ['id'] })).toEqual(kept);
    });

    it.runIf(limits.keepsNul !== true)('refuse the character NUL in a text, without showing it', async () => {
      const columns = [{ name: 'id', kind: 'integer' } as const, { name: 'v', kind: 'text' } as const];
      const table = await bench.table({ columns, primaryKey: ['id'] });
      const session = await bench.open();
      for (const options of [{}, { returning: ['v'] }]) {
        const error = await errorOf(session.insert(table, [[{ id: 1, v: 'secret\0value' }]], options));
        expect(error).toMatchObject({ problem: 'value', written: 0 });
        expect(allTextOf(error)).not.toContain('secret');
      }
      expect(await session.count(table)).toBe(0);
    });

    it.runIf(bench.can('known_columns'))(
      'refuse what does not fit, name the column, show no value, and go on after it',
      async () => {
        const table = await bench.table({
          columns: [
            { name: 'id', kind: 'integer' },
            { name: 'number', kind: 'integer', precision: 32 },
            { name: 'short', kind: 'text', maxLength: 5 },
            { name: 'needed', kind: 'text', maxLength: 20, nullable: false },
          ],
          primaryKey: ['id'],
        });
        const session = await bench.open();
        const good = { id: 1, number: 1, short: 'abcde', needed: 'x' };
        const bad: Row[] = [
          { ...good, id: 2, number: 'Kl4rtext-8271' },
          { ...good, id: 2, number: 2n ** 40n },
          { ...good, id: 2, short: 'Kl4rtext-8271' },
          { ...good, id: 2, needed: null },
        ];
        for (const row of bad) {
          for (const options of [{}, { returning: ['number'] }]) {
            const refusal = await refusalOf(session.insert(table, [[good, row]], options));
            expect(
              ['value', 'constraint', 'row'],
              JSON.stringify(row, (_, v) => String(v)),
            ).toContain(refusal.problem);
            expect(refusal.text).not.toMatch(/Kl4rtext|1099511627776/);
            expect(refusal.written).toBe(bench.can('whole_batches') ? 0 : 1);
            expect(await session.remove(table, [[{ id: 1 }]])).toBe(refusal.written);
          }
        }
        expect(await session.count(table)).toBe(0);
        await session.insert(table, [[good]]);
        expect(await allOf(session, { table })).toEqual([good]);
      },
    );
  });
}
