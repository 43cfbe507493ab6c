import type { ImportedColumn, ImportedEntity } from '../imported-column.ts';
import type { Notices } from '../notices.ts';
import type { JsonObject } from '../parse-json.ts';
import { FactsReader } from './facts-reader.ts';

/**
 * Reads schemas into columns. `$ref`s are followed inside the document, each at most once on the way down, and the work is
 * bounded: schemas that refer to each other in ever more ways end in a refusal.
 */
export class SchemaWalker {
  readonly #notices: Notices;
  readonly #reader: FactsReader;

  /** @param silent more keywords that say nothing of values */
  constructor(root: JsonObject, notices: Notices, silent: ReadonlySet<string>) {
    this.#notices = notices;
    this.#reader = new FactsReader(root, notices, silent);
  }

  /** The properties of a schema. One that is no object becomes an entity with a column `value`. */
  entity(name: string, schema: unknown, pointer: string): ImportedEntity {
    const facts = this.#reader.facts(schema, pointer, name, [], 0);
    const object = facts.kind === 'array' && facts.items?.kind === 'object' ? facts.items : facts;
    if (object !== facts)
      this.#notices.add('list_at_top', { pointer }, 'the schema is a list of objects: rows are its items', name);
    if (object.kind === 'object') return { name, place: object.place, columns: object.columns ?? [] };
    this.#notices.add('no_object', { pointer }, 'the schema is no object: rows have one field `value`', name);
    return { name, place: facts.place, columns: [{ ...facts, name: 'value' }] };
  }

  /** A schema by itself: what a parameter is. */
  column(name: string, schema: unknown, pointer: string): ImportedColumn {
    return { ...this.#reader.facts(schema, pointer, name, [], 0), name };
  }

  /** Like `entity`, but undefined for what is no object; that is told. */
  objectEntity(name: string, schema: unknown, pointer: string): ImportedEntity | undefined {
    const facts = this.#reader.facts(schema, pointer, name, [], 0);
    if (facts.kind === 'object' && (facts.columns ?? []).length > 0)
      return { name, place: { pointer }, columns: facts.columns ?? [] };
    this.#notices.add(
      'no_object',
      { pointer },
      'the schema has no properties: no template is made of it by itself',
      name,
    );
    return undefined;
  }
}
