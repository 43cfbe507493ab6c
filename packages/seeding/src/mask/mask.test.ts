import type { Column, ForeignKey, Value } from '@datamaker/connectors';
import { MaskKey, type MaskRule, parsePolicy } from '@datamaker/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf } from '../../../connectors/src/testing/column-of.ts';
import { tableOf } from '../../../connectors/src/testing/table-of.ts';
import { compareSchemas } from './compare-schemas.ts';
import { FakePool } from './fake-pool.ts';
import { KeyGroups } from './key-groups.ts';
import { Originals } from './originals.ts';
import { seeColumns } from './see-column.ts';
import { type OwnedColumn, Signature } from './signature.ts';
import { ValueMask } from './value-mask.ts';

const key = new MaskKey(new TextEncoder().encode('a key of the tests, 32 characters'));

const owned = (facts: Partial<Column> = {}, checks: readonly string[] = []): OwnedColumn => {
  const column = columnOf('x', facts);
  return {
    column,
    table: tableOf('t', [column], { checks: checks.map((expression, i) => ({ name: `c${i}`, expression })) }),
  };
};
const ruleOf = (rule: object): MaskRule => {
  const policy = parsePolicy({ fields: [{ field: 't.x', ...rule }] });
  if (!policy.ok) throw new Error(JSON.stringify(policy.diagnostics));
  return policy.value.rules[0] as MaskRule;
};
const maskOf = (rule: object, columns: readonly OwnedColumn[], fakes?: FakePool): ValueMask =>
  new ValueMask({ rule: ruleOf(rule), key, signature: new Signature(columns), fakes });

describe('masks that keep the form', () => {
  const preserve = { strategy: 'format-preserve' };
  /** Kinds of columns with values for them, and what must hold of each mask. */
  const kinds: readonly [string, OwnedColumn, fc.Arbitrary<Value>, (masked: Value, value: Value) => boolean][] = [
    [
      'smallint',
      owned({ kind: 'integer', precision: 16 }),
      fc.integer({ min: -32_768, max: 32_767 }),
      (v) => Math.abs(Number(v)) <= 32_768 && Number(v) !== 32_768,
    ],
    [
      'int in bounds',
      owned({ kind: 'integer', precision: 32 }, ['((x >= 18) AND (x <= 120))']),
      fc.integer({ min: 18, max: 120 }),
      (v) => Number(v) >= 18 && Number(v) <= 120,
    ],
    [
      'bigint',
      owned({ kind: 'integer', precision: 64 }),
      fc.bigInt({ min: 2n ** 62n, max: 2n ** 63n - 1n }),
      (v) => BigInt(v as bigint) < 2n ** 63n,
    ],
    [
      'numeric(8,2)',
      owned({ kind: 'decimal', precision: 8, scale: 2 }),
      fc.integer({ min: -99_999_999, max: 99_999_999 }).map((n) => (n / 100).toFixed(2)),
      (v, was) => /^-?(0|[1-9]\d*)\.\d\d$/.test(String(v)) && String(v).length === String(was).length,
    ],
    [
      'inet',
      owned({ kind: 'ip' }),
      fc.ipV4(),
      (v) =>
        String(v)
          .split('.')
          .every((n) => Number(n) < 256 && String(Number(n)) === n),
    ],
    [
      'zip',
      owned({ maxLength: 5 }, [`((x)::text ~ '^[0-9]{5}$'::text)`]),
      fc.integer({ min: 0, max: 99_999 }).map((n) => String(n).padStart(5, '0')),
      (v) => /^\d{5}$/.test(String(v)),
    ],
    [
      'char(8)',
      owned({ maxLength: 8, isPadded: true }),
      fc.string({ unit: fc.constantFrom(...'ABC012'), maxLength: 8 }).map((text) => text.padEnd(8)),
      (v) => String(v).length === 8,
    ],
    [
      'e-mail',
      owned({ maxLength: 20 }),
      fc
        .string({ unit: fc.constantFrom(...'abcABC.0'), minLength: 1, maxLength: 10 })
        .map((text) => `${text}@corp.test`),
      (v, was) => String(v).length === String(was).length && String(v).endsWith('@corp.test'),
    ],
  ];

  it.each(kinds)('leave different values of %s different, and allowed', (_, column, values, holds) => {
    fc.assert(
      fc.property(fc.uniqueArray(values, { maxLength: 40 }), (given) => {
        const mask = maskOf(preserve, [column]);
        const masked = given.map((value) => mask.mask(value, column, undefined));
        expect(new Set(masked.map(String)).size).toBe(given.length);
        masked.forEach((value, i) => expect(holds(value, given[i] ?? null), `a mask of ${_}`).toBe(true));
        expect(given.map((value) => maskOf(preserve, [column]).mask(value, column, undefined))).toEqual(masked);
      }),
      { numRuns: 30 },
    );
  });

  it('are the same in all columns that are joined, and keep the rules of each', () => {
    const [parent, child] = [owned({}, ["(x <> 'A5')"]), owned({}, ["(x ~ '^[A-F]'::text)"])];
    const mask = maskOf(preserve, [parent, child]);
    const codes = Array.from({ length: 260 }, (_, i) => `${String.fromCharCode(65 + (i % 26))}${Math.floor(i / 26)}`);
    const masked = codes.map((code) => mask.mask(code, parent, undefined));
    expect(masked).toEqual(codes.map((code) => mask.mask(code, child, undefined)));
    expect(new Set(masked).size).toBe(260);
    codes.forEach((code, i) => expect(/^[A-F]/.test(String(masked[i]))).toBe(/^[A-F]/.test(code)));
    expect(masked[codes.indexOf('A5')]).toBe('A5');
  });

  it('reach into lists, and leave null and what is no number alone', () => {
    const tags = owned({ dimensions: 1 });
    const mask = maskOf(preserve, [tags]);
    const [one, nothing, two] = mask.mask(['abcdefgh', null, 'abcdefgh'], tags, undefined) as string[];
    expect([one, nothing]).toEqual([two, null]);
    expect(one).not.toBe('abcdefgh');
    const float = owned({ kind: 'float' });
    expect(maskOf(preserve, [float]).mask(Number.NaN, float, undefined)).toBeNaN();
    expect(() => maskOf(preserve, [float]).mask(1e300, float, undefined)).toThrow(
      't.x: a value is a number with an exponent',
    );
  });

  it('say so where there is no other value, without the value', () => {
    const only = owned({}, [`((x)::text = 'SECRET7'::text)`]);
    expect(() => maskOf(preserve, [only]).mask('SECRET7', only, undefined)).toThrow('no other value of the same form');
    expect(() => maskOf(preserve, [only]).mask('SECRET7', only, undefined)).not.toThrow('SECRET7');
  });
});

