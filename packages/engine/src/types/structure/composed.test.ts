import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../compile/compile-template.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';
import { planOf, type TestField, textOf } from '../testing/compiled.ts';

const field = (name: string, type: string, options: object = {}): TestField => ({
  name,
  type,
  options: { ...options },
});
const rowsOf = async (fields: readonly TestField[], count = 500) => generateRows(await planOf(fields), 0, count);

async function codesOf(fields: readonly TestField[]): Promise<string[]> {
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) return parsed.diagnostics.map(({ code }) => code);
  const compiled = await compileTemplate(parsed.value, { seed: 's' });
  return compiled.ok ? [] : compiled.diagnostics.map(({ code }) => code);
}

const PARENTS = [field('id', 'uuid'), field('email', 'email'), field('city', 'city', { null_percentage: 20 })];

describe('a reference', () => {
  it('has the value of the other template, and two references mean the same row of it', async () => {
    const parents = await rowsOf(PARENTS, 40);
    const to = (name: string): TestField =>
      field(`to ${name}`, 'reference', { fields: PARENTS, field: name, rows: 40 });
    const children = await rowsOf([field('n', 'sequence'), to('id'), to('email'), to('city')]);
    const byId = new Map(parents.map((parent) => [parent['id'], parent]));
    for (const child of children) {
      expect(byId.get(child['to id'])).toEqual({
        id: child['to id'],
        email: child['to email'],
        city: child['to city'],
      });
    }
    expect(new Set(children.map((child) => child['to id'])).size).toBe(40);
  });

  it('means a row each of its own in another group', async () => {
    const to = (name: string, group: string): TestField =>
      field(name, 'reference', { fields: PARENTS, field: 'id', rows: 1000, group });
    const rows = await rowsOf([to('a', 'buyer'), to('b', 'seller'), to('c', 'buyer')]);
    expect(rows.every((row) => row['a'] === row['c'])).toBe(true);
    expect(rows.filter((row) => row['a'] !== row['b']).length).toBeGreaterThan(490);
  });

  it('is met at most once when unique', async () => {
    const rows = await rowsOf([field('id', 'reference', { fields: PARENTS, field: 'id', rows: 500, unique: true })]);
    expect(new Set(rows.map((row) => row['id'])).size).toBe(500);
    const parsed = parseTemplate({
      fields: [field('id', 'reference', { fields: PARENTS, field: 'id', rows: 5, unique: true })],
    });
    const compiled = parsed.ok ? await compileTemplate(parsed.value, { rows: 6 }) : parsed;
    expect(compiled).toMatchObject({ ok: false, diagnostics: [{ code: 'unique_exhausted' }] });
  });

  it.each([
    [3, [3]],
    [{ min: 1, max: 4 }, [1, 2, 3, 4]],
    [{ min: 0, max: 2 }, [0, 1, 2]],
  ])('deals rows out exactly: %j of each', async (perParent, allowed) => {
    const ids = [field('id', 'sequence', { start: 0 })];
    const plan = await planOf([field('to', 'reference', { fields: ids, field: 'id', per_parent: perParent })]);
    const rows = generateRows(plan, 0, 3000).map((row) => row['to'] as number);
    const last = rows.at(-1) as number;
    const counts = new Map<number, number>();
    for (const to of rows) counts.set(to, (counts.get(to) ?? 0) + 1);
    const seen = new Set<number>();
    for (let parent = 0; parent < last - 1; parent++) seen.add(counts.get(parent) ?? 0);
    expect([...seen].toSorted()).toEqual(allowed);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });

  it('may lead to its own template, and through several', async () => {
    const own = [field('id', 'sequence'), field('manager', 'reference', { field: 'id', rows: 20 })];
    const rows = await rowsOf(own);
    expect(rows.every(({ manager }) => Number(manager) >= 1 && Number(manager) <= 20)).toBe(true);
    const orders = [field('customer', 'reference', { fields: PARENTS, field: 'email', rows: 10 })];
    const lines = await rowsOf([field('customer', 'reference', { fields: orders, field: 'customer', rows: 30 })]);
    const emails = new Set((await rowsOf(PARENTS, 10)).map(({ email }) => email));
    expect(lines.every(({ customer }) => emails.has(customer))).toBe(true);
  });

  it('stands in lists and is null sometimes', async () => {
    const line = [field('sku', 'reference', { fields: PARENTS, field: 'id', rows: 7, null_percentage: 30 })];
    const rows = await rowsOf([{ name: 'lines', type: 'template', options: { fields: line, array: true, count: 3 } }]);
    const skus = rows.flatMap((row) => (row['lines'] as { sku: string | null }[]).map(({ sku }) => sku));
    expect(new Set(skus.filter((sku) => sku !== null)).size).toBe(7);
    expect(skus.filter((sku) => sku === null).length).toBeGreaterThan(300);
  });

  it.each<[string, TestField[], string]>([
    ['without rows', [field('a', 'reference', { fields: PARENTS, field: 'id' })], 'invalid_option'],
    [
      'to an unknown template',
      [field('a', 'reference', { template_id: 'x', field: 'id', rows: 1 })],
      'template_not_found',
    ],
    ['to an unknown field', [field('a', 'reference', { fields: PARENTS, field: 'idd', rows: 1 })], 'unknown_field'],
    ['to itself', [field('a', 'reference', { field: 'a', rows: 1 })], 'nested_too_deep'],
    [
      'to what JavaScript makes',
      [field('a', 'reference', { fields: [field('j', 'jwt')], field: 'j', rows: 1 })],
      'reference_not_possible',
    ],
  ])('%s is refused', async (_, fields, code) => {
    expect(await codesOf(fields)).toEqual([code]);
  });
});

