import { describe, expect, it } from 'vitest';
import { checkFormat } from './check-format.ts';
import { formatOptionInfos } from './format-option-infos.ts';
import { parseFormat } from './format-options.ts';

describe('format options', () => {
  it.each([
    [{ format: 'cvs' }, 'invalid_format', '/format', /did you mean csv/],
    [{}, 'invalid_format', '/format', /formats: json/],
    [null, 'invalid_format', '/format', /formats: json/],
    [{ format: 'csv', dialect: 'mysql' }, 'unknown_option', '/dialect', /option of sql/],
    [{ format: 'csv', delimeter: ';' }, 'unknown_option', '/delimeter', /did you mean `delimiter`/],
    [{ format: 'json', zip: 1 }, 'unknown_option', '/zip', /none/],
    [{ format: 'csv', delimiter: 'x' }, 'invalid_option', '/delimiter', /tab/],
    [{ format: 'csv', delimiter: 7 }, 'invalid_option', '/delimiter', /between cells/],
    [{ format: 'csv', header: 'no' }, 'invalid_option', '/header', /names/],
    [{ format: 'csv', quoting: 'some' }, 'invalid_option', '/quoting', /quotes/],
    [{ format: 'csv', lineEnding: 'cr' }, 'invalid_option', '/lineEnding', /line/],
    [{ format: 'csv', bom: 1 }, 'invalid_option', '/bom', /byte order/],
    [{ format: 'csv', spreadsheetSafe: 'yes' }, 'invalid_option', '/spreadsheetSafe', /formula/],
    [{ format: 'sql', dialect: 'x' }, 'invalid_option', '/dialect', /SQL/],
    [{ format: 'sql', batch: 0 }, 'invalid_option', '/batch', /rows/],
    [{ format: 'sql', table: '' }, 'invalid_option', '/table', /table/],
    [{ format: 'sql', table: 'a\nb' }, 'invalid_option', '/table', /characters/],
    [{ format: 'sql', createTable: 1 }, 'invalid_option', '/createTable', /CREATE TABLE/],
    [{ format: 'sql', upsert: 'id' }, 'invalid_option', '/upsert', /identify/],
    [{ format: 'sql', upsert: [] }, 'invalid_option', '/upsert', /list of names/],
    [{ format: 'xml', root: 'a b' }, 'invalid_option', '/root', /letters/],
    [{ format: 'xml', row: '' }, 'invalid_option', '/row', /letters/],
    [{ format: 'xlsx', sheet: 'a/b' }, 'invalid_option', '/sheet', /leave out/],
    [{ format: 'xlsx', sheet: 'x'.repeat(32) }, 'invalid_option', '/sheet', /name of the sheet/],
    [{ format: 'xlsx', sheet: 'History' }, 'invalid_option', '/sheet', /History/],
    [{ format: 'xlsx', freeze: 'no' }, 'invalid_option', '/freeze', /header/],
    [{ format: 'parquet', compression: 'zip' }, 'invalid_option', '/compression', /compressed/],
    [{ format: 'parquet', rowGroup: 0 }, 'invalid_option', '/rowGroup', /row group/],
    [{ format: 'avro', rowGroup: 5 }, 'unknown_option', '/rowGroup', /option of parquet/],
    [{ format: 'avro', compression: 'snappy' }, 'invalid_option', '/compression', /compressed/],
    [{ format: 'custom' }, 'missing_option', '', /row becomes/],
    [{ format: 'custom', line: '{{id' }, 'invalid_option', '/line', /braces/],
    [{ format: 'custom', line: 'x', values: 'yaml' }, 'invalid_option', '/values', /written/],
    [{ format: 'sql', upsert: [1] }, 'invalid_option', '/upsert', /list of names/],
  ])('%j is refused', (given, code, pointer, hint) => {
    const parsed = parseFormat(given);
    expect(parsed.ok ? [] : parsed.diagnostics).toMatchObject([{ code, pointer, hint: expect.stringMatching(hint) }]);
  });

  it('are refused all at once', () => {
    const parsed = parseFormat({ format: 'sql', batch: -1, dialect: 3, bom: true, tabel: 'x' });
    const pointers = parsed.ok ? [] : parsed.diagnostics.map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(['/batch', '/bom', '/dialect', '/tabel']);
  });

  it('have their defaults when they are not given, or null', () => {
    const parsed = parseFormat({ format: 'csv', delimiter: null, header: undefined });
    expect(parsed).toMatchObject({ ok: true, value: { format: 'csv', delimiter: ',', header: true, bom: false } });
  });

  it('name fields of the template', () => {
    const plan = { fields: [{ name: 'id', path: '/id', program: { kind: 'boolean' } }] } as never;
    expect(checkFormat({ format: 'sql', upsert: ['id'] }, plan)).toEqual([]);
    expect(checkFormat({ format: 'sql', upsert: ['id', 'ib'] }, plan)).toMatchObject([
      { code: 'unknown_field', pointer: '/upsert/1', hint: 'did you mean "id"?' },
    ]);
    expect(checkFormat({ format: 'custom', line: '{{id}},{{ie}}' }, plan)).toMatchObject([
      { code: 'unknown_field', pointer: '/line', message: 'the template has no field "ie"' },
    ]);
  });

  it('mean the same kind of value in every format that has them', () => {
    const kinds = Map.groupBy(formatOptionInfos(), ({ name }) => name);
    for (const [name, options] of kinds)
      expect([name, new Set(options.map(({ kind }) => kind)).size]).toEqual([name, 1]);
  });
});
