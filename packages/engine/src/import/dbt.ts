import { pointerTo } from '../template/diagnostic.ts';
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_ENTITIES } from './limits.ts';
import type { Notices } from './notices.ts';
import { get, isObject, type JsonObject } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import { readCheck } from './sql/check.ts';
import { readColumnType } from './sql/column-type.ts';
import { Cursor } from './sql/cursor.ts';
import { tokenizeSql } from './sql/tokenize.ts';

/**
 * The models, seeds, snapshots and sources of a dbt `schema.yml`: columns with their `data_type`, tests and constraints.
 * @throws ImportRefused
 */
export function readDbt(text: string, { notices }: ReadContext): ImportedEntity[] {
  const root = parseYaml(text, notices);
  if (!isObject(root)) throw new ImportRefused('invalid_source', 'a dbt schema is a map with `models` or `sources`');
  const reader = new DbtReader(notices);
  for (const [key, value] of Object.entries(root)) {
    const pointer = pointerTo('', key);
    if (key === 'models' || key === 'seeds' || key === 'snapshots') reader.nodes(value, pointer);
    else if (key === 'sources') reader.sources(value, pointer);
    else if (key !== 'version')
      notices.add('keyword_not_used', { pointer }, `\`${key.slice(0, 60)}\` describes no table`);
  }
  if (reader.entities.length === 0)
    throw new ImportRefused('nothing_to_import', 'there is no model, seed, snapshot or source table in it');
  return reader.entities;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Column = Writable<ImportedColumn>;

const SILENT_NODE = new Set([
  'name',
  'columns',
  'description',
  'docs',
  'config',
  'meta',
  'tags',
  'identifier',
  'latest_version',
  'access',
  'group',
  'loaded_at_field',
  'freshness',
  'quoting',
  'external',
]);
const SILENT_COLUMN = new Set(['name', 'description', 'meta', 'tags', 'quote', 'docs', 'config', 'policy_tags']);

class DbtReader {
  readonly entities: ImportedEntity[] = [];
  readonly #notices: Notices;
  #columns = 0;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  sources(value: unknown, pointer: string): void {
    listOf(value).forEach((source, index) => {
      if (isObject(source)) this.nodes(source['tables'], `${pointer}/${index}/tables`);
    });
  }

  nodes(value: unknown, pointer: string): void {
    if (value !== undefined && value !== null && !Array.isArray(value))
      throw new ImportRefused('invalid_source', 'a list is expected here', undefined, pointer);
    listOf(value).forEach((node, index) => {
      const at = `${pointer}/${index}`;
      if (!isObject(node) || typeof node['name'] !== 'string')
        throw new ImportRefused('invalid_source', 'an object with a `name` is expected here', undefined, at);
      if (this.entities.length >= MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} tables`);
      this.#node(node, node['name'], at);
    });
  }

  #node(node: JsonObject, name: string, pointer: string): void {
    const columns = listOf(node['columns']).flatMap(
      (column, index) => this.#column(column, `${pointer}/columns/${index}`, name) ?? [],
    );
    const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
    for (const [key, value] of Object.entries(node)) {
      const at = pointerTo(pointer, key);
      if (key === 'tests' || key === 'data_tests')
        for (const test of listOf(value))
          this.#tell('test_not_used', at, `the test ${nameOf(test)} of the whole table is not kept`, name);
      else if (key === 'constraints')
        for (const constraint of listOf(value)) this.#tableConstraint(constraint, byName, at, name);
      else if (!SILENT_NODE.has(key)) this.#tell('keyword_not_used', at, `\`${key.slice(0, 60)}\` is not kept`, name);
    }
    this.entities.push({ name, place: { pointer }, columns });
  }

  #column(value: unknown, pointer: string, entity: string): Column | undefined {
    if (++this.#columns > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
    if (!isObject(value) || typeof value['name'] !== 'string') {
      this.#tell('invalid_column', pointer, 'a column is an object with a `name`: it is left out', entity);
      return undefined;
    }
    const subject = `${entity}.${value['name']}`;
    const column: Column = { name: value['name'], kind: 'any', place: { pointer } };
    for (const [key, given] of Object.entries(value)) {
      const at = pointerTo(pointer, key);
      if (key === 'data_type') this.#type(column, String(given), at, subject);
      else if (key === 'tests' || key === 'data_tests')
        for (const test of listOf(given)) this.#test(column, test, at, subject);
      else if (key === 'constraints')
        for (const constraint of listOf(given)) this.#constraint(column, constraint, at, subject);
      else if (!SILENT_COLUMN.has(key))
        this.#tell('keyword_not_used', at, `\`${key.slice(0, 60)}\` is not kept`, subject);
    }
    if (column.values !== undefined && column.kind === 'any') column.kind = 'text';
    return column;
  }

  #type(column: Column, declared: string, pointer: string, subject: string): void {
    const typed = readColumnType(new Cursor([...tokenizeSql(declared.slice(0, 500))]), new Map());
    if (typed?.reason !== undefined) this.#tell('type_not_supported', pointer, typed.reason, subject);
    Object.assign(column, typed?.facts, { declared: declared.slice(0, 100) });
  }

  #test(column: Column, test: unknown, pointer: string, subject: string): void {
    const name = nameOf(test);
    const [given] = isObject(test) && name in test ? [test[name]] : [undefined];
    const options = isObject(given) ? { ...given, ...(isObject(given['arguments']) ? given['arguments'] : {}) } : {};
    const values = get(options, 'values');
    if (name === 'not_null') column.nullable = false;
    else if (name === 'unique') column.unique = true;
    else if (name === 'accepted_values' && Array.isArray(values))
      column.values = values.filter((value) => value !== null);
    else if (name === 'relationships')
      column.references = {
        entity: tableOf(String(get(options, 'to') ?? '')),
        column: String(get(options, 'field') ?? 'id'),
      };
    else if (name.endsWith('accepted_range')) this.#range(column, options);
    else this.#tell('test_not_used', pointer, `the test ${name.slice(0, 80)} is not kept`, subject);
  }

  #range(column: Column, options: JsonObject): void {
    const [min, max] = [get(options, 'min_value'), get(options, 'max_value')];
    if (typeof min === 'number') column.min = min;
    if (typeof max === 'number') column.max = max;
  }

  #constraint(column: Column, constraint: unknown, pointer: string, subject: string): void {
    const type = isObject(constraint) ? constraint['type'] : constraint;
    const expression = isObject(constraint) ? get(constraint, 'expression') : undefined;
    if (type === 'not_null') column.nullable = false;
    else if (type === 'unique') column.unique = true;
    else if (type === 'primary_key') Object.assign(column, { primaryKey: true, nullable: false });
    else if (type === 'foreign_key')
      column.references = {
        entity: tableOf(String(isObject(constraint) ? (get(constraint, 'to') ?? expression ?? '') : '')),
      };
    else if (type === 'check' && typeof expression === 'string') {
      const facts = readCheck([...tokenizeSql(expression.slice(0, 10_000))]);
      const own = facts?.every((fact) => fact.column.toLowerCase() === column.name.toLowerCase()) === true;
      if (own) for (const { facts: said } of facts ?? []) Object.assign(column, said);
      else this.#tell('check_not_supported', pointer, `the condition ${expression.slice(0, 100)} is not kept`, subject);
    } else this.#tell('test_not_used', pointer, `the constraint ${String(type).slice(0, 60)} is not kept`, subject);
  }

  #tableConstraint(constraint: unknown, columns: ReadonlyMap<string, Column>, pointer: string, entity: string): void {
    const type = isObject(constraint) ? constraint['type'] : undefined;
    const names = isObject(constraint) ? listOf(constraint['columns']).map((name) => String(name).toLowerCase()) : [];
    const [only] = names;
    const column = columns.get(only ?? '');
    if (names.length === 1 && column !== undefined)
      this.#constraint(column, constraint, pointer, `${entity}.${column.name}`);
    else
      this.#tell(
        'composite_key',
        pointer,
        `the constraint ${String(type).slice(0, 60)} over (${names.join(', ').slice(0, 200)}) is not kept`,
        entity,
      );
  }

  #tell(code: string, pointer: string, message: string, subject: string): void {
    this.#notices.add(code, { pointer }, message, subject);
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A test is a name, or a map from its name to its arguments beside `name`, `config` and the like. */
function nameOf(test: unknown): string {
  if (typeof test === 'string') return test;
  if (!isObject(test)) return 'without a name';
  return typeof test['test_name'] === 'string'
    ? test['test_name']
    : (Object.keys(test).find((key) => !['name', 'config', 'description'].includes(key)) ?? 'without a name');
}

/** The table of `ref('customers')` or `source('shop', 'customers')`. */
const tableOf = (call: string): string => {
  const tokens = [...tokenizeSql(call.slice(0, 300))];
  return (tokens.findLast(({ kind }) => kind === 'string') ?? tokens.find(({ kind }) => kind === 'word'))?.text ?? '';
};