describe('a switch', () => {
  const method = field('method', 'enum', { values: ['transfer', 'card', 'cash', 7, true] });
  const by = field('detail', 'switch', {
    field: 'method',
    cases: {
      transfer: { type: 'iban', options: { country: 'DE' } },
      card: { type: 'credit_card_number' },
      7: { type: 'constant', options: { value: [1] } },
      true: { type: 'derived', options: { expression: '1 + 1' } },
    },
  });

  it('takes the case of the other value, and the default for others', async () => {
    for (const { method: value, detail } of await rowsOf([by, method])) {
      if (value === 'transfer') expect(detail).toMatch(/^DE\d{20}$/);
      else if (value === 'card') expect(detail).toMatch(/^\d{14,16}$/);
      else if (value === 7) expect(detail).toEqual([1]);
      else if (value === true) expect(detail).toBe(2);
      else expect(detail).toBeNull();
    }
  });

  it('may depend on a field that is itself made from another', async () => {
    const mapped = field('kind', 'mapped', {
      field: 'method',
      map: { transfer: 'bank', card: 'bank' },
      default: 'till',
    });
    const fields = [
      field('note', 'switch', { field: 'kind', cases: { bank: { type: 'constant', options: { value: 1 } } } }),
      mapped,
      method,
    ];
    for (const row of await rowsOf(fields)) {
      const bank = row['method'] === 'transfer' || row['method'] === 'card';
      expect(row).toMatchObject({ kind: bank ? 'bank' : 'till', note: bank ? 1 : null });
    }
  });

  it.each<[string, TestField[], string]>([
    ['by an unknown field', [field('a', 'switch', { field: 'b', cases: { x: { type: 'uuid' } } })], 'unknown_field'],
    [
      'by itself',
      [field('a', 'mapped', { field: 'b', map: { x: 1 } }), field('b', 'mapped', { field: 'a', map: { x: 1 } })],
      'cyclic_expression',
    ],
    ['with a case of no type', [method, field('a', 'switch', { field: 'method', cases: { x: {} } })], 'missing_type'],
    ['with no case', [method, field('a', 'switch', { field: 'method', cases: {} })], 'invalid_option'],
  ])('%s is refused', async (_, fields, code) => {
    expect(await codesOf(fields)).toEqual([code]);
  });
});

