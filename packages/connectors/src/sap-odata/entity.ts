import { ConnectionError } from '../connection-error.ts';
import type { Row, Value, ValueObject } from '../value.ts';
import { edmLiteral } from './edm-literal.ts';
import { fromEdm, toEdm, type Version } from './edm-value.ts';
import type { EntitySet, EntityType, Navigation, Property } from './metadata/model.ts';

const MOST_LEVELS = 10;

/**
 * A row as the JSON of an entity; under navigation properties stand the rows that belong to it. Both versions take lists of them as they are
 * (OData 2.0 Operations, 2.2.2; OData 4.01 Protocol, 11.4.2.2); an empty list says nothing, and not every service takes it.
 * @param isDeep whether there may be such rows
 * @throws ConnectionError value, not_found, with the place within the row: `/to_Item/2/Quantity`
 */
export function toEntity(row: Row, type: EntityType, version: Version, isDeep = false): ValueObject {
  return entityAt(row, type, version, isDeep ? MOST_LEVELS : 0, '');
}

function entityAt(row: Row, type: EntityType, version: Version, levels: number, at: string): ValueObject {
  // By entries, since a property may be called __proto__.
  const entity: [string, Value][] = [];
  for (const [name, value] of Object.entries(row)) {
    const property = type.properties.get(name);
    const navigation = type.navigations.get(name);
    if (property !== undefined) {
      entity.push([name, placed(at, name, () => toEdm(value, property, version))]);
    } else if (navigation !== undefined && levels > 0) {
      const inner = entitiesAt(value, navigation, version, levels - 1, `${at}/${name}`);
      if (inner !== undefined) entity.push([name, inner]);
    } else {
      throw placed(at, name, () => noProperty(type, name));
    }
  }
  return Object.fromEntries(entity);
}

function entitiesAt(
  value: Value,
  { name, many, target }: Navigation,
  version: Version,
  levels: number,
  at: string,
): Value | undefined {
  if (value === null) return undefined;
  const inner = (one: Value, place: string): ValueObject => {
    if (isObject(one)) return entityAt(one, target, version, levels, place);
    throw new ConnectionError('value', `${place}: ${name} takes ${many ? 'rows' : 'a row'}`);
  };
  if (many !== Array.isArray(value)) {
    throw new ConnectionError('value', `${at}: ${name} takes ${many ? 'a list of rows' : 'one row'}`);
  }
  if (!many) return inner(value, at);
  const list = value as readonly Value[];
  return list.length === 0 ? undefined : list.map((one, i) => inner(one, `${at}/${i}`));
}

/** What goes wrong within a row names the place there; of the row itself the name of the property is enough. */
function placed<T>(at: string, name: string, work: () => T): T {
  if (at === '') return work();
  const told = (error: ConnectionError): ConnectionError =>
    new ConnectionError(error.problem, `${at}/${name.slice(0, 100)}: ${error.message}`);
  try {
    const made = work();
    return made instanceof ConnectionError ? (told(made) as T) : made;
  } catch (error) {
    throw error instanceof ConnectionError ? told(error) : error;
  }
}

/** The row of an entity: without links and control information, with the rows that are inside it. */
export function fromEntity(entity: ValueObject, type: EntityType, version: Version): Row {
  const row: [string, Value][] = [];
  for (const [name, value] of Object.entries(entity)) {
    const property = type.properties.get(name);
    if (property !== undefined) {
      row.push([name, fromEdm(value, property, version)]);
      continue;
    }
    const navigation = type.navigations.get(name);
    if (navigation === undefined || !(isObject(value) || Array.isArray(value))) continue;
    if (isObject(value) && Object.hasOwn(value, '__deferred')) continue;
    const list = isObject(value) && Array.isArray(value['results']) ? value['results'] : value;
    const inner = (one: ValueObject): Row => fromEntity(one, navigation.target, version);
    row.push([name, Array.isArray(list) ? list.filter(isObject).map(inner) : inner(list as ValueObject)]);
  }
  return Object.fromEntries(row);
}

/** The tag of the version that an entity has, for If-Match. */
export function etagOf(entity: ValueObject): string | undefined {
  const metadata = entity['__metadata'];
  const etag = entity['@odata.etag'] ?? entity['@etag'] ?? (isObject(metadata) ? metadata['etag'] : undefined);
  return typeof etag === 'string' ? etag : undefined;
}

/** `SalesOrders('4711')`, `Items(Order='4711',Item='10')`, for a path. @throws ConnectionError */
export function pathOfKey(set: EntitySet, row: Row, version: Version): string {
  const { type } = set;
  if (type.keys.length === 0) throw new ConnectionError('invalid_config', `${set.name} has no key`);
  const parts = type.keys.map((name) => {
    const value = row[name];
    if (value === undefined || value === null) {
      throw new ConnectionError('value', `the key of ${set.name} has ${type.keys.join(', ')}, and ${name} is missing`);
    }
    const literal = encodeURIComponent(edmLiteral(value, propertyOf(type, name), version));
    return type.keys.length === 1 ? literal : `${name}=${literal}`;
  });
  return `${set.name}(${parts.join(',')})`;
}

/** @throws ConnectionError not_found */
export function propertyOf(type: EntityType, name: string): Property {
  const property = type.properties.get(name);
  if (property === undefined) throw noProperty(type, name);
  return property;
}

export const isObject = (value: Value | undefined): value is ValueObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

const noProperty = (type: EntityType, name: string): ConnectionError =>
  new ConnectionError('not_found', `${type.name} has no property ${JSON.stringify(name.slice(0, 100))}`);
