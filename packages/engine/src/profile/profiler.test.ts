import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { DISTINCT_ERROR, DistinctCounter } from './distinct-counter.ts';
import { FrequentItems } from './frequent-items.ts';
import { Histogram } from './histogram.ts';
import { Moments } from './moments.ts';
import type { FieldProfile, Profile } from './profile.ts';
import { profilePlan } from './profile-plan.ts';
import { Profiler, type ProfilerOptions } from './profiler.ts';
import { QuantileSketch, RANK_ERROR } from './quantile-sketch.ts';

type Row = Record<string, unknown>;

/** More rows than are held, by far: what is held has stopped growing long before. FULL=1 takes a million. */
const MANY = process.env['FULL'] === undefined ? 200_000 : 1_000_000;

function profileOf(rows: Iterable<Row>, options: ProfilerOptions = {}): Profile {
  const profiler = new Profiler(options);
  profiler.addAll(rows);
  return profiler.finish();
}

const fieldOf = (profile: Profile, path: string): FieldProfile => {
  const found = profile.fields.find((field) => field.path === path);
  if (found === undefined) throw new Error(`no field ${path} among ${profile.fields.map((field) => field.path)}`);
  return found;
};

/** Repeatable numbers in [0, 1). */
function* noise(seed: number): Generator<number, never> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    yield ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  }
}
const random = (seed: number) => {
  const values = noise(seed);
  return () => values.next().value;
};

const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('what is computed', () => {
  it('agrees with exact computations: moments', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const moments = new Moments();
        for (const value of values) moments.add(value);
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        const stddev = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
        expect(moments.min).toBe(Math.min(...values));
        expect(moments.max).toBe(Math.max(...values));
        expect(moments.mean).toBeCloseTo(mean, 3);
        expect(moments.stddev).toBeCloseTo(stddev, 3);
      }),
    );
  });

  it('agrees with exact computations: quantiles, to the stated error', () => {
    const next = random(1);
    for (const [count, make] of [
      [1000, () => next()],
      [200_000, () => next() ** 4],
      [200_000, () => Math.floor(next() * 20)],
      [
        100_000,
        (
          (i) => () =>
            i++
        )(0),
      ],
      [
        100_000,
        (
          (i) => () =>
            i--
        )(0),
      ],
    ] as const) {
      const sketch = new QuantileSketch();
      const values = Array.from({ length: count }, make);
      for (const value of values) sketch.add(value);
      const sorted = Float64Array.from(values).sort();
      for (const p of [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
        const got = sketch.quantile(p);
        const below = sorted.findIndex((value) => value >= got) / count;
        const above = sorted.findIndex((value) => value > got);
        const upTo = above === -1 ? 1 : above / count;
        const error = count <= 1024 ? 1 / count : RANK_ERROR;
        expect(below - error).toBeLessThanOrEqual(p);
        expect(upTo + error).toBeGreaterThanOrEqual(p);
      }
    }
  });

  it('agrees with exact computations: different values, exactly or to the stated error', () => {
    for (const count of [0, 1, 999, 1000, 5000, 50_000, 300_000]) {
      const counter = new DistinctCounter(1000);
      for (let i = 0; i < count * 2; i++) counter.add(`value ${i % count}`);
      expect(counter.exact).toBe(count <= 1000);
      if (counter.exact) expect(counter.value).toBe(count);
      else expect(Math.abs(counter.value - count) / count).toBeLessThan(4 * DISTINCT_ERROR);
    }
  });

  it('agrees with exact computations: commonest values, exactly or to the stated error', () => {
    const next = random(2);
    const values = Array.from({ length: 50_000 }, () => String(Math.floor(1 / next())));
    const exact = new Map<string, number>();
    for (const value of values) exact.set(value, (exact.get(value) ?? 0) + 1);
    for (const capacity of [10_000, 100]) {
      const items = new FrequentItems(capacity);
      for (const value of values) items.add(value);
      expect(items.exact).toBe(capacity === 10_000);
      expect(items.error).toBeLessThanOrEqual(values.length / capacity);
      for (const { value, count } of items.top(10)) {
        expect(count).toBeLessThanOrEqual(exact.get(value) ?? 0);
        expect(count + items.error).toBeGreaterThanOrEqual(exact.get(value) ?? 0);
      }
      expect(items.top(3).map(({ value }) => value)).toEqual(['1', '2', '3']);
    }
  });

  it('agrees with exact computations: histograms', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ min: -1e12, max: 1e12, noNaN: true }),
            fc.integer(),
            fc.double({ min: 0, max: 1e-3, noNaN: true }),
          ),
          { maxLength: 700 },
        ),
        (all) => {
          // What is next to nothing, divided by the width of a bin, is nothing.
          const values = all.filter((value) => value === 0 || Math.abs(value) > 1e-200);
          const histogram = new Histogram();
          for (const value of values) histogram.add(value);
          const bins = histogram.bins(32);
          expect(bins.length).toBeLessThanOrEqual(32);
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
          for (const { from, to, count } of bins)
            expect(values.filter((value) => value >= from && value < to)).toHaveLength(count);
        },
      ),
    );
  });
});

