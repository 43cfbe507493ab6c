import { ConnectionError } from '../connection-error.ts';
import type { Row, Value, ValueObject } from '../value.ts';
import { edmLiteral } from './edm-literal.ts';
import { fromEdm, toEdm, type Version } from './edm-value.ts';
import type { EntitySet, EntityType, Property } from './metadata/model.ts';

const MOST_LEVELS = 10;

/**
 * A row as the JSON of an entity; under navigation properties stand the rows that belong to it.
 * @param isDeep whether there may be such rows
 * @throws ConnectionError value, not_found
 */
export function toEntity(row: Row, type: EntityType, version: Version, isDeep = false, level = 0): ValueObject {
  // By entries, since a property may be called __proto__.
  const entity: [string, Value][] = [];
  for (const [name, value] of Object.entries(row)) {
    const property = type.properties.get(name);
    const navigation = type.navigations.get(name);
    if (property !== undefined) {
      entity.push([name, toEdm(value, property, version)]);
    } else if (navigation !== undefined && isDeep && level < MOST_LEVELS) {
      if (value === null) continue;
      const inner = (one: Value): ValueObject => {
        if (!isObject(one)) throw new ConnectionError('value', `${name} takes ${navigation.many ? 'rows' : 'a row'}`);
        return toEntity(one, navigation.target, version, true, level + 1);
      };
      if (navigation.many !== Array.isArray(value)) {
        throw new ConnectionError('value', `${name} takes ${navigation.many ? 'a list of rows' : 'one row'}`);
      }
      entity.push([name, navigation.many ? (value as readonly Value[]).map(inner) : inner(value)]);
    } else {
      throw noProperty(type, name);
    }
  }
  return Object.fromEntries(entity);
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
