import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { type Imported, importSchema } from './import-schema.ts';

/** Every template parses, compiles and gives rows; the rows of the first. */
async function rowsOf(source: string, kind: string): Promise<{ rows: Record<string, unknown>[]; imported: Imported }> {
  const result = await importSchema(source, { kind });
  if (!result.ok) throw new Error(`${JSON.stringify(result.diagnostics)}\n${source}`);
  let first: Record<string, unknown>[] | undefined;
  for (const template of result.value.templates) {
    const parsed = parseTemplate(template);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const plan = await compileTemplate(parsed.value, { seed: 'x' });
    if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
    first ??= generateRows(plan.value, 0, Math.min(20, plan.value.capacity));
  }
  return { rows: first ?? [], imported: result.value };
}

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/),
  fc.constantFrom(
    'email',
    'first_name',
    'price',
    'zip',
    'state',
    'country',
    'age',
    'order_no',
    'created_at',
    'phone',
    'name',
    'rating',
    'id',
  ),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 8 });
const size = fc.integer({ min: 1, max: 60 });

const sqlType = fc.oneof(
  fc.constantFrom(
    'int',
    'bigint',
    'smallint',
    'tinyint(1)',
    'text',
    'date',
    'timestamp(3) with time zone',
    'time',
    'boolean',
    'uuid',
    'double precision',
    'jsonb',
    'bytea',
    'int unsigned',
    'integer[]',
    'money',
    'frobnicate(3)',
    'year',
  ),
  size.map((n) => `varchar(${n})`),
  size.map((n) => `char(${n})`),
  fc
    .tuple(fc.integer({ min: 1, max: 38 }), fc.integer({ min: 0, max: 20 }))
    .map(([p, s]) => `numeric(${p},${Math.min(p, s)})`),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z']{1,6}$/), { minLength: 1, maxLength: 4 })
    .map((values) => `enum(${values.map((v) => `'${v.replaceAll("'", "''")}'`).join()})`),
);
const sqlColumn = fc.tuple(
  sqlType,
  fc.subarray([
    'NOT NULL',
    'UNIQUE',
    'DEFAULT (1 + 2)',
    "COMMENT 'a, b'",
    'REFERENCES other (id) ON DELETE SET NULL',
    'CHECK (x > 0)',
    'WEIRD',
  ]),
);

/** A JSON Schema with what an instance must be like, as far as a type and its bounds say. */
const jsonSchema: fc.Memo<object> = fc.memo((depth) => {
  const scalar = fc.oneof(
    fc.record(
      {
        type: fc.constant('string'),
        minLength: fc.integer({ min: 0, max: 10 }),
        maxLength: fc.integer({ min: 10, max: 40 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('integer'),
        minimum: fc.integer({ min: -1000, max: 0 }),
        maximum: fc.integer({ min: 0, max: 1000 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('number'),
        exclusiveMinimum: fc.integer({ min: -50, max: 0 }),
        maximum: fc.integer({ min: 1, max: 99 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant(['boolean', 'null']) }),
    fc.record({
      enum: fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 5 }),
    }),
    fc.record({ const: fc.jsonValue() }),
    fc.record({
      type: fc.constant('string'),
      format: fc.constantFrom('date', 'date-time', 'email', 'uuid', 'ipv6', 'hostname', 'made-up'),
    }),
    fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^[A-Z]{3}-\\d+$', '(?<=x)y', 'a|b', '') }),
    fc.constant({ $ref: '#' }),
    fc.constant({}),
  );
  if (depth <= 1) return scalar;
  const inner = jsonSchema(depth - 1);
  const object = names.chain((keys) =>
    fc
      .record(Object.fromEntries(keys.map((key) => [key, inner])))
      .map((properties) => ({ type: 'object', properties })),
  );
  const array = fc.record(
    {
      type: fc.constant('array'),
      items: inner,
      minItems: fc.integer({ min: 0, max: 3 }),
      maxItems: fc.integer({ min: 3, max: 200 }),
    },
    { requiredKeys: ['type', 'items'] },
  );
  const several = fc.record({ anyOf: fc.array(inner, { minLength: 1, maxLength: 3 }) });
  return fc.oneof(
    scalar,
    object,
    array,
    several,
    fc.record({ allOf: fc.array(object, { maxLength: 2, minLength: 1 }) }),
  );
});

describe('templates of random schemas', () => {
  it('of SQL parse, compile, and keep to the declared lengths', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.array(sqlColumn, { minLength: 8, maxLength: 8 }), async (columns, types) => {
        const lines = columns.map((column, i) => `"${column}" ${types[i]?.[0]} ${types[i]?.[1].join(' ')}`);
        const { rows, imported } = await rowsOf(`CREATE TABLE t (${lines.join(',\n')});`, 'sql-ddl');
        expect(imported.templates[0]?.fields.map(({ name }) => name)).toEqual(columns);
        columns.forEach((column, i) => {
          const length = /char\((\d+)\)/.exec(types[i]?.[0] ?? '')?.[1];
          for (const row of rows) {
            const value = row[column];
            if (value === null) expect(types[i]?.[1]).not.toContain('NOT NULL');
            else if (length !== undefined) expect(String(value).length).toBeLessThanOrEqual(Number(length));
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('of JSON Schema parse, compile, and give values of the declared type and bounds', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.array(jsonSchema(3), { minLength: 8, maxLength: 8 }), async (keys, schemas) => {
        const properties = Object.fromEntries(keys.map((key, i) => [key, schemas[i]]));
        const { rows, imported } = await rowsOf(
          JSON.stringify({ type: 'object', properties, required: keys }),
          'json-schema',
        );
        const told = new Set(imported.notices.map(({ subject }) => subject));
        for (const row of rows)
          for (const [i, key] of keys.entries())
            check(row[key], schemas[i] as Record<string, unknown>, told.has(`imported.${key}`));
      }),
      { numRuns: 25 },
    );
  });

  it('of samples parse and compile, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 6 }), {
          minLength: 1,
          maxLength: 8,
        }),
        async (rows) => {
          const result = await importSchema(JSON.stringify(rows), { kind: 'json' });
          if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
          for (const template of result.value.templates) expect(parseTemplate(template)).toMatchObject({ ok: true });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of any text in any kind are templates or a diagnostic, never an exception', async () => {
    const word = fc.constantFrom(
      'CREATE TABLE ',
      'a',
      'b',
      ' int',
      '(',
      ')',
      ',',
      "'",
      '"',
      '`',
      '[',
      ']',
      '{',
      '}',
      '\n',
      ' ',
      ':',
      '- ',
      '<',
      '>',
      '/',
      'Schema',
      'EntityType',
      'Name="x"',
      'model ',
      '@id',
      '@@id',
      'models:',
      '&a',
      '*a',
      '$$',
      '--',
      '/*',
      'CHECK',
      'DEFAULT',
      'PRIMARY KEY',
      '1',
      ';',
      '"$ref":"#"',
      '"type":"record"',
      '"num_rows":1,"columns":[{"name":"a","type":"Number","min":',
      '"fields":',
      '{"a":"faker.person.firstName(',
      '\ud83d\ude00',
      '\\',
    );
    const text = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(''));
    const kind = fc.constantFrom(
      'sql-ddl',
      'json-schema',
      'openapi',
      'avro',
      'prisma',
      'dbt',
      'edmx',
      'mockaroo',
      'faker',
      'csv',
      'json',
      undefined,
    );
    await fc.assert(
      fc.asyncProperty(text, kind, async (source, given) => {
        const result = await importSchema(source, given === undefined ? {} : { kind: given });
        if (result.ok)
          for (const template of result.value.templates) expect(parseTemplate(template)).toMatchObject({ ok: true });
        else expect(result.diagnostics).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });
});

/** What a schema of the test above says of a value; a notice may have excused it. */
function check(value: unknown, schema: Record<string, unknown>, excused: boolean): void {
  if (value === null || excused) return;
  if (schema['type'] === 'integer') {
    expect(Number.isSafeInteger(value)).toBe(true);
    expect(value).toBeGreaterThanOrEqual((schema['minimum'] as number | undefined) ?? Number.NEGATIVE_INFINITY);
    expect(value).toBeLessThanOrEqual((schema['maximum'] as number | undefined) ?? Number.POSITIVE_INFINITY);
  } else if (schema['type'] === 'number') {
    expect(value).toBeGreaterThan((schema['exclusiveMinimum'] as number | undefined) ?? Number.NEGATIVE_INFINITY);
    expect(value).toBeLessThanOrEqual((schema['maximum'] as number | undefined) ?? Number.POSITIVE_INFINITY);
  } else if (schema['type'] === 'string' && schema['format'] === undefined && schema['pattern'] === undefined) {
    expect(String(value).length).toBeLessThanOrEqual(
      (schema['maxLength'] as number | undefined) ?? Number.POSITIVE_INFINITY,
    );
    expect(String(value).length).toBeGreaterThanOrEqual((schema['minLength'] as number | undefined) ?? 0);
  } else if (schema['type'] === 'object') {
    expect(typeof value).toBe('object');
  } else if (schema['type'] === 'array') {
    expect(Array.isArray(value)).toBe(true);
  }
}
