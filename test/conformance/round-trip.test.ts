import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FormatOptions, generateRows, type Plan } from '@datamaker/engine';
import { run } from '@datamaker/engine/run';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyKind } from './every-kind.ts';
import { readBack } from './python/read-back.ts';

const ROWS = 2500;
type Row = Readonly<Record<string, unknown>>;

let plan: Plan;
let rows: readonly Row[];
let folder: string;
let files = 0;
beforeAll(async () => {
  plan = await everyKind('round trip');
  rows = generateRows(plan, 0, ROWS);
  folder = mkdtempSync(join(tmpdir(), 'dm-round-trip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function written(format: FormatOptions, of = plan, to = ROWS): Promise<string> {
  const path = join(folder, `${++files}.${format.format}`);
  const chunks: Buffer[] = [];
  await run(of, { format, to, threads: 2 }, (chunk) => void chunks.push(Buffer.from(chunk)));
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}

/** Compares every value; a decimal must have the number's very digits. */
function expectSame(
  got: readonly Row[],
  wanted: readonly Row[],
  asRead: (name: string, value: unknown) => unknown,
): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((row, index) => {
    const expected = Object.fromEntries(
      Object.entries(wanted[index] ?? {}).map(([name, value]) => [name, asRead(name, value)]),
    );
    expect(row).toEqual(expected);
  });
}

const NUMBERS = new Set(['id', 'small', 'large', 'money', 'exact', 'any number', 'double']);
const numberOf = (text: unknown): number | null => (text === null ? null : Number(text));
/** A row of texts with its numbers read: 4854.70 is 4854.7. */
const numbers = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, NUMBERS.has(name) ? numberOf(value) : value]));
const asText = (value: unknown): unknown =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
const decimal = (value: unknown, scale: number): unknown =>
  value === null ? null : { decimal: (value as number).toFixed(scale).replace(/^-(0\.0+)$/, '$1') };

/** Values as readers of typed files see them. */
function typed(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (name === 'money') return decimal(value, 2);
  if (name === 'exact') return decimal(value, 6);
  if (name === 'mixed') return asText(value);
  if (name === 'second') return (value as string).replace('Z', '.000Z');
  if (name === 'lines') return (value as Row[]).map((line) => ({ ...line, price: decimal(line['price'], 2) }));
  return value;
}

describe('parquet', () => {
  it('is read by pyarrow as it was generated, with its types', async () => {
    for (const compression of ['snappy', 'none'] as const) {
      const path = await written({ format: 'parquet', compression, rowGroup: 1000 });
      const { types, rows: got } = readBack('parquet', path);
      expect(types).toMatchInlineSnapshot(`
        {
          "any number": "double",
          "clock": "time32[ms]",
          "day": "date32[day]",
          "double": "double",
          "exact": "decimal128(16, 6)",
          "flag": "bool",
          "free": "extension<arrow.json>",
          "id": "int64",
          "key": "extension<arrow.uuid>",
          "label": "string",
          "large": "int64",
          "lines": "list<element: struct<sku: string not null, price: decimal128(7, 2), on: date32[day] not null> not null>",
          "mixed": "string",
          "moment": "timestamp[ms, tz=UTC]",
          "money": "decimal128(6, 2)",
          "nothing": "string",
          "old": "date32[day]",
          "pattern": "string",
          "place": "struct<city: string not null, at: timestamp[ms, tz=UTC] not null>",
          "second": "timestamp[ms, tz=UTC]",
          "small": "int32",
          "text": "string",
        }
      `);
      expectSame(got, rows, (name, value) => {
        const wanted = typed(name, value);
        return name === 'free' ? JSON.stringify(wanted) : wanted;
      });
    }
  });

  it('is read by DuckDB as it was generated, with its types', async () => {
    const path = await written({ format: 'parquet', rowGroup: 1000 });
    const { names, types, got } = await duckdb(`SELECT * FROM read_parquet('${path}')`);
    expect(Object.fromEntries(names.map((name, i) => [name, types[i]]))).toMatchInlineSnapshot(`
      {
        "any number": "DOUBLE",
        "clock": "TIME",
        "day": "DATE",
        "double": "DOUBLE",
        "exact": "DECIMAL(16,6)",
        "flag": "BOOLEAN",
        "free": "VARCHAR",
        "id": "BIGINT",
        "key": "UUID",
        "label": "VARCHAR",
        "large": "BIGINT",
        "lines": "STRUCT("sku" VARCHAR, "price" DECIMAL(7,2), "on" DATE)[]",
        "mixed": "VARCHAR",
        "moment": "TIMESTAMP WITH TIME ZONE",
        "money": "DECIMAL(6,2)",
        "nothing": "VARCHAR",
        "old": "DATE",
        "pattern": "VARCHAR",
        "place": "STRUCT("city" VARCHAR, "at" TIMESTAMP WITH TIME ZONE)",
        "second": "TIMESTAMP WITH TIME ZONE",
        "small": "INTEGER",
        "text": "VARCHAR",
      }
    `);
    expectSame(got, rows, (name, value) => {
      if (value === null) return null;
      if (name === 'id' || name === 'large') return String(value);
      if (name === 'money') return (value as number).toFixed(2);
      if (name === 'exact') return (value as number).toFixed(6);
      if (name === 'mixed' || name === 'free') return asText(value);
      if (name === 'moment' || name === 'second') return duckMoment(value as string);
      if (name === 'place') return { ...(value as Row), at: duckMoment((value as Row)['at'] as string) };
      if (name === 'lines')
        return (value as Row[]).map((line) => ({
          ...line,
          price: line['price'] === null ? null : (line['price'] as number).toFixed(2),
        }));
      return value;
    });
  });

  it('may have no rows', async () => {
    expect(readBack('parquet', await written({ format: 'parquet' }, plan, 0)).rows).toEqual([]);
  });
});

