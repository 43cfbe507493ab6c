import {
  compileTemplate,
  generateBytes,
  type Label,
  labelsOf,
  parseTemplate,
  RULES,
  type Rule,
} from '@datamaker/engine';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';

const EMAIL = '^[^@ ]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$';

/** A check of one rule of a field. Checks run in the order of their names, which is that of the rules. */
const check = (field: string, rule: Rule, condition: string): string =>
  `CONSTRAINT "${RULES.indexOf(rule)} ${field} ${rule}" CHECK (${condition})`;
const item = (condition: string): string => `NOT jsonb_path_exists(items, '$[*].qty ? (${condition})')`;

const TABLE = `
  CREATE FUNCTION luhn(number text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT sum(CASE WHEN i % 2 = 0 THEN d ELSE d * 2 / 10 + d * 2 % 10 END) % 10 = 0
    FROM (SELECT i - 1 AS i, substr(reverse(number), i, 1)::int AS d FROM generate_series(1, length(number)) AS i) AS digits
  $$;
  CREATE TABLE orders (
    id numeric NOT NULL UNIQUE, ${check('id', 'type', 'id = trunc(id)')}, ${check('id', 'range', 'id BETWEEN 1 AND 5000')},
    name text NOT NULL, ${check('name', 'required', "name <> ''")},
    sku text UNIQUE, ${check('sku', 'required', "sku <> ''")}, ${check('sku', 'length', 'length(sku) BETWEEN 6 AND 8')},
    ${check('sku', 'pattern', "sku ~ '^[A-Z]{2,4}-[0-9]{3}$'")},
    price numeric NOT NULL, ${check('price', 'pattern', 'price = round(price, 2)')}, ${check('price', 'range', 'price BETWEEN 1 AND 50')},
    active boolean NOT NULL,
    born date NOT NULL, ${check('born', 'range', "born BETWEEN '1950-01-01' AND '2005-12-31'")},
    seen timestamptz NOT NULL, ${check('seen', 'range', "seen BETWEEN '2024-01-01Z' AND '2024-12-31Z'")},
    opens time NOT NULL, ${check('opens', 'range', "opens BETWEEN '08:00' AND '18:00'")},
    status text NOT NULL, ${check('status', 'required', "status <> ''")}, ${check('status', 'enum', "status IN ('new', 'paid')")},
    ref uuid NOT NULL,
    email text NOT NULL, ${check('email', 'required', "email <> ''")}, ${check('email', 'length', 'length(email) BETWEEN 3 AND 254')},
    ${check('email', 'pattern', `email ~ '${EMAIL}'`)},
    ip text NOT NULL, ${check('ip', 'required', "ip <> ''")}, ${check('ip', 'length', 'length(ip) BETWEEN 7 AND 15')},
    ${check('ip', 'pattern', "ip ~ '^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])([.]|$)){4}$' AND ip !~ '[.]$'")},
    card text NOT NULL, ${check('card', 'required', "card <> ''")}, ${check('card', 'length', 'length(card) = 16')},
    ${check('card', 'pattern', "card ~ '^[0-9]*$'")}, ${check('card', 'checksum', "card ~ '[^0-9]' OR luhn(card)")},
    items jsonb NOT NULL, ${check('items', 'length', 'jsonb_array_length(items) BETWEEN 1 AND 3')},
    ${check('items[].qty', 'required', item('@ == null'))}, ${check('items[].qty', 'type', item('@.type() == "string" || @ != @.floor()'))},
    ${check('items[].qty', 'range', item('@ < 1 || @ > 5'))}
  )`;

