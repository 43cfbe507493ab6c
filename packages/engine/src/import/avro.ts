import { pointerTo } from '../template/diagnostic.ts';
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ColumnKind, ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS } from './limits.ts';
import type { Notices } from './notices.ts';
import { get, isObject, type JsonObject, parseJson } from './parse-json.ts';

/**
 * The records of an Avro schema (1.12, JSON form): the one at the top, or each of a union at the top.
 * @throws ImportRefused
 */
export function readAvro(text: string, { notices }: ReadContext): ImportedEntity[] {
  const reader = new AvroReader(notices);
  const root = parseJson(text);
  const branches = Array.isArray(root)
    ? root.map((schema: unknown, index) => ({ schema, pointer: `/${index}` }))
    : [{ schema: root, pointer: '' }];
  const entities = branches.flatMap(({ schema, pointer }) => reader.entity(schema, pointer) ?? []);
  if (entities.length === 0)
    throw new ImportRefused(
      'nothing_to_import',
      'there is no record at the top of the schema',
      'an Avro schema of rows is { "type": "record", "name": …, "fields": [ … ] }',
    );
  return entities;
}

type Facts = Omit<ImportedColumn, 'name'>;

const PRIMITIVES: Readonly<Record<string, ColumnKind>> = {
  null: 'any',
  boolean: 'boolean',
  int: 'integer',
  long: 'integer',
  float: 'decimal',
  double: 'decimal',
  bytes: 'binary',
  string: 'text',
};
/** Logical types of the specification, by the kind of value they stand for. */
const LOGICAL: Readonly<Record<string, ColumnKind>> = {
  date: 'date',
  'time-millis': 'time',
  'time-micros': 'time',
  uuid: 'uuid',
  decimal: 'decimal',
  'big-decimal': 'decimal',
  'timestamp-millis': 'datetime',
  'timestamp-micros': 'datetime',
  'timestamp-nanos': 'datetime',
  'local-timestamp-millis': 'datetime',
  'local-timestamp-micros': 'datetime',
  'local-timestamp-nanos': 'datetime',
};
const KNOWN_KEYS = new Set([
  'type',
  'name',
  'namespace',
  'doc',
  'aliases',
  'fields',
  'symbols',
  'items',
  'values',
  'size',
  'logicalType',
  'precision',
  'scale',
  'default',
  'order',
]);

