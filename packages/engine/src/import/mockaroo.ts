import TYPES from './data/mockaroo-types.json' with { type: 'json' };
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS } from './limits.ts';
import type { Draft } from './measure-field.ts';
import type { Notices, Place } from './notices.ts';
import { get, isObject, type JsonObject, parseJson } from './parse-json.ts';

/**
 * A schema of Mockaroo: the file that its page gives, with `columns`, or the list of fields that its API takes.
 * Types are mapped by their documented names; what has no counterpart is told, and filled by what its name suggests.
 * @throws ImportRefused
 */
export function readMockaroo(text: string, { notices }: ReadContext): ImportedEntity[] {
  const root = parseJson(text);
  const [columns, pointer] = Array.isArray(root) ? [root, ''] : [isObject(root) && get(root, 'columns'), '/columns'];
  if (!Array.isArray(columns))
    throw new ImportRefused(
      'invalid_source',
      'there are no columns in it',
      'a schema of Mockaroo is { "name": …, "columns": [ { "name": …, "type": … } ] }, or the list of fields alone',
    );
  if (columns.length > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
  const name = isObject(root) ? get(root, 'name') : undefined;
  return [
    {
      name: typeof name === 'string' && name !== '' ? name : 'mockaroo',
      place: { pointer: '' },
      columns: columns.flatMap((column: unknown, index) =>
        columnOf(column, { pointer: `${pointer}/${index}` }, notices),
      ),
    },
  ];
}

const DEFAULT_DATE_FORMAT = '%m/%d/%Y';

function columnOf(column: unknown, place: Place, notices: Notices): ImportedColumn[] {
  const name = isObject(column) ? get(column, 'name') : undefined;
  const type = isObject(column) ? get(column, 'type') : undefined;
  if (!isObject(column) || typeof name !== 'string' || typeof type !== 'string') {
    notices.add('left_out', place, 'it has no name or no type: left out');
    return [];
  }
  const formula = type === 'Formula' || (get(column, 'formula') ?? '') !== '';
  if (formula)
    notices.add('formula_left_out', place, 'its formula is left out: a `derived` field has an expression', name);
  const blank = Number(get(column, 'percentBlank') ?? get(column, 'null_percentage') ?? 0);
  const nulls = blank > 0 && blank <= 100 ? { nullable: true, nullPercentage: blank } : {};
  const field = type === 'Formula' ? undefined : fieldOf(column, type, place, name, notices);
  return [{ name, kind: 'text', place, declared: type, ...nulls, ...(field === undefined ? {} : { field }) }];
}

/** @returns undefined for what has no counterpart, which is told */
function fieldOf(column: JsonObject, type: string, place: Place, name: string, notices: Notices): Draft | undefined {
  const number = (key: string): number | undefined => {
    const value = get(column, key);
    return value === null || value === undefined || value === '' || !Number.isFinite(Number(value))
      ? undefined
      : Number(value);
  };
  const text = (...keys: string[]): string | undefined =>
    keys.map((key) => get(column, key)).find((value): value is string => typeof value === 'string' && value !== '');
  const given = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  switch (type) {
    case 'Number': {
      const [min = 1, max = 100, decimals = 0] = [number('min'), number('max'), number('decimals')];
      return decimals > 0
        ? { type: 'float', options: { min, max, decimals } }
        : { type: 'number', options: { min, max } };
    }
    case 'Custom List': {
      const list = get(column, 'values');
      const values = typeof list === 'string' ? list.split(',').map((value) => value.trim()) : list;
      if (!Array.isArray(values) || values.length === 0) break;
      const style = text('selectionStyle');
      if (style !== undefined && style !== 'random')
        notices.add('values_at_random', place, `its values come at random, and not ${style}`, name);
      return { type: 'enum', options: { values } };
    }
    case 'Datetime':
    case 'Date': {
      const format = text('format') ?? DEFAULT_DATE_FORMAT;
      if (format !== '%Y-%m-%d') notices.add('other_format', place, `its values are ISO 8601, and not ${format}`, name);
      const hasTime = /%[HIklMSLNsTRcr]|SQL datetime|ISO 8601|epoch/.test(format);
      return {
        type: hasTime ? 'datetime' : 'date',
        options: given({ min: dayOf(text('min')), max: dayOf(text('max')) }),
      };
    }
    case 'Time':
      return { type: 'time', options: {} };
    case 'Regular Expression': {
      const pattern = text('value', 'regex');
      if (pattern === undefined) break;
      return { type: 'regex', options: { pattern } };
    }
    case 'Sequence':
      return { type: 'sequence', options: given({ start: number('start'), step: number('step') }) };
    case 'Blank':
      return { type: 'null', options: {} };
    default: {
      const known = Object.hasOwn(TYPES, type) ? TYPES[type as keyof typeof TYPES] : undefined;
      if (known !== undefined) return { type: known, options: {} };
    }
  }
  notices.add(
    'unknown_type',
    place,
    `the type ${JSON.stringify(type.slice(0, 60))} has no counterpart: filled by what the name suggests`,
    name,
  );
  return undefined;
}

/** A day as Mockaroo writes bounds, month first, as ISO 8601; undefined for what is none. */
function dayOf(text: string | undefined): string | undefined {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text ?? '') ?? [];
  const iso = year === '' ? text?.slice(0, 10) : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return iso !== undefined && /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : undefined;
}
