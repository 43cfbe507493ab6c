import { innerFields } from '../compile/inner-fields.ts';
import type { Field, Template } from '../template/template.ts';
import type { Options } from '../types/field-type.ts';
import { ALL, parseValuePath, type Step } from './value-path.ts';

/** Rows that fields of types `api_response` and `db_response` pick from: all that is fetched to have them. */
export interface ResponseRequest {
  /** The same for fields that pick from the same rows. */
  readonly key: string;
  readonly type: 'api_response' | 'db_response';
  /** Of the first field that asks for them: its name, its place in the template, its options. */
  readonly field: string;
  readonly pointer: string;
  readonly options: Options;
  /** Where the records are in an answer, see `recordsAt`; undefined: they are the rows that the system gives. */
  readonly records: readonly Step[] | undefined;
  /** The columns that fields want of the rows; undefined: all. */
  readonly columns: readonly string[] | undefined;
}

/** Rows by the keys of the requests. */
export type Responses = ReadonlyMap<string, readonly unknown[]>;

/** The options that say what is fetched. */
const FETCHED = ['connection', 'endpoint', 'table', 'schema', 'sql', 'where', 'filter', 'order_by', 'top'] as const;

export const isResponse = ({ type }: Field): boolean => type.external === 'http' || type.external === 'sql';

/** Where a field's records are in an answer, and the value in a record. */
export function pathOf({ type, options }: Field): {
  readonly records: readonly Step[] | undefined;
  readonly value: readonly Step[];
} {
  const query = options['query'] as string | undefined;
  if (query === undefined) return { records: undefined, value: [] };
  // A column is called what it is called.
  if (type.external === 'sql') return { records: undefined, value: [query] };
  const parsed = parseValuePath(query);
  return parsed.ok ? parsed : { records: undefined, value: [] };
}

export function responseKey(field: Field): string {
  const records = pathOf(field).records?.map((step) => (step === ALL ? [] : step));
  return JSON.stringify([field.type.key, FETCHED.map((name) => field.options[name] ?? null), records ?? null]);
}

/** All that has to be fetched for a template, each once. */
export function responsesOf(template: Template): readonly ResponseRequest[] {
  const found = new Map<string, ResponseRequest>();
  const visit = (field: Field): void => {
    if (isResponse(field)) note(field);
    for (const inner of innerFields(field)) visit(inner);
  };
  const note = (field: Field): void => {
    const key = responseKey(field);
    const known = found.get(key);
    const { records, value } = pathOf(field);
    const [column] = records === undefined ? value : [];
    const own = typeof column === 'string' ? [column] : undefined;
    const others = known === undefined ? [] : known.columns;
    const columns = own === undefined || others === undefined ? undefined : [...new Set([...others, ...own])];
    const { name, pointer, options } = field;
    const type = field.type.key as ResponseRequest['type'];
    found.set(
      key,
      known === undefined ? { key, type, field: name, pointer, options, records, columns } : { ...known, columns },
    );
  };
  for (const field of template.fields) visit(field);
  return [...found.values()];
}