describe('a profile', () => {
  it('tells of nested fields, lists, kinds, nulls, lengths, shapes and dates', () => {
    const rows = [
      {
        id: 1,
        address: { city: 'Rome' },
        items: [{ qty: 2 }, { qty: 4 }],
        tags: ['a', 'b'],
        mixed: 5,
        born: '2024-01-01',
      },
      { id: 2, address: null, items: [], tags: ['a'], mixed: 'AB-12', born: '2024-01-03' },
      { id: 3, address: { city: 'Oslo' }, items: [{ qty: null }], mixed: true, born: null },
    ];
    const profile = profileOf(rows);
    expect(profile.rows).toBe(3);
    expect(profile.fields.map(({ path }) => path)).toEqual([
      'id',
      'address',
      'address.city',
      'items',
      'items[*].qty',
      'tags',
      'tags[*]',
      'mixed',
      'born',
    ]);
    expect(fieldOf(profile, 'id').numbers).toMatchObject({ min: 1, max: 3, mean: 2 });
    expect(fieldOf(profile, 'address')).toMatchObject({ count: 3, nulls: 1, kinds: { object: 2 } });
    expect(fieldOf(profile, 'items')).toMatchObject({ kinds: { list: 3 }, lengths: { min: 0, max: 2, mean: 1 } });
    expect(fieldOf(profile, 'items[*].qty')).toMatchObject({ count: 3, nulls: 1, numbers: { mean: 3 } });
    expect(fieldOf(profile, 'tags[*]').top.values[0]).toEqual({ value: '"a"', count: 2, share: 2 / 3 });
    expect(fieldOf(profile, 'mixed')).toMatchObject({
      kinds: { number: 1, text: 1, boolean: 1 },
      distinct: { value: 3, exact: true },
    });
    expect(fieldOf(profile, 'mixed').patterns?.values[0]?.value).toBe('AA-99');
    expect(fieldOf(profile, 'born').dates).toMatchObject({
      min: '2024-01-01T00:00:00.000Z',
      mean: '2024-01-02T00:00:00.000Z',
    });
  });

  it('is the same for the same rows', () => {
    const next = random(3);
    const rows = Array.from({ length: 20_000 }, () => ({ a: next(), b: String(Math.floor(next() * 1e6)) }));
    expect(profileOf(rows)).toEqual(profileOf(rows));
  });

  it('stops at a thousand fields, and survives deep rows', () => {
    const wide = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${i}`, i]));
    expect(profileOf([wide])).toMatchObject({ truncated: true });
    expect(profileOf([wide]).fields).toHaveLength(1000);
    let deep: Row = {};
    for (let i = 0; i < 5000; i++) deep = { deep };
    expect(profileOf([deep])).toMatchObject({ truncated: true });
    expect(profileOf([]).fields).toEqual([]);
  });

  it('of many rows holds no more than it says', () => {
    const next = random(4);
    const profiler = new Profiler();
    let most = 0;
    for (let i = 0; i < MANY; i++) {
      profiler.add({ id: i, text: `user ${i}`, number: next() });
      if (i % 1000 === 0) most = Math.max(most, profiler.held);
    }
    const profile = profiler.finish();
    expect(profile.rows).toBe(MANY);
    for (const path of ['id', 'text']) {
      const { distinct } = fieldOf(profile, path);
      expect(distinct).toMatchObject({ exact: false, error: DISTINCT_ERROR });
      expect(Math.abs(distinct.value - MANY) / MANY).toBeLessThan(4 * DISTINCT_ERROR);
    }
    expect(fieldOf(profile, 'number').numbers?.quantiles['p50']).toBeCloseTo(0.5, 2);
    expect(most).toBeLessThan(60_000);
    expect(profiler.held).toBeLessThan(20_000);
  });

  it('keeps no more of long texts than it shows', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const profiler = new Profiler();
    const text = 'x'.repeat(200_000);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 500; i++) profiler.add({ words: `${i} ${text}` });
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
    const { distinct, top } = fieldOf(profiler.finish(), 'words');
    expect(distinct).toEqual({ value: 500, exact: true });
    expect(top.values[0]?.value).toMatch(/^"\d+ x{190,}…$/);
  });
});

function templateOf(fields: readonly object[]): Template {
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

const NOW = Date.parse('2026-01-15T12:00:00Z');

async function planOf(template: Template, seed: string) {
  const compiled = await compileTemplate(template, { seed, now: NOW });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.value;
}

const bad = (profile: Profile): string[] =>
  profile.fields.flatMap(({ path, checks }) =>
    checks
      .filter(({ ok }) => !ok)
      .map(({ name, expected, got, tolerance }) => `${path} ${name}: ${expected} ± ${tolerance}, got ${got}`),
  );

const EVERYTHING = [
  { name: 'id', type: 'sequence', options: { start: 100, step: -3 } },
  { name: 'n', type: 'number', options: { min: -5, max: 17, null_percentage: 30 } },
  { name: 'one', type: 'number', options: { min: 4, max: 4 } },
  { name: 'bell', type: 'float', options: { min: 0, max: 100, mean: 30, stddev: 20 } },
  { name: 'log', type: 'currency', options: { min: 0, max: 5000, distribution: 'lognormal', mean: 200, stddev: 300 } },
  { name: 'tail', type: 'currency', options: { min: 1, max: 10000, distribution: 'pareto', alpha: 1.2 } },
  { name: 'tail0', type: 'number', options: { min: 0, max: 1000, distribution: 'pareto', alpha: 1.2 } },
  { name: 'zipf', type: 'number', options: { min: 1, max: 500, distribution: 'zipf', exponent: 1.3 } },
  { name: 'unique', type: 'number', options: { min: 1, max: 1000000, unique: true } },
  { name: 'yes', type: 'boolean', options: { probability: 0.2, null_percentage: 5 } },
  { name: 'state', type: 'enum', options: { values: ['a', 'b', null, 'c'], weights: [10, 2, 1, 1] } },
  { name: 'map', type: 'enum', options: { values: ['a', 'b'], weights: { a: 3, b: 1 } } },
  { name: 'z', type: 'enum', options: { values: Array.from({ length: 300 }, (_, i) => i), distribution: 'zipf' } },
  { name: 'day', type: 'date', options: { min: '2020-01-01', max: 'now' } },
  {
    name: 'at',
    type: 'datetime',
    options: {
      min: '2020-01-01T00:00:00Z',
      max: '2021-01-01T00:00:00Z',
      mean: '2020-04-01T00:00:00Z',
      stddev_days: 30,
    },
  },
  {
    name: 'recent',
    type: 'datetime',
    options: { min: '2020-01-01T00:00:00Z', max: 'now', halflife_days: 40, precision: 'seconds' },
  },
  { name: 'same', type: 'constant', options: { value: 'EUR' } },
  { name: 'none', type: 'null' },
  { name: 'mail', type: 'email', options: { unique: true } },
  {
    name: 'items',
    type: 'template',
    options: {
      array: true,
      count: { min: 0, max: 4 },
      fields: [{ name: 'price', type: 'currency', options: { min: 5, max: 9 } }],
    },
  },
  { name: 'total', type: 'derived', options: { expression: 'sum(items[*].price)' } },
];

describe('expected against got', () => {
  it.each([1, 7, 100, 3000, 20_000])('finds nothing wrong with %i rows of the engine', async (rows) => {
    const template = templateOf(EVERYTHING);
    for (const seed of ['a', 'b', 'c']) {
      const profile = await profilePlan(await planOf(template, seed), template, rows, { now: NOW });
      expect(bad(profile)).toEqual([]);
      expect(profile.rows).toBe(rows);
    }
  });

  it('looks at what the options promise', async () => {
    const template = templateOf(EVERYTHING);
    const profile = await profilePlan(await planOf(template, 's'), template, 3000, { now: NOW });
    const names = (path: string) => fieldOf(profile, path).checks.map(({ name }) => name);
    expect(names('id')).toEqual(['count', 'null_share', 'min', 'max', 'form']);
    const bell = ['count', 'null_share', 'min', 'max', 'mean', 'stddev', 'distribution', 'kind', 'form'];
    expect(names('bell')).toEqual(bell);
    expect(names('unique')).toContain('unique');
    expect(names('yes')).toEqual(['count', 'null_share', 'kind', 'probability', 'form']);
    expect(names('state')).toEqual(['count', 'null_share', 'values', 'weights', 'distinct']);
    expect(names('items')).toContain('mean');
    expect(names('items[*].price')).toContain('distribution');
    for (const { name, expected, got, what } of profile.fields.flatMap(({ checks }) => checks)) {
      expect(name).toMatch(/^[a-z_]+$/);
      expect(what).toMatch(/\S/);
      expect([typeof expected, typeof got]).not.toContain('undefined');
    }
  });

  const planted: readonly [string, string, (row: Row, i: number) => unknown][] = [
    ['n', 'null_share', (row, i) => (i % 9 === 0 ? null : row['n'])],
    ['n', 'max', (row, i) => (i === 77 ? 18 : row['n'])],
    ['n', 'min', (row, i) => (i === 77 ? -6 : row['n'])],
    ['n', 'kind', (row, i) => (i === 77 ? 'seven' : row['n'])],
    ['n', 'mean', (row, i) => (i % 5 === 0 ? 17 : row['n'])],
    ['bell', 'mean', (row) => Math.min(100, Number(row['bell']) + 3)],
    ['bell', 'stddev', (row) => 30 + (Number(row['bell']) - 30) * 0.85],
    ['bell', 'distribution', (_, i) => (i % 2 === 0 ? 12 : 52)],
    ['tail', 'distribution', (row) => Math.max(1, Number(row['tail']) * 0.8)],
    ['zipf', 'distribution', (row, i) => (i % 10 === 0 ? 50 : row['zipf'])],
    ['unique', 'unique', (row, i) => (i === 77 ? 1 : i === 78 ? 1 : row['unique'])],
    ['mail', 'unique', (row, i) => (i === 77 || i === 78 ? 'a@b.test' : row['mail'])],
    ['mail', 'null_share', (row, i) => (i === 77 ? null : row['mail'])],
    ['yes', 'probability', (row, i) => (i % 12 === 0 ? true : row['yes'])],
    ['state', 'weights', (row, i) => (i % 30 === 0 ? 'c' : row['state'])],
    ['state', 'values', (row, i) => (i === 77 ? 'd' : row['state'])],
    ['map', 'weights', (row, i) => (i % 20 === 0 ? 'b' : row['map'])],
    ['day', 'max', (row, i) => (i === 77 ? '2026-02-01' : row['day'])],
    ['day', 'kind', (row, i) => (i === 77 ? '01.01.2024' : row['day'])],
    ['at', 'mean', (row) => new Date(Date.parse(String(row['at'])) + 3 * 86_400_000).toISOString()],
    ['recent', 'distribution', (_, i) => new Date(NOW - i * 3_600_000).toISOString()],
    ['same', 'values', (_, i) => (i === 77 ? 'USD' : 'EUR')],
    ['none', 'null_share', (_, i) => (i === 77 ? 1 : null)],
    ['id', 'max', (row, i) => (i === 77 ? 101 : row['id'])],
    ['items', 'mean', (row, i) => (i % 8 === 0 ? [] : row['items'])],
    ['items', 'max', (row, i) => (i === 77 ? [1, 2, 3, 4, 5].map(() => ({ price: 5 })) : row['items'])],
    ['items[*].price', 'min', (row, i) => (i === 77 ? [{ price: 4.99 }] : row['items'])],
    ['one', 'count', (_, i) => (i === 77 ? undefined : 4)],
  ];

  it.each(planted)('catches what is planted: %s %s', async (path, name, change) => {
    const template = templateOf(EVERYTHING.filter((field) => path.startsWith(field.name)));
    const rows = generateRows(await planOf(template, 'planted'), 0, 10_000) as Row[];
    const key = path.split(/[.[]/)[0] ?? '';
    const changed = rows.map((row, i) => ({ ...row, [key]: change(row, i) }));
    const checks = fieldOf(profileOf(changed, { template, now: NOW }), path).checks;
    expect(checks.filter(({ ok }) => !ok).map((check) => check.name)).toContain(name);
  });

  it('gives up when it is told to', async () => {
    const template = templateOf(EVERYTHING);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(profilePlan(await planOf(template, 's'), template, 10_000, { signal })).rejects.toThrow('enough');
  });

  it('ends with the row that has the last of the values it may look at, however others run meanwhile', async () => {
    const template = templateOf([
      { name: 'n', type: 'sequence' },
      { name: 'in', type: 'template', options: { fields: [{ name: 'b', type: 'boolean' }] } },
    ]);
    const plan = await planOf(template, 's');
    // Of each row: n, in, in.b.
    const some = await profilePlan(plan, template, 10_000, { now: NOW, mostValues: 1000 });
    expect(some.rows).toBe(334);
    expect(some).toEqual(await profilePlan(plan, template, 334, { now: NOW }));
    expect((await profilePlan(plan, template, 1, { now: NOW, mostValues: 1 })).rows).toBe(1);
  });

  it('lets others run before a batch is done', async () => {
    const template = templateOf(Array.from({ length: 50 }, (_, i) => ({ name: `w${i}`, type: 'words' })));
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      while (!isOver) {
        await new Promise((resolve) => setTimeout(resolve));
        turns++;
      }
    })();
    await profilePlan(await planOf(template, 's'), template, 1000, { now: NOW });
    isOver = true;
    await others;
    // It begins with eight rows, and takes twice as many at a time at most.
    expect(turns).toBeGreaterThanOrEqual(6);
  });

  it('sums up field by field as at once', () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ a: i, b: `x${i % 3}`, c: { d: i % 2 === 0 } }));
    const [one, other] = [new Profiler({ now: NOW }), new Profiler({ now: NOW })];
    one.addAll(rows);
    other.addAll(rows);
    expect([...one.sumUp()]).toHaveLength(4);
    expect(one.finish()).toEqual(other.finish());
    one.addAll(rows);
    other.addAll(rows);
    expect(one.finish()).toEqual(other.finish());
    expect(one.values).toBe(400);
  });
});