const FIELDS = [
  { name: 'id', type: 'number', options: { min: 1, max: 5000, unique: true } },
  { name: 'name', type: 'first_name' },
  { name: 'sku', type: 'regex', options: { pattern: '[A-Z]{2,4}-\\d{3}', unique: true, null_percentage: 10 } },
  { name: 'price', type: 'currency', options: { min: 1, max: 50 } },
  { name: 'active', type: 'boolean' },
  { name: 'born', type: 'date', options: { min: '1950-01-01', max: '2005-12-31' } },
  { name: 'seen', type: 'datetime', options: { min: '2024-01-01', max: '2024-12-31' } },
  { name: 'opens', type: 'time', options: { min: '08:00:00', max: '18:00:00' } },
  { name: 'status', type: 'enum', options: { values: ['new', 'paid'] } },
  { name: 'ref', type: 'uuid' },
  { name: 'email', type: 'email' },
  { name: 'ip', type: 'ipv4' },
  { name: 'card', type: 'credit_card_number', options: { issuer: 'visa' } },
  {
    name: 'items',
    type: 'template',
    options: {
      fields: [{ name: 'qty', type: 'number', options: { min: 1, max: 5 } }],
      array: true,
      count: { min: 1, max: 3 },
    },
  },
];

/** What the server says of a wrong row, in our words. */
function complaint(error: unknown): { field?: string; rules: readonly Rule[] } {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const { code, constraint = '', column = '' } = error;
  switch (code) {
    case '23502':
      return { field: column, rules: ['required'] };
    case '23505':
      return { field: /^orders_(.*)_key$/.exec(constraint)?.[1] ?? '', rules: ['unique'] };
    case '23514': {
      const [, field = '', rule] = constraint.split(' ');
      return { field, rules: [rule as Rule] };
    }
    // invalid_text_representation, invalid_datetime_format, datetime_field_overflow: of a column's type, whichever it is.
    // The type uuid is a length and a pattern as well.
    case '22P02':
      return { rules: /uuid/.test(error.message) ? ['length', 'pattern', 'required'] : ['type'] };
    case '22007':
    case '22008':
      return { rules: ['type'] };
    default:
      throw error;
  }
}

describe('wrong rows, loaded one by one into PostgreSQL', () => {
  let database: PostgresServer;
  beforeAll(async () => {
    database = await startPostgres();
  }, 120_000);
  afterAll(() => database?.stop());

  it.each(['negative', 'boundary'] as const)(
    'are refused for what their label says, and right ones are taken (%s)',
    async (mode) => {
      await database.query(`DROP TABLE IF EXISTS orders; DROP FUNCTION IF EXISTS luhn; ${TABLE}`);
      const parsed = parseTemplate({ name: 'orders', fields: FIELDS });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
      const negative = { mode, share: 50, labelColumn: null, typed: false };
      const compiled = await compileTemplate(parsed.value, { seed: 'refused', negative });
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
      const plan = compiled.value;
      const cases = plan.negative?.cases.length ?? 0;
      const rows = cases * 4;
      const labels = new Map([...labelsOf(plan, 0, rows)].map((label) => [label.row, label]));
      let sql = '';
      const decoder = new TextDecoder();
      for (const chunk of generateBytes(plan, { format: 'sql', batch: 1 }, 0, rows))
        sql += decoder.decode(chunk, { stream: true });
      const statements = sql.split(/(?<=;\n)/);
      expect(statements).toHaveLength(rows);
      const rulesSeen = new Set<Rule>();
      let taken = 0;
      for (const [row, statement] of statements.entries()) {
        const label = labels.get(row);
        const error: unknown = await database.query(statement).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (label === undefined || label.holds) {
          expect({ row, label, error }).toEqual({ row, label, error: undefined });
          taken++;
        } else {
          expectRefused(label, error, statement);
          rulesSeen.add(label.rule);
        }
      }
      expect(await database.query('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: taken }]);
      const expected = mode === 'boundary' ? ['length', 'range'] : RULES.filter((rule) => rule !== 'reference');
      expect([...rulesSeen].toSorted()).toEqual([...expected].toSorted());
    },
    120_000,
  );
});

function expectRefused(label: Label, error: unknown, statement: string): void {
  expect({ label, statement, refused: error !== undefined }).toEqual({ label, statement, refused: true });
  const { field, rules } = complaint(error);
  expect({ label, statement, rules }).toEqual({ label, statement, rules: expect.arrayContaining([label.rule]) });
  if (field !== undefined) expect(field).toBe(label.field.replaceAll(/\[\d+\]/g, '[]'));
}