describe('a list of values', () => {
  it('holds as many values of the type as asked for', async () => {
    const rows = await rowsOf([
      field('a', 'array', { of: { type: 'number', options: { min: 1, max: 6 } }, count: { min: 2, max: 5 } }),
    ]);
    const lists = rows.map((row) => row['a'] as number[]);
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([2, 3, 4, 5]));
    expect(new Set(lists.flat())).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('holds what JavaScript makes, lists and nulls as well', async () => {
    const of = { type: 'array', options: { of: { type: 'jwt', options: { null_percentage: 50 } }, count: 2 } };
    const rows = await rowsOf([field('a', 'array', { of, count: 2 })], 100);
    const values = rows.flatMap((row) => (row['a'] as (string | null)[][]).flat());
    expect(values.length).toBe(400);
    expect(values.every((value) => value === null || value.split('.').length === 3)).toBe(true);
    expect(values.filter((value) => value === null).length).toBeGreaterThan(120);
  });
});

describe('a running total', () => {
  const amount = field('amount', 'currency', { min: -50, max: 100 });

  it('adds up from the last beginning, from whichever row it is made', async () => {
    const plan = await planOf([amount, field('total', 'running_total', { field: 'amount', every: 70 })]);
    const rows = generateRows(plan, 0, 300) as { amount: number; total: number }[];
    let total = 0;
    rows.forEach((row, index) => {
      if (index % 70 === 0) total = 0;
      total = Number((total + row.amount).toFixed(2));
      expect(row.total).toBe(total);
    });
    for (const from of [1, 69, 70, 133, 299]) expect(generateRows(plan, from, 300)).toEqual(rows.slice(from));
    const whole = textOf(plan, { format: 'csv' }, 0, 300).split('\n').slice(1);
    expect(textOf(plan, { format: 'csv' }, 139, 141).split('\n').slice(1)).toEqual([...whole.slice(139, 141), '']);
  });

  it('begins again in each list', async () => {
    const fields = [amount, field('total', 'running_total', { field: 'amount' })];
    const rows = await rowsOf([{ name: 'lines', type: 'template', options: { fields, array: true, count: 4 } }], 50);
    for (const row of rows) {
      let total = 0;
      for (const line of row['lines'] as { amount: number; total: number }[]) {
        total = Number((total + line.amount).toFixed(2));
        expect(line.total).toBe(total);
      }
    }
  });
});

describe('a state machine', () => {
  const transitions = {
    created: ['paid', 'cancelled'],
    paid: { packed: 9, refunded: 1, never: 0 },
    packed: ['shipped'],
    shipped: ['delivered'],
  };
  const nextOf = (state: string): string[] => {
    const next = (transitions as Record<string, string[] | Record<string, number>>)[state] ?? [];
    return Array.isArray(next) ? next : Object.keys(next);
  };

  it('takes legal steps only, and reaches every state of some weight', async () => {
    const rows = await rowsOf(
      [field('h', 'state_machine', { transitions, output: 'history', steps: { min: 0, max: 8 } })],
      2000,
    );
    const seen = new Set<string>();
    for (const row of rows) {
      const history = row['h'] as string[];
      expect(history[0]).toBe('created');
      history.slice(1).forEach((state, i) => expect(nextOf(history[i] ?? '')).toContain(state));
      for (const state of history) seen.add(state);
    }
    expect(seen).toEqual(new Set(['created', 'paid', 'cancelled', 'packed', 'refunded', 'shipped', 'delivered']));
    expect(await codesOf([field('s', 'state_machine', { transitions, start: 'lost' })])).toEqual(['invalid_option']);
  });
});

describe('a time series', () => {
  it('follows base, trend and season, with noise on top', async () => {
    const options = { base: 10, trend: 0.5, period: 8, amplitude: 3, noise: 0, decimals: 3 };
    const rows = await rowsOf([field('v', 'time_series', options)], 100);
    rows.forEach((row, i) => expect(row['v']).toBeCloseTo(10 + 0.5 * i + 3 * Math.sin((2 * Math.PI * i) / 8), 2));
    const noisy = await rowsOf([field('v', 'time_series', { ...options, noise: 2 })], 5000);
    const off = noisy.map((row, i) => Number(row['v']) - (10 + 0.5 * i + 3 * Math.sin((2 * Math.PI * i) / 8)));
    const deviation = Math.sqrt(off.reduce((sum, x) => sum + x * x, 0) / off.length);
    expect(deviation).toBeGreaterThan(1.9);
    expect(deviation).toBeLessThan(2.1);
  });
});

describe('a sample', () => {
  it('takes the same record for all fields of a source, and whole records', async () => {
    const from = { from: 'customers.csv' };
    const rows = await rowsOf([
      field('number', 'sample', { ...from, column: 'number' }),
      field('name', 'sample', { ...from, column: 'name' }),
      field('all', 'sample', from),
    ]);
    for (const { number, name, all } of rows) expect(all).toEqual({ number, name });
    expect(new Set(rows.map(({ number }) => number)).size).toBe(50);
  });

  it('goes through the source in order, or takes each once', async () => {
    const source = { from: 'customers.csv', column: 'number' };
    const ordered = await rowsOf([field('n', 'sample', { ...source, order: 'sequential' })], 120);
    expect(ordered.map(({ n }) => n)).toEqual(Array.from({ length: 120 }, (_, i) => `DE-${4700 + (i % 50)}`));
    const unique = await rowsOf([field('n', 'sample', { ...source, unique: true })], 50);
    expect(new Set(unique.map(({ n }) => n)).size).toBe(50);
  });

  it('names what is missing', async () => {
    const fields = [field('a', 'sample', { from: 'x' })];
    expect(parseTemplate({ fields })).toMatchObject({
      diagnostics: [{ code: 'resource_not_found', pointer: '/fields/0/options/from' }],
    });
    const resources = new Map([['x', [{ id: 1 }]]]);
    const wrong = parseTemplate({ fields: [field('a', 'sample', { from: 'x', column: 'idd' })] }, { resources });
    expect(wrong).toMatchObject({ diagnostics: [{ code: 'unknown_column', hint: 'did you mean "id"?' }] });
  });
});

describe('types that need a worker', () => {
  it('are checked, and refused by the engine alone', async () => {
    expect(await codesOf([field('p', 'python', { code: 'def value(rng, row, dm): return 1' })])).toEqual([
      'needs_a_worker',
    ]);
    expect(await codesOf([field('p', 'python')])).toEqual(['missing_option']);
  });
});
