import type { ColumnKind } from '../imported-column.ts';
import type { Notices, Place } from '../notices.ts';
import type { Merged } from './merge-schemas.ts';

/** Kinds of columns by the names of types. */
export const OF_TYPE: Readonly<Record<string, ColumnKind>> = {
  string: 'text',
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
};

/** The type a schema names, of several the first, and whether null is one of them. */
export function typeOfSchema(
  { keywords }: Merged,
  place: Place,
  subject: string,
  notices: Notices,
): { type: string | undefined; nullable: boolean } {
  const given = keywords.get('type')?.value;
  const types = (Array.isArray(given) ? given : [given]).filter((type): type is string => typeof type === 'string');
  const others = types.filter((type) => type !== 'null');
  const known = others.filter((type) => Object.hasOwn(OF_TYPE, type));
  if (known.length > 1)
    notices.add('several_types', place, `of the types ${known.join(', ')} the first is used`, subject);
  const [unknown] = others.filter((type) => !known.includes(type));
  if (unknown !== undefined)
    notices.add('unknown_type', place, `there is no type ${JSON.stringify(unknown.slice(0, 60))}`, subject);
  return { type: known[0], nullable: types.includes('null') };
}
