import { describe, expect, it } from 'vitest';
import { type ImportOptions, importSchema } from './import-schema.ts';

const codeOf = async (source: string | Uint8Array, options: ImportOptions = {}): Promise<string> => {
  const result = await importSchema(source, options);
  return result.ok ? 'ok' : result.diagnostics.map(({ code }) => code).join();
};
const fieldsOf = async (source: string, options: ImportOptions = {}) => {
  const result = await importSchema(source, options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value.templates[0]?.fields;
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const TABLE = 'CREATE TABLE t (id int PRIMARY KEY, name varchar(40))';

describe('sources', () => {
  it('are read in UTF-8, with or without byte order mark, and in UTF-16 with one', async () => {
    const wide = new Uint8Array([0xff, 0xfe, ...[...TABLE].flatMap((c) => [c.charCodeAt(0), 0])]);
    const wideBig = new Uint8Array([0xfe, 0xff, ...[...TABLE].flatMap((c) => [0, c.charCodeAt(0)])]);
    for (const source of [TABLE, utf8(TABLE), utf8(`\uFEFF${TABLE}`), `\uFEFF${TABLE}`, wide, wideBig])
      expect(await codeOf(source)).toBe('ok');
  });

  it.each([
    ['empty', '', 'empty_source'],
    ['blank', ' \n\t', 'empty_source'],
    ['not UTF-8', new Uint8Array([0x43, 0xff, 0xff, 0x20]), 'invalid_encoding'],
    ['binary', 'PK\u0003\u0004\0\0', 'invalid_encoding'],
    ['prose', 'hello world', 'kind_not_recognised'],
  ])('that are %s are refused', async (_, source, code) => {
    expect(await codeOf(source)).toBe(code);
  });

  it('of more than 10 MiB are refused unread', async () => {
    const statement = `${TABLE};\n`;
    expect(await codeOf(statement.repeat(Math.ceil((100 * 1024 * 1024) / statement.length)))).toBe('import_too_large');
    expect(await codeOf(new Uint8Array(10 * 1024 * 1024 + 1))).toBe('import_too_large');
  });

  it('name their kinds and entities, and a mistyped one gets a hint', async () => {
    expect(await importSchema(TABLE, { kind: 'sql-dll' })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'unknown_kind', hint: expect.stringContaining('did you mean sql-ddl?') }],
    });
    expect(await importSchema(TABLE, { entity: 'T' })).toMatchObject({ ok: true });
    expect(await importSchema('CREATE TABLE customers (a int)', { entity: 'custmers' })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'entity_not_found', hint: 'did you mean "customers"?' }],
    });
    expect(await importSchema('a,b\n1,2\n', { entity: 'rows' })).toMatchObject({
      ok: true,
      value: { templates: [{ name: 'rows' }] },
    });
  });
});

describe('malformed sources', () => {
  it.each([
    ['json', '[{"a": 1}, {"a": ', 'invalid_source'],
    ['json', '{"a": 1}\n{"a": \n', 'invalid_source'],
    ['json', '[1, 2]', 'nothing_to_import'],
    ['json', '{}', 'nothing_to_import'],
    ['json-schema', '{"type": "object", "properties": {', 'invalid_source'],
    ['json-schema', '[]', 'invalid_source'],
    ['json-schema', '{"$defs": {"a": {"type": "string"}}}', 'nothing_to_import'],
    ['openapi', '{"openapi": "3.1.0"}', 'nothing_to_import'],
    ['openapi', '{"swagger": "2.0"}', 'invalid_source'],
    ['openapi', 'openapi: 3.1.0\ncomponents:\n\tschemas: x', 'invalid_source'],
    ['avro', '{"type": "record", "name": "A"}', 'invalid_source'],
    ['avro', '{"type": "record", "name": "A", "fields": [{"name": "x"}]}', 'invalid_source'],
    ['avro', '"string"', 'nothing_to_import'],
    ['prisma', 'model User {\n id Int @id\n', 'invalid_source'],
    ['prisma', 'enum A { B }', 'nothing_to_import'],
    ['dbt', 'models:\n  - columns: []', 'invalid_source'],
    ['dbt', 'models: 5', 'invalid_source'],
    ['dbt', 'version: 2', 'nothing_to_import'],
    ['dbt', 'models: [', 'invalid_source'],
    ['edmx', '<Edmx><DataServices><Schema>', 'invalid_source'],
    ['edmx', '<Edmx/>', 'invalid_source'],
    ['edmx', '<Schema Namespace="a"/>', 'nothing_to_import'],
    [
      'edmx',
      '<Schema><EntityType Name="A"><Property Name="x" Type="&undefined;"/></EntityType></Schema>',
      'invalid_source',
    ],
    ['csv', 'a,b\n', 'nothing_to_import'],
    ['csv', '1,2\n3,4\n', 'invalid_source'],
    ['csv', 'a,b\n"x,1\n', 'invalid_source'],
    ['sql-ddl', 'SELECT 1', 'nothing_to_import'],
    ['sql-ddl', 'CREATE TABLE', 'nothing_to_import'],
    ['sql-ddl', 'CREATE TABLE t ()', 'nothing_to_import'],
  ])('of kind %s: %j', async (kind, source, code) => {
    expect(await codeOf(source, { kind })).toBe(code);
  });

  it('tell of SQL that ends in the middle', async () => {
    const result = await importSchema("CREATE TABLE t (id int, name varchar(10) DEFAULT 'x");
    expect(result).toMatchObject({
      ok: true,
      value: {
        notices: expect.arrayContaining([expect.objectContaining({ code: 'unclosed', line: 1, subject: 't' })]),
      },
    });
  });
});