describe('avro', () => {
  it('is read by fastavro as it was generated, with its types', async () => {
    for (const compression of ['deflate', 'none'] as const) {
      const { types, rows: got } = readBack('avro', await written({ format: 'avro', compression }));
      expect(types).toMatchInlineSnapshot(`
        {
          "any_x0020_number": ""double"",
          "clock": "{"logicalType": "time-millis", "type": "int"}",
          "day": "["null", {"logicalType": "date", "type": "int"}]",
          "double": "["null", "double"]",
          "exact": "["null", {"logicalType": "decimal", "precision": 16, "scale": 6, "type": "bytes"}]",
          "flag": "["null", "boolean"]",
          "free": ""string"",
          "id": ""long"",
          "key": "["null", {"logicalType": "uuid", "type": "string"}]",
          "label": "["null", "string"]",
          "large": ""long"",
          "lines": "{"type": "array", "items": {"type": "record", "name": "every_x0020_kind.lines", "fields": [{"name": "sku", "type": "string"}, {"name": "price", "type": ["null", {"logicalType": "decimal", "precision": 7, "scale": 2, "type": "bytes"}]}, {"name": "on", "type": {"logicalType": "date", "type": "int"}}]}}",
          "mixed": ""string"",
          "moment": "{"logicalType": "timestamp-millis", "type": "long"}",
          "money": "{"logicalType": "decimal", "precision": 6, "scale": 2, "type": "bytes"}",
          "nothing": "["null", "string"]",
          "old": "{"logicalType": "date", "type": "int"}",
          "pattern": ""string"",
          "place": "["null", {"type": "record", "name": "every_x0020_kind.place", "fields": [{"name": "city", "type": "string"}, {"name": "at", "type": {"logicalType": "timestamp-millis", "type": "long"}}]}]",
          "second": "["null", {"logicalType": "timestamp-millis", "type": "long"}]",
          "small": "["null", "int"]",
          "text": "["null", "string"]",
        }
      `);
      expectSame(
        got.map(({ any_x0020_number: number, ...row }) => ({ ...row, 'any number': number })),
        rows,
        (name, value) => (name === 'free' ? JSON.stringify(value) : typed(name, value)),
      );
    }
  });

  it('may have no rows', async () => {
    expect(readBack('avro', await written({ format: 'avro' }, plan, 0)).rows).toEqual([]);
  });
});

