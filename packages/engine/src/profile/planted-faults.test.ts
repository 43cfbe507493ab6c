import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { RESOURCES, type TestField } from '../types/testing/compiled.ts';
import { countriesOf } from './countries-of.ts';
import type { Check } from './profile.ts';
import { Profiler } from './profiler.ts';

const NOW = Date.UTC(2026, 0, 1);
const ROWS = 5000;

type Row = Record<string, unknown>;
type Change = (value: unknown, i: number, row: Row) => unknown;

const once =
  (value: unknown): Change =>
  (right, i) =>
    i === 77 ? value : right;

/** Every so many rows the value of the first of them: one that comes too often. */
const often =
  (every: number, value: unknown): Change =>
  (right, i) =>
    i % every === 0 ? value : right;

const field = (type: string, options: object = {}): TestField => ({ name: 'v', type, options: { ...options } });

const STATES = { new: { open: 3, closed: 1 }, open: ['closed', 'new'] };
const CASES = { a: { type: 'http_status' }, b: { type: 'city' } };
const SWITCH = [
  { name: 'kind', type: 'enum', options: { values: ['a', 'b'] } },
  { name: 'v', type: 'switch', options: { field: 'kind', cases: CASES, default: { type: 'null' } } },
];
const PARENT = { template_id: 'parent', field: 'id' };

const faults: readonly [string, readonly TestField[], string, Change][] = [
  ['a pattern', [field('email')], 'pattern', once('anna@@example.com')],
  ['a pattern of digits', [field('ipv4')], 'pattern', once('10.0.0.256')],
  ['a length', [field('email')], 'length', once(`${'a'.repeat(400)}@example.com`)],
  ['a checksum', [field('iban')], 'checksum', once('DE89370400440532013001')],
  ['a checksum of Luhn', [field('credit_card_number')], 'checksum', once('4111111111111112')],
  ['a checksum of Verhoeff', [field('aadhaar')], 'checksum', once('234123412347')],
  ['a checksum of letters', [field('dni')], 'checksum', once('12345678A')],
  ['a code that stands for nothing', [field('country_code')], 'except', once('XX')],
  ['a text of too many words', [field('words', { count: 3 })], 'parts', once('lorem ipsum dolor sit')],
  ['a value out of a short list', [field('department')], 'values', once('Sorcery')],
  ['a value out of a long list', [field('first_name')], 'form', once('Xqzzt')],
  ['a value out of a list in a text', [field('full_name')], 'form', once('Xqzzt Smith')],
  ['a value of another locale', [field('city', { locale: 'de_DE' })], 'values', once('Chicago')],
  [
    'a value out of the pattern of the template',
    [field('regex', { pattern: '[A-C]{2}-\\d{3}' })],
    'form',
    once('AD-123'),
  ],
  ['a time that no clock shows', [field('time')], 'form', once('24:00:00')],
  ['a uuid of another version', [field('uuid')], 'form', once('6ba7b810-9dad-11d1-80b4-00c04fd430c8')],
  ['too many decimals', [field('float', { min: 0, max: 10, decimals: 2 })], 'form', once(1.234)],
  ['a number out of the range', [field('latitude')], 'max', once(90.5)],
  ['a number out of the range of a type', [field('age')], 'max', once(300)],
  ['a date out of the range', [field('birthdate')], 'min', once('1800-01-01')],
  ['a moment out of the range', [field('regular_time')], 'min', once('1900-01-01T00:00:00Z')],
  ['numbers that lie too high', [field('height_cm')], 'mean', (value) => Number(value) + 1],
  ['numbers of another shape', [field('age')], 'distribution', (_, i) => (i % 2 === 0 ? 30 : 60)],
  ['even weights, skewed', [field('department')], 'weights', often(15, 'Finance')],
  ['given weights, skewed', [field('blood_type')], 'weights', often(15, 'AB-')],
  ['a state that there is not', [field('state_machine', { transitions: STATES })], 'values', once('lost')],
  ['a state that comes too often', [field('state_machine', { transitions: STATES })], 'weights', often(12, 'open')],
  [
    'a step that is not allowed',
    [field('state_machine', { transitions: STATES, output: 'history' })],
    'form',
    once(['new', 'open', 'open']),
  ],
  [
    'values that never come',
    [field('word')],
    'distinct',
    (value, i, row) => (String(value) < 'f' ? (i % 2 === 0 ? 'sit' : row['v2']) : value),
  ],
  [
    'a record that the sample lacks',
    [field('sample', { from: 'customers.csv', column: 'number' })],
    'values',
    once('X'),
  ],
  [
    'a record taken too often',
    [field('sample', { from: 'customers.csv', column: 'number' })],
    'weights',
    often(12, 'DE-4711'),
  ],
  ['a key that the other template lacks', [field('reference', { ...PARENT, rows: 20 })], 'form', once(0)],
  ['one key referred to by most', [field('reference', { ...PARENT, rows: 20 })], 'fan_out', often(8, 3)],
  [
    'a parent with too many rows',
    [field('reference', { ...PARENT, per_parent: { min: 1, max: 3 } })],
    'fan_out',
    often(900, 1),
  ],
  ['a value of the other case', SWITCH, 'form', (value, i, row) => (i < 40 && row['kind'] === 'a' ? 'Chicago' : value)],
  ['an address that is none', [field('bitcoin_address')], 'form', once('1BoatSLRHtKNngkdXEeobR76b53LETtpy0')],
  [
    'a point off the globe',
    [field('coordinates', { format: 'geojson' })],
    'form',
    once({ type: 'Point', coordinates: [4.5, 91] }),
  ],
];