describe('bombs', () => {
  it.each([
    ['json', '['.repeat(5_000_000)],
    ['json', `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
    ['json-schema', `${'{"items":'.repeat(200)}{}${'}'.repeat(200)}`],
    ['openapi', `openapi: 3.1.0\nx: ${'['.repeat(20_000)}`],
    ['dbt', `models: ${'[ '.repeat(100_000)}`],
    ['dbt', `models:\n${'- '.repeat(100_000)}a`],
    ['dbt', `models:\n${Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}`],
    ['edmx', `${'<a>'.repeat(100_000)}`],
    ['edmx', `<Schema><EntityType Name="A">${'<Property Name="p" Type="Edm.String"/>'.repeat(170_000)}`],
    ['sql-ddl', Array.from({ length: 1001 }, (_, i) => `CREATE TABLE t${i} (a int);`).join('\n')],
    ['sql-ddl', `CREATE TABLE t (${Array.from({ length: 20_001 }, (_, i) => `c${i} int`).join()})`],
    ['sql-ddl', `CREATE TABLE t (a int CHECK (${'('.repeat(1_000_000)}`],
    ['prisma', `model A {\n a Int @default(${'['.repeat(10_000)})\n}`],
  ])('of kind %s with much of the same are refused', async (kind, source) => {
    expect(await codeOf(source, { kind })).toBe('import_too_large');
  });

  it.each([
    ['rows in one statement', `${TABLE}; INSERT INTO t VALUES ${"(1, 'abc'),".repeat(300_000)}`, 'sql-ddl', 'ok'],
    ['words that begin statements', 'CREATE '.repeat(500_000), 'sql-ddl', 'import_too_large'],
    [
      'quotes that are never closed',
      `${TABLE}; ${Array.from({ length: 300_000 }, (_, i) => `$a${i}$ `).join('')}`,
      'sql-ddl',
      'ok',
    ],
    ['lists on one line', `models:\n${'a: &b '.repeat(100_000)}`, 'dbt', 'import_too_large'],
    ['keys', `models:\n${Array.from({ length: 60_000 }, (_, i) => ` k${i}: 1\n`).join('')}`, 'dbt', 'invalid_source'],
    ['cells with wrong quotes', `a,b\n${'"a" "'.repeat(1000)}\n${'"a" "\n'.repeat(500_000)}`, 'csv', 'invalid_source'],
  ])('of %s take time by their length, not by its square', async (_, source, kind, code) => {
    expect(await codeOf(source, { kind })).toBe(code);
  });

  it('of YAML aliases are refused', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const levels = names.slice(1).map((name, i) => `${name}: &${name} [${Array(9).fill(`*${names[i]}`).join()}]`);
    expect(await codeOf(`a: &a ["lol"]\n${levels.join('\n')}\nmodels: *i\n`, { kind: 'dbt' })).toBe('import_too_large');
  });

  it('of XML entities are refused with every document type', async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><Schema a="&lol2;"/>`;
    expect(await codeOf(laughs)).toBe('doctype_refused');
    expect(await codeOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toBe('doctype_refused');
  });

  it('of schemas that refer to each other twice as often at each step are refused', async () => {
    const defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `s${i}`,
        { type: 'object', properties: { a: { $ref: `#/$defs/s${i + 1}` }, b: { $ref: `#/$defs/s${i + 1}` } } },
      ]),
    );
    const schema = {
      type: 'object',
      properties: { x: { $ref: '#/$defs/s0' } },
      $defs: { ...defs, s40: { type: 'string' } },
    };
    expect(await codeOf(JSON.stringify(schema))).toBe('import_too_large');
    const all = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `s${i}`,
        { allOf: [{ $ref: `#/$defs/s${i + 1}` }, { $ref: `#/$defs/s${i + 1}` }] },
      ]),
    );
    expect(
      await codeOf(JSON.stringify({ $ref: '#/$defs/s0', $defs: { ...all, s40: { type: 'object' } } }), {
        kind: 'json-schema',
      }),
    ).toBe('import_too_large');
  });

  it('of the same kind in Avro, Prisma and EDMX are refused', async () => {
    const records = Array.from({ length: 40 }, (_, i) => ({
      type: 'record',
      name: `r${i}`,
      fields: [
        { name: 'a', type: i === 0 ? 'int' : `r${i - 1}` },
        { name: 'b', type: i === 0 ? 'int' : `r${i - 1}` },
      ],
    }));
    expect(await codeOf(JSON.stringify(records), { kind: 'avro' })).toBe('import_too_large');
    const types = Array.from({ length: 40 }, (_, i) => `type T${i} {\n a T${i + 1}\n b T${i + 1}\n}`).join('\n');
    expect(await codeOf(`${types}\ntype T40 {\n a Int\n}\nmodel M {\n t T0\n}`)).toBe('import_too_large');
    const complex = Array.from(
      { length: 40 },
      (_, i) =>
        `<ComplexType Name="C${i}"><Property Name="a" Type="N.C${i + 1}"/><Property Name="b" Type="N.C${i + 1}"/></ComplexType>`,
    ).join('');
    expect(
      await codeOf(
        `<Schema Namespace="N">${complex}<EntityType Name="E"><Property Name="c" Type="N.C0"/></EntityType></Schema>`,
      ),
    ).toBe('import_too_large');
  });
});

