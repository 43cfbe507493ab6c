import type { ImportedColumn } from '../imported-column.ts';
import type { Notices, Place } from '../notices.ts';
import type { Merged } from './merge-schemas.ts';

/** Tells which properties may be absent, and which are required but not described. @returns columns for the latter */
export function tellRequired(
  merged: Merged,
  columns: readonly ImportedColumn[],
  place: Place,
  subject: string,
  notices: Notices,
): ImportedColumn[] {
  const optional = [...merged.properties.keys()].filter((name) => !merged.required.has(name));
  if (optional.length > 0)
    notices.add(
      'optional_properties',
      place,
      `may be absent by the schema, are always there in rows: ${optional.slice(0, 12).join(', ')}${optional.length > 12 ? ' …' : ''}`,
      subject,
    );
  const missing = [...merged.required].filter((name) => !columns.some((column) => column.name === name));
  for (const name of missing) {
    notices.add(
      'required_not_described',
      place,
      `required, but not described: ${JSON.stringify(name.slice(0, 60))} is filled with words`,
      subject,
    );
  }
  return missing.map((name) => ({ name, kind: 'text', place }));
}