describe('other masks', () => {
  it('shift days within what CHECK constraints allow, all of one entity alike', () => {
    const born = owned({ kind: 'date' }, [`(x >= '2000-01-01'::date)`]);
    const mask = maskOf({ strategy: 'shift', days: 30 }, [born]);
    for (let day = 1; day < 29; day++) {
      const date = `2000-01-${String(day).padStart(2, '0')}`;
      const shifted = String(mask.mask(date, born, undefined));
      expect(shifted >= '2000-01-01' && shifted !== date && shifted < '2000-02-29').toBe(true);
    }
    const days = ['2010-05-01', '2010-05-11'].map((date) => Date.parse(String(mask.mask(date, born, 7))) / 86_400_000);
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(10);
    expect(mask.mask('infinity', born, undefined)).toBe('infinity');
  });

  it('pick fakes that fit, the same for the same value, and never the value itself', async () => {
    const name = owned({ maxLength: 6 }, [`((x)::text ~ '^[A-Z]'::text)`]);
    const pool = await FakePool.of('first_name', undefined, key, 't.x');
    const mask = maskOf({ strategy: 'replace', type: 'first_name' }, [name], pool);
    for (const value of ['Anna', 'Peter', 'Olga', 'Zoe']) {
      const fake = mask.mask(value, name, undefined);
      expect(fake).toMatch(/^[A-Z].{0,5}$/u);
      expect(fake).not.toBe(value);
      expect(
        maskOf({ strategy: 'replace' }, [name], await FakePool.of('first_name', undefined, key, 't.x')).mask(
          value,
          name,
          undefined,
        ),
      ).toBe(fake);
    }
    await expect(FakePool.of('first_name', { nonsense: 1 }, key, 't.x')).rejects.toThrow('t.x: ');
  });
});