describe('notices', () => {
  it('speak of the entity that was asked for, and of the source as a whole', async () => {
    const result = await importSchema('CREATE TABLE a (x point); CREATE TABLE b (y point); SET z = 1;', {
      entity: 'b',
    });
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(result.value.notices.map(({ subject }) => subject)).toEqual(['b.y', undefined]);
  });

  it('are counted when they repeat, and end at a thousand with the number of the rest', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `CREATE TABLE t${i % 900} (a point, CHECK (f${i}(a)));`).join(
      '\n',
    );
    const result = await importSchema(many);
    if (!result.ok) throw new Error();
    expect(result.value.notices).toHaveLength(1001);
    expect(result.value.notices.at(-1)).toMatchObject({
      code: 'more_notices',
      message: expect.stringMatching(/^\d+ more notices/),
    });
  });
});

describe('short columns', () => {
  it('are filled, though null is longer than they are', async () => {
    const fields = await fieldsOf('CREATE TABLE t (a char(1), b varchar(2), c varchar(3) UNIQUE)');
    expect(fields?.map(({ type }) => type)).toEqual(['regex', 'regex', 'regex']);
  });
});

describe('names', () => {
  it('that a template cannot have are changed, and that is told', async () => {
    const source = JSON.stringify([
      { 'a\nb': 'x', '': 'y', [`n${'x'.repeat(300)}`]: 'z', '\ud800': 'w', constructor: 'c', __proto__x: 1 },
    ]);
    const result = await importSchema(source);
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    expect(result.value.templates[0]?.fields.map(({ name }) => name)).toEqual([
      'a b',
      'column_2',
      `n${'x'.repeat(199)}`,
      '\ufffd',
      'constructor',
      '__proto__x',
    ]);
    expect(result.value.notices.filter(({ code }) => code === 'name_changed')).toHaveLength(4);
  });

  it('of columns decide where the declared type leaves room', async () => {
    const fields = await fieldsOf(
      'CREATE TABLE customers (name text NOT NULL, billing_city varchar(100) NOT NULL, email char(5) NOT NULL, price numeric(4,1) NOT NULL, phone bigint NOT NULL)',
    );
    expect(fields?.map(({ type }) => type)).toEqual(['full_name', 'city', 'regex', 'currency', 'number']);
  });
});

describe('samples', () => {
  it('never give a value that could be somebody\u2019s to the template', async () => {
    const people = ['Anna', 'Ben', 'Carla'];
    const rows = Array.from({ length: 60 }, (_, i) => ({
      contact: people[i % 3],
      who: people[i % 3],
      pet: people[i % 3]?.toLowerCase(),
      mail: `${people[i % 3]}@mail.test`,
      phone: '+49 30 1234567',
      person: 'Anna Becker',
      iban: 'DE02120300000000202051',
      code: `KD-${1000 + i}`,
    }));
    const result = await importSchema(JSON.stringify(rows));
    const written = JSON.stringify(result.ok ? result.value.templates : result);
    for (const value of [...people, 'anna', 'Becker', '@mail', '1234567', 'DE0212', 'KD-'])
      expect(written).not.toContain(value);
  });

  it('keep short closed sets with their weights, bounds and shares of nulls', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i % 4 === 0 ? 'gold' : 'silver'},${i * 3},${i % 5 === 0 ? '' : '2024-02-10'}`,
    );
    expect(await fieldsOf(`level,points,day\n${rows.join('\n')}\n`)).toEqual([
      { name: 'level', type: 'enum', options: { values: ['gold', 'silver'], weights: [10, 30] } },
      { name: 'points', type: 'number', options: { min: 0, max: 117 } },
      { name: 'day', type: 'date', options: { min: '2024-02-10', max: '2024-02-10', null_percentage: 20 } },
    ]);
  });
});
