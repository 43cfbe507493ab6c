import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { parseFormat } from '../format/format-options.ts';
import { generateFile } from '../rows/generate-file.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { importSchema } from './import-schema.ts';
import { makeWorkbook } from './xlsx/testing/make-workbook.ts';

/** A workbook as the engine writes it. */
async function written(fields: readonly object[], rows: number): Promise<Uint8Array> {
  const template = parseTemplate({ fields });
  const format = parseFormat({ format: 'xlsx' });
  if (!template.ok || !format.ok) throw new Error('a good template was refused');
  const plan = await compileTemplate(template.value, { seed: 'x' });
  if (!plan.ok) throw new Error('a good template was refused');
  const chunks: Uint8Array[] = [];
  for await (const chunk of generateFile(plan.value, format.value, 0, rows)) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}
const imported = async (bytes: Uint8Array, entity?: string) => {
  const result = await importSchema(bytes, entity === undefined ? {} : { entity });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};
const row = (...cells: (string | number | undefined)[]): string =>
  `<row>${cells.map((cell) => (cell === undefined ? '<c/>' : typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="str"><v>${cell}</v></c>`)).join('')}</row>`;

describe('a spreadsheet as a sample', () => {
  it('written by the engine gives the types that it was written from, and its kind is recognised', async () => {
    const fields = [
      { name: 'id', type: 'sequence' },
      { name: 'key', type: 'uuid' },
      { name: 'mail', type: 'email' },
      { name: 'tier', type: 'enum', options: { values: ['gold', 'silver'], null_percentage: 30 } },
      { name: 'factor', type: 'float', options: { min: 5, max: 9, decimals: 2 } },
      { name: 'active', type: 'boolean' },
      { name: 'since', type: 'date', options: { min: '2020-01-01', max: '2024-12-31' } },
      { name: 'seen', type: 'datetime', options: { min: '2020-01-01', max: '2024-12-31' } },
      { name: 'at', type: 'time' },
    ];
    const { kind, templates, notices } = await imported(await written(fields, 3000));
    expect(kind).toBe('xlsx');
    expect(notices).toEqual([]);
    expect(templates).toMatchObject([
      {
        name: 'Sheet1',
        fields: fields.map(({ name, type }) => ({ name, type })),
      },
    ]);
    const options = Object.fromEntries((templates[0]?.fields ?? []).map((field) => [field.name, field.options]));
    expect(options).toMatchObject({
      tier: { values: expect.arrayContaining(['gold', 'silver']) },
      factor: { decimals: 2 },
    });
  });

  it('gives a template of each sheet that has rows; empty and hidden ones are told', async () => {
    const workbook = (await import('../file/xlsx/workbook.ts')).workbookParts(['One', 'Two', 'Void', 'Secret']);
    const list = workbook.find(([name]) => name === 'xl/workbook.xml')?.[1] ?? '';
    const bytes = makeWorkbook({
      sheets: [row('a') + row(1), row('b', 'c') + row(1, 'x'), '', row('d') + row(1)],
      names: ['One', 'Two', 'Void', 'Secret'],
      others: { 'xl/workbook.xml': list.replace('name="Secret"', 'name="Secret" state="veryHidden"') },
    });
    const { templates, notices } = await imported(bytes);
    expect(templates.map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(notices.map(({ code, subject }) => [code, subject])).toEqual([
      ['hidden_sheet', 'Secret'],
      ['nothing_to_import', 'Void'],
    ]);
    expect((await imported(bytes, 'secret')).templates).toMatchObject([{ name: 'Secret', fields: [{ name: 'd' }] }]);
    expect(await importSchema(bytes, { entity: 'Tow' })).toMatchObject({
      diagnostics: [{ code: 'entity_not_found', pointer: '/entity', hint: 'did you mean "Two"?' }],
    });
  });

  it('tells of columns without a name, of errors, and of rows beyond the limit', async () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => row(i, undefined, i)).join('');
    const bytes = makeWorkbook({ sheets: [`${row('id')}<row><c t="e"><v>#REF!</v></c><c><v>1</v></c></row>${rows}`] });
    const { templates, notices } = await imported(bytes);
    expect(templates).toMatchObject([{ fields: [{ name: 'id' }] }]);
    expect(notices.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'sample_cut: the first 10000 rows are looked at',
      'cell_errors: 1 cells have an error such as #N/A: they count as empty',
      'unnamed_columns: 2 columns have values but no name: they are left out',
    ]);
  });
});