describe('xlsx', () => {
  it('is read by openpyxl as it was generated, with its types', async () => {
    const { rows: got } = readBack('xlsx', await written({ format: 'xlsx' }));
    const read = got.map((row) => ({ ...row, lines: JSON.parse(row['lines'] as string) }));
    expectSame(read, rows, (name, value) => {
      if (value === null || name === 'lines') return value;
      if (name === 'day') return `${value}T00:00:00.000Z`;
      if (name === 'second') return (value as string).replace('Z', '.000Z');
      return typeof value === 'object' ? JSON.stringify(value) : value;
    });
  });

  it('goes on in further sheets', async () => {
    const small = { ...plan, fields: plan.fields.slice(0, 1), capacity: 2e6 };
    const { types, rows: got } = readBack('sheets', await written({ format: 'xlsx', sheet: 'Rows' }, small, 1_048_580));
    expect(types).toEqual({ Rows: 1_048_576, 'Rows 2': 6 });
    expect(got).toEqual([
      { first: 1, last: 1_048_575 },
      { first: 1_048_576, last: 1_048_580 },
    ]);
  }, 300_000);

  it('may have no rows', async () => {
    expect(readBack('xlsx', await written({ format: 'xlsx' }, plan, 0)).rows).toEqual([]);
  });
});

describe('xml', () => {
  it('is read by expat as it was generated', async () => {
    const { types, rows: got } = readBack('xml', await written({ format: 'xml', root: 'data', row: 'r' }));
    expect(types).toEqual({ root: 'data' });
    const texts = (value: unknown): unknown => {
      if (value === null) return null;
      if (Array.isArray(value)) return value.length === 0 ? '' : value.map(texts);
      if (typeof value !== 'object') return String(value);
      return Object.fromEntries(Object.entries(value as Row).map(([name, member]) => [name, texts(member)]));
    };
    expectSame(
      got.map(({ any_x0020_number: number, lines, ...row }) => ({
        ...numbers(row),
        'any number': Number(number),
        lines: lines === '' ? '' : (lines as Row[]).map(({ price, ...line }) => ({ ...line, price: numberOf(price) })),
      })),
      rows,
      (name, value) => {
        if (NUMBERS.has(name)) return value;
        if (name !== 'lines' || (value as Row[]).length === 0) return texts(value);
        return value;
      },
    );
  });
});

describe('csv, json and ndjson, read by DuckDB', () => {
  it.each([
    [{ format: 'csv' }, ','],
    [{ format: 'csv', delimiter: ';', quoting: 'all', bom: true, lineEnding: 'crlf' }, ';'],
    [{ format: 'csv', delimiter: 'tab' }, '\t'],
  ] as const)('%j', async (format, delimiter) => {
    const path = await written(format);
    const options = `all_varchar = true, header = true, delim = '${delimiter}', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false`;
    const { got } = await duckdb(`SELECT * FROM read_csv('${path}', ${options})`);
    const lists = got.map((row) => ({ ...numbers(row), lines: JSON.parse(row['lines'] as string) }));
    expectSame(lists, rows, (name, value) => (NUMBERS.has(name) || name === 'lines' ? value : asText(value)));
  });

  it.each([
    ['json', 'array'],
    ['ndjson', 'newline_delimited'],
  ] as const)('%s', async (format, layout) => {
    const path = await written({ format });
    const { got } = await duckdb(
      `SELECT json FROM read_json('${path}', format = '${layout}', records = false, columns = {json: 'JSON'})`,
    );
    expect(got.map(({ json }) => JSON.parse(json as string))).toEqual(rows);
  });
});

/** A moment as DuckDB shows it, without zeros at the end of its fraction. */
const duckMoment = (value: string): string => `${value.replace('T', ' ').replace(/(\.000|(?<=\.\d+)0+)?Z$/, '')}+00`;

async function duckdb(sql: string) {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const reader = await connection.runAndReadAll(sql);
    return {
      names: reader.columnNames(),
      types: reader.columnTypes().map(String),
      got: reader.getRowObjectsJson() as Row[],
    };
  } finally {
    instance.closeSync();
  }
}
