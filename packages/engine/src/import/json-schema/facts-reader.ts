import { tooLarge } from '../import-refused.ts';
import type { ImportedColumn } from '../imported-column.ts';
import { MAX_COLUMNS, MAX_STEPS } from '../limits.ts';
import type { Notices, Place } from '../notices.ts';
import { isObject, type JsonObject } from '../parse-json.ts';
import { countKeyword } from './count-keyword.ts';
import type { Facts } from './facts.ts';
import { firstAlternative } from './first-alternative.ts';
import { kindOfValues } from './kind-of-values.ts';
import { type Merged, mergeSchemas } from './merge-schemas.ts';
import { readScalar } from './read-scalar.ts';
import { SchemaFlattener } from './schema-flattener.ts';
import { tellRequired } from './tell-required.ts';
import { tellUnread } from './tell-unread.ts';
import { OF_TYPE, typeOfSchema } from './type-of-schema.ts';

/** Levels of objects that are followed; a template has 16. */
const MAX_LEVELS = 20;

/**
 * Reads what schemas say of values. The work is bounded: schemas that refer to each other in ever more ways end in a refusal.
 */
export class FactsReader {
  readonly #notices: Notices;
  readonly #silent: ReadonlySet<string>;
  readonly #flattener: SchemaFlattener;
  #steps = 0;
  #columns = 0;

  /** @param silent more keywords that say nothing of values */
  constructor(root: JsonObject, notices: Notices, silent: ReadonlySet<string>) {
    this.#notices = notices;
    this.#silent = silent;
    this.#flattener = new SchemaFlattener(root, notices, () => this.#step());
  }

  #step(): void {
    if (++this.#steps > MAX_STEPS) throw tooLarge(`the schemas refer to each other in more than ${MAX_STEPS} ways`);
  }

  /**
   * @param subject what notices call the value @param refs references that are open @param level of objects around it
   */
  facts(schema: unknown, pointer: string, subject: string, refs: readonly string[], level: number): Facts {
    this.#step();
    const place: Place = { pointer };
    if (schema === true || schema === undefined) return { kind: 'any', place };
    if (!isObject(schema)) {
      this.#notices.add(
        'invalid_schema',
        place,
        schema === false ? 'nothing is allowed here' : 'a schema is an object',
        subject,
      );
      return { kind: 'any', place };
    }
    const flat = this.#flattener.flatten({ schema, pointer }, subject, refs);
    if (typeof flat === 'string') {
      this.#notices.add(
        'cyclic_reference',
        place,
        `it contains itself (${flat.slice(0, 100)}): the inner one is left empty`,
        subject,
      );
      return { kind: 'any', place, literal: null };
    }
    const merged = mergeSchemas(flat.parts);
    tellUnread(merged, subject, this.#silent, this.#notices);
    return this.#read(merged, place, subject, flat.refs, level);
  }

  #read(merged: Merged, place: Place, subject: string, refs: readonly string[], level: number): Facts {
    const value = (key: string): unknown => merged.keywords.get(key)?.value;
    const choice = firstAlternative(merged, place, subject, this.#notices, (schema, pointer) =>
      this.facts(schema, pointer, subject, refs, level),
    );
    const { type, nullable: typedNull } = typeOfSchema(merged, place, subject, this.#notices);
    const nullable =
      typedNull || value('nullable') === true || value('x-nullable') === true || choice?.nullable === true;
    const withNull = nullable ? { nullable: true } : {};
    if (merged.keywords.has('const')) {
      const only = value('const');
      return only === null
        ? { kind: 'any', place, literal: null }
        : { kind: 'text', place, literal: only, ...withNull };
    }
    const listed = value('enum');
    if (Array.isArray(listed)) {
      const values = listed.filter((item) => item !== null);
      const holdsNull = values.length < listed.length || nullable;
      return { kind: kindOfValues(values), place, values, ...(holdsNull ? { nullable: true } : {}) };
    }
    if (choice !== undefined && type === undefined && merged.properties.size === 0)
      return { ...choice, place, ...withNull };
    const kind =
      type ??
      (merged.properties.size > 0
        ? 'object'
        : value('items') !== undefined || value('prefixItems') !== undefined
          ? 'array'
          : undefined);
    if (kind === undefined) return { ...readScalar('any', merged, place, subject, this.#notices), ...withNull };
    if (kind === 'object') return { ...this.#object(merged, place, subject, refs, level, choice), ...withNull };
    if (kind === 'array') return { ...this.#array(merged, place, subject, refs, level), ...withNull };
    return { ...readScalar(OF_TYPE[kind] ?? 'any', merged, place, subject, this.#notices), ...withNull };
  }

  #object(
    merged: Merged,
    place: Place,
    subject: string,
    refs: readonly string[],
    level: number,
    choice: Facts | undefined,
  ): Facts {
    if (level >= MAX_LEVELS) {
      this.#notices.add('too_deep', place, `objects are followed ${MAX_LEVELS} levels deep: it is left empty`, subject);
      return { kind: 'object', place, columns: [] };
    }
    const columns: ImportedColumn[] = [];
    for (const [name, parts] of merged.properties) {
      if (++this.#columns > MAX_COLUMNS)
        throw tooLarge(`there are more than ${MAX_COLUMNS} properties, those of references counted each time`);
      const [first] = parts;
      if (first === undefined) continue;
      // Given in several members of an allOf, a property is all of them at once.
      const schema = parts.length === 1 ? first.value : { allOf: parts.map(({ value }) => value) };
      columns.push({
        ...this.facts(schema, first.pointer, `${subject}.${name}`.slice(0, 300), refs, level + 1),
        name,
      });
    }
    for (const column of choice?.columns ?? []) if (!merged.properties.has(column.name)) columns.push(column);
    columns.push(...tellRequired(merged, columns, place, subject, this.#notices));
    return { kind: 'object', place, columns };
  }

  #array(merged: Merged, place: Place, subject: string, refs: readonly string[], level: number): Facts {
    const bounds = { ...countKeyword('minItems', merged), ...countKeyword('maxItems', merged) };
    const given = merged.keywords.get('items');
    const tuple = merged.keywords.get('prefixItems') ?? (Array.isArray(given?.value) ? given : undefined);
    const key = merged.keywords.has('prefixItems') ? 'prefixItems' : 'items';
    if (tuple !== undefined && Array.isArray(tuple.value)) {
      this.#notices.add('tuple', place, 'a list whose items differ by place: all are filled like the first', subject);
      return {
        kind: 'array',
        place,
        items: {
          ...this.facts(tuple.value[0], `${tuple.pointer}/${key}/0`, `${subject}[]`, refs, level + 1),
          name: 'item',
        },
        ...bounds,
      };
    }
    if (given === undefined) return { kind: 'array', place, ...bounds };
    const items = this.facts(given.value, `${given.pointer}/items`, `${subject}[]`, refs, level + 1);
    // The end of a circle: a list without items ends it.
    if (items.literal === null)
      return { kind: 'array', place, maxItems: 0, minItems: 0, items: { ...items, name: 'item' } };
    return { kind: 'array', place, ...bounds, items: { ...items, name: 'item' } };
  }
}