describe('columns that are joined', () => {
  const refer = (columns: readonly string[], name: string, toColumns: readonly string[]): ForeignKey => ({
    name: 'k',
    columns,
    to: { schema: 'public', name },
    toColumns,
    isDeferrable: false,
  });
  it('are groups, over several tables and column by column', () => {
    const groups = new KeyGroups([
      tableOf('a', [columnOf('x'), columnOf('y'), columnOf('z')]),
      tableOf('b', [columnOf('p'), columnOf('q')], { foreignKeys: [refer(['p', 'q'], 'a', ['x', 'y'])] }),
      tableOf('c', [columnOf('p'), columnOf('up')], {
        foreignKeys: [refer(['p'], 'b', ['p']), refer(['up'], 'c', ['p'])],
      }),
    ]);
    expect(groups.membersOf(groups.groupOf('public.c.up'))).toEqual([
      'public.a.x',
      'public.b.p',
      'public.c.p',
      'public.c.up',
    ]);
    expect(groups.groupOf('public.c.up')).toBe('public.a.x');
    expect(groups.membersOf(groups.groupOf('public.b.q'))).toEqual(['public.a.y', 'public.b.q']);
    expect(groups.membersOf('public.a.z')).toEqual(['public.a.z']);
  });
});

describe('what is seen of columns', () => {
  const seen = (
    table: string,
    names: readonly (string | Column)[],
    rows: readonly Record<string, Value>[] = [],
  ): Record<string, string> =>
    Object.fromEntries(
      [
        ...seeColumns(
          tableOf(
            table,
            names.map((name) => (typeof name === 'string' ? columnOf(name) : name)),
          ),
          rows,
        ),
      ].map(([name, { why, strategy }]) => [name, `${why}: ${strategy}`]),
    );

  it('is told by names, with those beside them', () => {
    expect(
      seen('customer', [
        'email',
        'password_hash',
        'name',
        'username',
        'city',
        'email_verified',
        columnOf('dob', { kind: 'date' }),
      ]),
    ).toEqual({
      email: 'email, by its name: format-preserve',
      password_hash: 'a secret, by its name: redact',
      name: 'name, by its name: replace',
      username: 'username, by its name: format-preserve',
      dob: 'birth date, by its name: shift',
    });
  });

  it('is told by values, also within texts and documents', () => {
    const rows = [
      { a: 'ann@corp.test', b: 'call +49 or ann@corp.test', c: { who: [{ mail: 'ann@corp.test' }] }, d: 'x' },
      { a: 'bob@corp.test', b: 'nothing', c: null, d: 'y' },
      { a: null, b: 'nothing else', c: {}, d: 'z' },
    ];
    expect(seen('data', ['a', 'b', columnOf('c', { kind: 'json' }), 'd'], rows)).toEqual({
      a: 'email, by a value: format-preserve',
      b: 'email, by a value: redact',
      c: 'email, by a value: redact',
    });
  });
});

describe('tables of two databases', () => {
  const table = tableOf('t', [columnOf('id', { type: 'integer', nullable: false }), columnOf('x')], {
    primaryKey: { name: 'pk', columns: ['id'] },
    checks: [{ name: 'c', expression: 'id > 0' }],
  });
  it('are the same whatever their constraints are called', () => {
    expect(
      compareSchemas(
        [table],
        [{ ...table, primaryKey: { name: 'other', columns: ['id'] }, checks: [{ name: 'd', expression: 'id > 0' }] }],
      ),
    ).toEqual([]);
  });
  it('differ by name', () => {
    const other = tableOf('t', [columnOf('id', { type: 'bigint' }), columnOf('y')]);
    const said = compareSchemas([table, tableOf('u', [])], [other]).map(
      ({ subject, message }) => `${subject}: ${message}`,
    );
    expect(said).toEqual([
      'public.t.id: it is integer NOT NULL in the source and bigint in the destination',
      'public.t.x: the destination has no such column',
      'public.t.y: only the destination has this column',
      'public.t: the destination has no primary key (id)',
      'public.t: the destination has no check (id > 0)',
      'public.u: the destination has no such table, or this user does not see it',
    ]);
  });
});

describe('values that are looked for', () => {
  it('are few, from all rows, and only such that are no mask of another by chance', () => {
    const some = new Originals('format-preserve', 100_000);
    for (let i = 0; i < 100_000; i++) some.add(`somebody.called.${i}@corp.test`);
    expect(some.size).toBeGreaterThan(400);
    expect(some.size).toBeLessThanOrEqual(1000);
    some.look('nobody@corp.test');
    expect(some.found).toBe(0);
    some.look('somebody.called.0@corp.test');
    some.look(['somebody.called.0@corp.test']);
    expect(some.found).toBe(1);
    const short = new Originals('format-preserve', 100_000);
    for (let i = 0; i < 1000; i++) short.add(String(i));
    expect(short.size).toBe(0);
  });
});
