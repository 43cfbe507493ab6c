import { parseValuePath } from '../../responses/value-path.ts';
import { defineType, type FieldType, type OptionProblem, type OptionSpec, type Options } from '../field-type.ts';

/** Rows that a field picks from unless it says how many; and the most it may ask for. */
const TOP = 1000;
const MAX_TOP = 100_000;
const MAX_CONDITIONS = 50;
const MAX_COLUMNS = 100;

const text = (summary: string, maxLength: number, more: Partial<OptionSpec> = {}): OptionSpec =>
  ({ kind: 'string', minLength: 1, maxLength, summary, ...more }) as OptionSpec;

const shared: Readonly<Record<string, OptionSpec>> = {
  top: {
    kind: 'integer',
    min: 1,
    max: MAX_TOP,
    summary: 'Most rows that are asked for.',
    default: TOP,
    aliases: ['limit'],
  },
  order: {
    kind: 'one of',
    values: ['random', 'sequential'],
    summary: 'Drawn, or from first to last and again.',
    default: 'random',
  },
  masking: text('Not possible here: values that must be masked go into a set first.', 200),
  prompt: text('What to look for, for an agent.', 20_000),
};

/** Values that a server fetches from the system of a connection, once for a generation. */
export const responseTypes: readonly FieldType[] = [
  defineType({
    key: 'api_response',
    label: 'API response',
    family: 'structure',
    summary:
      'A value from the answer of a REST or OData connection, which a server fetches once. Two fields of one answer take the same record in a row.',
    aliases: ['API Response'],
    external: 'http',
    options: {
      endpoint: text('Path beneath the URL of the connection; without `connection`, the id or name of one.', 2000, {
        required: true,
        aliases: ['path'],
      }),
      connection: text('Id or name of the connection.', 300),
      query: text(
        'Where the value is: a member of the rows (name), a JSON path ($.data[*].name) or a JSON pointer (/data/0/name).',
        2000,
      ),
      filter: text('Query string of REST (land=NL), or `$filter` of OData.', 4000),
      ...shared,
    },
    example: 'Netherlands',
    exampleOptions: { connection: 'countries', endpoint: '/countries', query: '$[*].name' },
    notUnique: 'what a service answers is not known before it is asked',
    slow: 'Asks a service, once; then it is as fast as `sample`.',
    check: (options) => [...pathProblems(options), ...maskingProblems(options)],
  }),
  defineType({
    key: 'db_response',
    label: 'Database response',
    family: 'structure',
    summary:
      'A value from the rows of a table or query of a connection, which a server fetches once. Two fields of the same rows take the same record in a row.',
    aliases: ['DB Response'],
    external: 'sql',
    options: {
      connection: text('Id or name of the connection.', 300, { required: true }),
      table: text('Table or collection that the rows are of.', 512),
      schema: text('Schema of the table, where its name does not say which one is meant.', 512),
      sql: text('A query that reads, in place of `table`.', 20_000),
      query: text('Column of the rows; without it, the whole record.', 512, { aliases: ['column'] }),
      where: {
        kind: 'list',
        summary: 'Conditions, all of which hold: { "column", "is", "value" }, as for rows of a connection.',
      },
      order_by: {
        kind: 'list',
        summary: 'Columns by which the rows are in order, ascending; default: the primary key of the table.',
      },
      ...shared,
    },
    example: 4711,
    exampleOptions: { connection: 'warehouse', table: 'customers', query: 'id' },
    notUnique: 'what a database answers is not known before it is asked',
    slow: 'Asks a database, once; then it is as fast as `sample`.',
    check: (options) => [...sourceProblems(options), ...listProblems(options), ...maskingProblems(options)],
  }),
];

/** Values in the open where masked ones were asked for would be worse than none. */
const maskingProblems = ({ masking }: Options): OptionProblem[] =>
  masking === undefined
    ? []
    : [
        {
          option: 'masking',
          code: 'not_supported',
          message: 'values are not masked on their way from a system',
          hint: 'fetch the rows, mask them with POST /mask, save them as a set and use `sample`',
        },
      ];

function pathProblems({ connection, endpoint, query }: Options): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const place = endpoint as string;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) {
    const message = '`endpoint` is a path, not a URL';
    problems.push({ option: 'endpoint', message, hint: 'make a connection with the URL, and name it in `connection`' });
  } else if (connection === undefined && place.includes('/')) {
    const hint = 'give the id or name of a connection in `connection`';
    problems.push({ option: 'endpoint', message: 'a path alone does not say which system is asked', hint });
  }
  const path = query === undefined ? undefined : parseValuePath(query as string);
  if (path !== undefined && !path.ok) {
    const hint = 'for instance $.data[*].name, /data/0/name, or the name of a member of the rows';
    problems.push({ option: 'query', message: path.message, hint });
  }
  return problems;
}

function sourceProblems({ table, schema, sql, where }: Options): OptionProblem[] {
  if ((table === undefined) === (sql === undefined)) {
    const message = table === undefined ? 'there is neither `table` nor `sql`' : '`table` and `sql` exclude each other';
    return [
      { option: table === undefined ? 'table' : 'sql', message, hint: 'name a table, or give a query that reads' },
    ];
  }
  if (sql === undefined) return [];
  const option = where !== undefined ? 'where' : schema !== undefined ? 'schema' : undefined;
  if (option === undefined) return [];
  return [{ option, message: `\`${option}\` goes with \`table\``, hint: 'say it in the query itself' }];
}

const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'like', 'null', 'not null'];

function listProblems({ where = [], order_by: columns = [] }: Options): OptionProblem[] {
  const [conditions, names] = [where as readonly unknown[], columns as readonly unknown[]];
  const wrong = conditions.findIndex((condition) => !isCondition(condition));
  if (wrong >= 0 || conditions.length > MAX_CONDITIONS) {
    const hint = '[{ "column": "country", "is": "=", "value": "NL" }]; `null` and `not null` take no value';
    const message = wrong < 0 ? `there are more than ${MAX_CONDITIONS} conditions` : `condition ${wrong + 1} is none`;
    return [{ option: 'where', message, hint }];
  }
  if (names.length <= MAX_COLUMNS && names.every(isName)) return [];
  return [{ option: 'order_by', message: `it is a list of at most ${MAX_COLUMNS} columns`, hint: '["id"]' }];
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '' && value.length <= 512;

function isCondition(condition: unknown): boolean {
  if (condition === null || typeof condition !== 'object') return false;
  const { column, is, value, ...others } = condition as Readonly<Record<string, unknown>>;
  if (!isName(column) || !OPERATORS.includes(is as string) || Object.keys(others).length > 0) return false;
  if (is === 'null' || is === 'not null') return value === undefined;
  return ['string', 'number', 'boolean'].includes(typeof value);
}
