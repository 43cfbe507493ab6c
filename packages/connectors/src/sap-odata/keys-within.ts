import type { Row, Value } from '../value.ts';
import { isObject } from './entity.ts';
import type { EntityType, Navigation } from './metadata/model.ts';
import { linkOf } from './metadata/to-schema.ts';

/**
 * The keys of a row that was put in and of those within it, as the service has them: where it does not tell of those within, their keys are
 * what they were given and what they have of the row that they are in; what is not known then is null.
 */
export function keysWithin(sent: Row, made: Row, type: EntityType): Row {
  const keys: [string, Value][] = type.keys.map((name) => [name, made[name] ?? sent[name] ?? null]);
  for (const [name, value] of Object.entries(sent)) {
    const navigation = type.navigations.get(name);
    if (navigation !== undefined && value !== null) keys.push([name, keysOf(navigation, sent, made, type)]);
  }
  return Object.fromEntries(keys);
}

function keysOf(navigation: Navigation, sent: Row, made: Row, type: EntityType): readonly Row[] {
  const { name, target } = navigation;
  const [rows, told] = [rowsIn(sent[name]), rowsIn(made[name])];
  const hasKey = (row: Row): boolean => target.keys.every((key) => (row[key] ?? null) !== null);
  if (told.length === rows.length && told.every(hasKey)) {
    return rows.map((row, i) => keysWithin(row, told[i] as Row, target));
  }
  const own = linkOf(navigation, type).map(({ column, parent }) => [column, made[parent] ?? sent[parent] ?? null]);
  return rows.map((row) => keysWithin({ ...row, ...(Object.fromEntries(own) as Row) }, {}, target));
}

const rowsIn = (value: Value | undefined): readonly Row[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