async function checksOf(fields: readonly TestField[], change: Change): Promise<Check[]> {
  const templates = new Map([['parent', { fields: [{ name: 'id', type: 'sequence' }] }]]);
  const parsed = parseTemplate({ fields }, { resources: RESOURCES, templates });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed: 'planted', now: NOW });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const [template, plan] = [parsed.value, compiled.value];
  const profiler = new Profiler({ template, plan, now: NOW, countries: await countriesOf(template) });
  const rows = generateRows(plan, 0, ROWS);
  profiler.addAll(rows.map((row, i) => ({ ...row, v: change(row['v'], i, row) })));
  return profiler.finish().fields.flatMap(({ path, checks }) => (/^v($|\[)/.test(path) ? checks : []));
}

const unchanged: Change = (value) => value;

describe('a profile with what the types promise', () => {
  it.each(faults)('catches %s', async (_, fields, name, change) => {
    const bad = (checks: readonly Check[]) => checks.filter(({ ok }) => !ok).map((check) => check.name);
    expect(bad(await checksOf(fields, unchanged))).toEqual([]);
    expect(bad(await checksOf(fields, change))).toContain(name);
  });

  it('tells the first value that is wrong, and how many are', async () => {
    const checks = await checksOf([field('department')], (value, i) => (i % 1000 === 5 ? `Sorcery ${i}` : value));
    expect(checks.find(({ name }) => name === 'values')).toMatchObject({ expected: 0, got: 5, example: '"Sorcery 5"' });
    expect((await checksOf([field('department')], unchanged)).every((check) => !('example' in check))).toBe(true);
  });

  it('looks at elements of lists, and at the fields of elements', async () => {
    const department = { type: 'department' };
    const list = [field('array', { of: department, count: { min: 1, max: 4 } })];
    const wrong = await checksOf(list, (value, i) => (i === 7 ? ['Sorcery'] : value));
    expect(wrong.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['values']);
    const inner = { fields: [{ name: 'd', ...department }], array: true, count: { min: 1, max: 4 } };
    const nested = await checksOf([field('template', inner)], (value, i) => (i === 7 ? [{ d: 'Sorcery' }] : value));
    expect(nested.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['values']);
  });
});
