import TYPES from './data/faker-types.json' with { type: 'json' };
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS } from './limits.ts';
import type { Notices, Place } from './notices.ts';
import { isObject, parseJson } from './parse-json.ts';

/** A call as scripts write it: `faker.person.firstName` of @faker-js/faker, `fake.first_name` of Faker for Python, with or without arguments. */
const CALL = /^(?<library>faker|fake)\.(?<method>\w{1,60}(?:\.\w{1,60})?)(?:\((?<given>[\s\S]*)\))?;?$/;

/**
 * Columns with the calls that filled them: `{ "first_name": "faker.person.firstName" }`. Only names of methods are understood: arguments are told, and
 * left out; no code is run.
 * @throws ImportRefused
 */
export function readFaker(text: string, { notices, entity = 'faker' }: ReadContext): ImportedEntity[] {
  const root = parseJson(text);
  if (!isObject(root))
    throw new ImportRefused(
      'invalid_source',
      'it is no object of columns',
      'write { "first_name": "faker.person.firstName", … }',
    );
  const columns = Object.entries(root);
  if (columns.length > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
  return [
    {
      name: entity,
      place: { pointer: '' },
      columns: columns.map(([name, call]) => columnOf(name, call, { pointer: pointerTo(name) }, notices)),
    },
  ];
}

function columnOf(name: string, call: unknown, place: Place, notices: Notices): ImportedColumn {
  const said = typeof call === 'string' ? call.trim() : '';
  const { library = '', method = '', given = '' } = CALL.exec(said)?.groups ?? {};
  const types: Readonly<Record<string, string>> = library === 'faker' ? TYPES.faker : TYPES.fake;
  const type = Object.hasOwn(types, method) ? types[method] : undefined;
  const column: ImportedColumn = { name, kind: 'text', place, declared: said.slice(0, 60) };
  if (type === undefined) {
    const what = typeof call === 'string' ? JSON.stringify(said.slice(0, 60)) : 'what is no text';
    notices.add('unknown_type', place, `${what} has no counterpart: filled by what the name suggests`, name);
    return column;
  }
  if (given.trim() !== '')
    notices.add('arguments_left_out', place, `the arguments of ${library}.${method} are left out`, name);
  return { ...column, field: { type, options: {} } };
}

const pointerTo = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
