import { expect, it } from 'vitest';
import TYPES from './data/mockaroo-types.json' with { type: 'json' };
import { importSchema } from './import-schema.ts';

const read = (source: unknown) => importSchema(JSON.stringify(source), { kind: 'mockaroo' });

it('makes a field of the type that is listed for each name of Mockaroo, and tells nothing', async () => {
  const columns = Object.keys(TYPES).map((type, index) => ({ name: `column_${index}`, type }));
  const result = await read(columns);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  expect(result.value.notices).toEqual([]);
  expect(result.value.templates[0]?.fields.map(({ type }) => type)).toEqual(Object.values(TYPES));
});

it.each([
  ['an object without columns', { name: 'Users' }, 'invalid_source'],
  ['no object', 7, 'invalid_source'],
  ['no columns at all', { columns: [] }, 'nothing_to_import'],
  ['columns that are none', [1, null, { name: 'a' }, { type: 'City' }], 'nothing_to_import'],
])('refuses %s', async (_, source, code) => {
  expect(await read(source)).toMatchObject({ ok: false, diagnostics: [{ code }] });
});

it.each([
  { type: 'Number', min: 'x', max: null, decimals: -1 },
  { type: 'Number', min: 50, max: 1 },
  { type: 'Number', min: 1e300, max: 2e300, decimals: 40 },
  { type: 'Custom List', values: [] },
  { type: 'Custom List', values: [{}, null, ['a']] },
  { type: 'Datetime', min: '13/45/2020', max: '2/30/0001', format: '%Q' },
  { type: 'Datetime', min: '1/1/2025', max: '1/1/2024' },
  { type: 'Regular Expression', value: '(?<=a)b(' },
  { type: 'Sequence', start: 1e20, step: 0 },
  { type: 'constructor' },
  { type: 'City', percentBlank: 'all' },
])('makes a template that compiles of %j', async (column) => {
  const result = await read([{ name: 'a', ...column }]);
  expect(result).toMatchObject({ ok: true, value: { templates: [{ fields: [{ name: 'a' }] }] } });
});
