import { describe, expect, it } from 'vitest';
import { importSchema } from '../import-schema.ts';
import { measureField } from '../measure-field.ts';
import { PLAIN_TYPES, plainType } from './field-types.ts';
import { isoDate } from './iso-date.ts';

const imported = async (document: unknown, kind?: string) => {
  const result = await importSchema(JSON.stringify(document), kind === undefined ? {} : { kind });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

describe('schemas of Mockaroo', () => {
  it('have types that are made by types of ours', async () => {
    for (const name of Object.keys(PLAIN_TYPES)) {
      const draft = plainType(name.toUpperCase());
      expect(draft !== undefined && (await measureField(draft)).ok, name).toBe(true);
    }
  });

  it('are recognised, and their fields as the API takes them are imported when their kind is named', async () => {
    const columns = [{ name: 'Town', type: 'City', percentBlank: 20 }];
    const fields = [{ name: 'Town', type: 'city', options: { null_percentage: 20 } }];
    const schema = await imported({ name: 'Places', num_rows: 5, columns });
    expect(schema).toMatchObject({ kind: 'mockaroo', templates: [{ name: 'Places', fields }], notices: [] });
    expect((await imported(columns, 'mockaroo')).templates).toMatchObject([{ name: 'imported', fields }]);
  });

  it('become objects and lists where names have points', async () => {
    const { templates } = await imported({
      file_format: 'json',
      columns: [
        { name: 'a.b.c', type: 'City' },
        { name: 'a.b.d', type: 'Country' },
        { name: 'list', type: 'JSON Array', minItems: 2, maxItems: 3 },
        { name: 'list.e', type: 'Row Number' },
      ],
    });
    const inner = { name: 'b', type: 'template', options: { fields: [{ name: 'c' }, { name: 'd' }] } };
    expect(templates[0]?.fields).toMatchObject([
      { name: 'a', type: 'template', options: { fields: [inner] } },
      { name: 'list', options: { array: true, count: { min: 2, max: 3 }, fields: [{ name: 'e' }] } },
    ]);
  });

  it('have dates with the month first', () => {
    expect(['3/9/2026', '2026-03-09', '13/40/2026', '', 5].map(isoDate)).toEqual([
      '2026-03-09',
      '2026-03-09',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
