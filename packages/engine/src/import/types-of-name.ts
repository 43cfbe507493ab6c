import { guessTypes } from '../infer/index.ts';
import narrowForms from './data/narrow-forms.json' with { type: 'json' };
import type { ColumnKind } from './imported-column.ts';

/** What is known of a column besides its name. */
export interface NameContext {
  readonly kind: ColumnKind;
  /** The table or object it is in. */
  readonly entity?: string;
  /** Names of the columns beside it. */
  readonly siblings?: ReadonlySet<string>;
}

/** A field type that suits a name. */
export interface NamedType {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Types of other values than texts, by the kind of column that can hold them. */
const OF_KIND: Readonly<Partial<Record<ColumnKind, ReadonlySet<string>>>> = {
  integer: new Set([
    'sequence',
    'number',
    'age',
    'year',
    'port',
    'http_status',
    'quantity',
    'review_score',
    'height_cm',
    'mileage_km',
    'heart_rate',
    'blood_glucose',
    'number_of_employees',
    'file_size',
    'model_year',
    'discount_percentage',
  ]),
  decimal: new Set([
    'float',
    'currency',
    'price',
    'percentage',
    'latitude',
    'longitude',
    'weight_kg',
    'height_cm',
    'exchange_rate',
    'body_temperature',
    'number',
    'quantity',
    'line_total',
    'elevation',
    'review_score',
  ]),
  date: new Set(['date', 'birthdate']),
  datetime: new Set(['datetime']),
};
/** Types that no column of texts has. */
const NO_TEXT = new Set([
  ...Object.values(OF_KIND).flatMap((types) => [...types]),
  'boolean',
  'sequence',
  'object',
  'coordinates',
]);

/** What stands for a type where a column is too short for its values, the longer first. */
const narrow: ReadonlyMap<string, readonly NamedType[]> = new Map(Object.entries(narrowForms));

/** What was told of the columns of a table, which is asked for once for each of them. */
const told = new WeakMap<ReadonlySet<string>, Map<string, readonly NamedType[]>>();
const ALONE: ReadonlySet<string> = new Set();

/** The field types that suit a column's name, the best first; empty when the name says nothing of such a column. */
export function typesOfName(name: string, { kind, entity, siblings = ALONE }: NameContext): NamedType[] {
  const allowed = OF_KIND[kind];
  if (allowed === undefined && kind !== 'text') return [];
  return typesIn(siblings, name, entity)
    .flatMap((each) => [each, ...(narrow.get(each.type) ?? [])])
    .filter(({ type, options }) =>
      type === 'enum'
        ? valuesSuit(options['values'], kind)
        : allowed === undefined
          ? !NO_TEXT.has(type)
          : allowed.has(type),
    );
}

function typesIn(siblings: ReadonlySet<string>, name: string, entity: string | undefined): readonly NamedType[] {
  const table = entity === undefined ? {} : { table: entity };
  if (siblings === ALONE) return guessTypes([name], table)[0] ?? [];
  const known = told.get(siblings) ?? new Map<string, readonly NamedType[]>();
  told.set(siblings, known);
  if (known.size === 0) {
    const names = [...siblings];
    for (const [index, types] of guessTypes(names, table).entries()) known.set(names[index] as string, types);
  }
  return known.get(name) ?? guessTypes([name, ...siblings], table)[0] ?? [];
}

const valuesSuit = (values: unknown, kind: ColumnKind): boolean =>
  Array.isArray(values) &&
  values.every((value) => (kind === 'text' ? typeof value === 'string' : typeof value === 'number'));

/** The words of a name in lower case: `CustomerEMail_2` gives customer, e, mail, 2. */
export function wordsOf(name: string): string[] {
  const parts: string[] = name.slice(0, 200).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return parts.map((part) => part.toLowerCase());
}