class AvroReader {
  readonly #notices: Notices;
  readonly #named = new Map<string, { schema: JsonObject; pointer: string }>();
  #columns = 0;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  entity(schema: unknown, pointer: string): ImportedEntity | undefined {
    if (!isObject(schema)) {
      this.#notices.add('no_object', { pointer }, 'it is no record: no template is made of it');
      return undefined;
    }
    const facts = this.#facts(schema, pointer, '', []);
    const name = typeof schema['name'] === 'string' ? schema['name'] : 'imported';
    if (facts.kind !== 'object') {
      this.#notices.add('no_object', { pointer }, 'it is no record: no template is made of it by itself', name);
      return undefined;
    }
    return { name, place: { pointer }, columns: facts.columns ?? [] };
  }

  #facts(schema: unknown, pointer: string, subject: string, open: readonly string[]): Facts {
    const place = { pointer };
    if (typeof schema === 'string') return this.#byName(schema, pointer, subject, open);
    if (Array.isArray(schema)) return this.#union(schema, pointer, subject, open);
    if (!isObject(schema))
      throw new ImportRefused(
        'invalid_source',
        'a type of an Avro schema is a name, an object or a list',
        undefined,
        pointer,
      );
    for (const key of Object.keys(schema)) {
      if (!KNOWN_KEYS.has(key))
        this.#notices.add(
          'keyword_not_used',
          { pointer: pointerTo(pointer, key) },
          `\`${key.slice(0, 60)}\` is not kept`,
          subject,
        );
    }
    const type = get(schema, 'type');
    if (typeof type !== 'string') return this.#facts(type, `${pointer}/type`, subject, open);
    switch (type) {
      case 'record':
      case 'error':
        return this.#record(schema, pointer, subject, open);
      case 'enum': {
        this.#remember(schema, pointer);
        const symbols = get(schema, 'symbols');
        return {
          kind: 'text',
          place,
          values: Array.isArray(symbols) ? symbols.filter((symbol) => typeof symbol === 'string') : [],
        };
      }
      case 'array':
        return {
          kind: 'array',
          place,
          items: {
            ...this.#facts(get(schema, 'items') ?? 'null', `${pointer}/items`, `${subject}[]`, open),
            name: 'item',
          },
        };
      case 'map':
        this.#notices.add('map_left_empty', place, 'keys of a map are not known: it is always {}', subject);
        return { kind: 'json', place, literal: {} };
      case 'fixed': {
        this.#remember(schema, pointer);
        const size = get(schema, 'size');
        return this.#logical(
          schema,
          {
            kind: 'binary',
            place,
            ...(Number.isSafeInteger(size) && (size as number) > 0 ? { maxLength: size as number } : {}),
          },
          subject,
        );
      }
      default:
        return this.#logical(schema, this.#byName(type, pointer, subject, open), subject);
    }
  }

  #remember(schema: JsonObject, pointer: string): string {
    const name = String(get(schema, 'name') ?? '');
    const short = name.split('.').at(-1) ?? name;
    const namespace = get(schema, 'namespace');
    if (typeof namespace === 'string') this.#named.set(`${namespace}.${short}`, { schema, pointer });
    this.#named.set(name, { schema, pointer });
    this.#named.set(short, { schema, pointer });
    return short;
  }

  #byName(name: string, pointer: string, subject: string, open: readonly string[]): Facts {
    const place = { pointer };
    const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
    if (name === 'null') return { kind: 'any', place, literal: null };
    if (primitive !== undefined)
      return { kind: primitive, place, declared: name, ...(name === 'int' ? { precision: 9 } : {}) };
    const short = name.split('.').at(-1) ?? name;
    const known = this.#named.get(name) ?? this.#named.get(short);
    if (known === undefined) {
      this.#notices.add(
        'unknown_type',
        place,
        `there is no type ${JSON.stringify(name.slice(0, 60))} before this place: filled with words`,
        subject,
      );
      return { kind: 'text', place };
    }
    if (open.includes(short)) {
      this.#notices.add(
        'cyclic_reference',
        place,
        `the record ${JSON.stringify(short.slice(0, 60))} contains itself: the inner one is null`,
        subject,
      );
      return { kind: 'any', place, literal: null };
    }
    return { ...this.#facts(known.schema, known.pointer, subject, open), place };
  }

  #union(branches: readonly unknown[], pointer: string, subject: string, open: readonly string[]): Facts {
    const isNull = (branch: unknown): boolean => branch === 'null' || (isObject(branch) && branch['type'] === 'null');
    const real = branches.map((branch, index) => ({ branch, index })).filter(({ branch }) => !isNull(branch));
    const nullable = real.length < branches.length ? { nullable: true } : {};
    const [first] = real;
    if (first === undefined) return { kind: 'any', place: { pointer }, literal: null };
    if (real.length > 1)
      this.#notices.add('alternatives', { pointer }, `of ${real.length} types the first is used`, subject);
    // The other branches may define names that are used further on.
    const [facts] = real.map(({ branch, index }) => this.#facts(branch, `${pointer}/${index}`, subject, open));
    return { kind: 'any', place: { pointer }, ...facts, ...nullable };
  }

  #record(schema: JsonObject, pointer: string, subject: string, open: readonly string[]): Facts {
    const name = this.#remember(schema, pointer);
    const path = subject === '' ? name : subject;
    const fields = get(schema, 'fields');
    if (!Array.isArray(fields))
      throw new ImportRefused('invalid_source', '`fields` of a record must be a list', undefined, `${pointer}/fields`);
    const columns = fields.map((field: unknown, index): ImportedColumn => {
      if (++this.#columns > MAX_COLUMNS)
        throw tooLarge(`there are more than ${MAX_COLUMNS} fields, those of named types counted each time`);
      const at = `${pointer}/fields/${index}`;
      if (!isObject(field) || typeof field['name'] !== 'string')
        throw new ImportRefused('invalid_source', 'a field is an object with a `name`', undefined, at);
      for (const key of Object.keys(field)) {
        if (!KNOWN_KEYS.has(key))
          this.#notices.add(
            'keyword_not_used',
            { pointer: pointerTo(at, key) },
            `\`${key.slice(0, 60)}\` is not kept`,
            path,
          );
      }
      // The logical type may stand in the field, though the specification wants it in the type.
      const type = get(field, 'type');
      if (type === undefined) throw new ImportRefused('invalid_source', 'the field has no `type`', undefined, at);
      return {
        ...this.#facts(type, `${at}/type`, `${path}.${field['name']}`.slice(0, 300), [...open, name]),
        name: field['name'],
      };
    });
    return { kind: 'object', place: { pointer }, columns };
  }

  #logical(schema: JsonObject, facts: Facts, subject: string): Facts {
    const logical = get(schema, 'logicalType');
    if (logical === undefined) return facts;
    const { place } = facts;
    const name = String(logical).slice(0, 60);
    if (logical === 'duration') return { kind: 'text', place, format: 'duration' };
    const kind = Object.hasOwn(LOGICAL, name) ? LOGICAL[name] : undefined;
    if (kind === undefined) {
      this.#notices.add('keyword_not_used', place, `the logical type ${JSON.stringify(name)} is not known`, subject);
      return facts;
    }
    const [precision, scale] = [get(schema, 'precision'), get(schema, 'scale')];
    if (kind !== 'decimal') return { kind, place, declared: name };
    return {
      kind,
      place,
      declared: name,
      ...(typeof precision === 'number' ? { precision } : {}),
      scale: typeof scale === 'number' ? scale : 0,
    };
  }
}
