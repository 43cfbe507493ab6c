import { pointerTo } from '../../template/diagnostic.ts';
import { tooLarge } from '../import-refused.ts';
import type { ColumnKind, ImportedColumn, ImportedEntity } from '../imported-column.ts';
import { MAX_COLUMNS, MAX_STEPS } from '../limits.ts';
import type { Notices, Place } from '../notices.ts';
import { get, isObject, type JsonObject } from '../parse-json.ts';
import { DESCRIBING, OFTEN_BOOLEAN, READ } from './keywords.ts';
import { type Merged, mergeSchemas, type Part } from './merge-schemas.ts';
import { type Resolved, resolveRef } from './resolve-ref.ts';

type Facts = Omit<ImportedColumn, 'name'>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Levels of objects that are followed; a template has 16. */
const MAX_LEVELS = 20;
const OF_TYPE: Readonly<Record<string, ColumnKind>> = {
  string: 'text',
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
};
/** Formats that are kinds of their own. */
const OF_FORMAT: Readonly<Record<string, ColumnKind>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  uuid: 'uuid',
  binary: 'binary',
};
/** Formats of numbers; int32 and the like bound them. */
const INTEGER_FORMATS = new Set([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'unix-time',
]);
const NUMBER_FORMATS = new Set(['float', 'double', 'decimal']);

/**
 * Reads schemas into columns. `$ref`s are followed inside the document, each at most once on the way down, and the work is
 * bounded: schemas that refer to each other in ever more ways end in a refusal.
 */
export class SchemaWalker {
  readonly #root: JsonObject;
  readonly #notices: Notices;
  readonly #silent: ReadonlySet<string>;
  readonly #anchors: ReadonlyMap<string, Resolved & { ok: true }>;
  #steps = 0;
  #columns = 0;

  /** @param silent more keywords that say nothing of values */
  constructor(root: JsonObject, notices: Notices, silent: ReadonlySet<string>) {
    this.#root = root;
    this.#notices = notices;
    this.#silent = silent;
    this.#anchors = collectAnchors(root);
  }

  /** The properties of a schema. One that is no object becomes an entity with a column `value`. */
  entity(name: string, schema: unknown, pointer: string): ImportedEntity {
    const facts = this.#facts(schema, pointer, name, [], 0);
    const object = facts.kind === 'array' && facts.items?.kind === 'object' ? facts.items : facts;
    if (object !== facts)
      this.#notices.add('list_at_top', { pointer }, 'the schema is a list of objects: rows are its items', name);
    if (object.kind === 'object') return { name, place: object.place, columns: object.columns ?? [] };
    this.#notices.add('no_object', { pointer }, 'the schema is no object: rows have one field `value`', name);
    return { name, place: facts.place, columns: [{ ...facts, name: 'value' }] };
  }

  /** Like `entity`, but undefined for what is no object; that is told. */
  objectEntity(name: string, schema: unknown, pointer: string): ImportedEntity | undefined {
    const facts = this.#facts(schema, pointer, name, [], 0);
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

  #facts(schema: unknown, pointer: string, subject: string, refs: readonly string[], level: number): Facts {
    if (++this.#steps > MAX_STEPS) throw tooLarge(`the schemas refer to each other in more than ${MAX_STEPS} ways`);
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
    const flat = this.#flatten({ schema, pointer }, subject, refs);
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
    this.#tellUnread(merged, subject);
    return this.#read(merged, place, subject, flat.refs, level);
  }

  /** A schema with the members of `allOf` and what `$ref` leads to, in order; the reference that closes a circle. */
  #flatten(part: Part, subject: string, refs: readonly string[]): { parts: Part[]; refs: readonly string[] } | string {
    if (++this.#steps > MAX_STEPS) throw tooLarge(`the schemas refer to each other in more than ${MAX_STEPS} ways`);
    const parts = [part];
    // References on the way down close a circle; those of members beside each other may be the same.
    let inside = refs;
    const below = new Set(refs);
    const add = (member: Part, open: readonly string[]): string | undefined => {
      const inner = this.#flatten(member, subject, open);
      if (typeof inner === 'string') return inner;
      for (const part of inner.parts) parts.push(part);
      for (const ref of inner.refs) below.add(ref);
      return undefined;
    };
    const ref = get(part.schema, '$ref') ?? get(part.schema, '$dynamicRef') ?? get(part.schema, '$recursiveRef');
    if (typeof ref === 'string') {
      const target = resolveRef(this.#root, ref, this.#anchors);
      if (!target.ok) this.#notices.add('unresolved_reference', { pointer: part.pointer }, target.message, subject);
      else if (refs.includes(target.pointer)) return ref;
      else if (isObject(target.schema)) {
        inside = [...refs, target.pointer];
        const circle = add({ schema: target.schema, pointer: target.pointer }, inside);
        if (circle !== undefined) return circle;
      }
    }
    const all = get(part.schema, 'allOf');
    for (const [index, member] of (Array.isArray(all) ? all : []).entries()) {
      if (!isObject(member)) continue;
      const circle = add({ schema: member, pointer: `${part.pointer}/allOf/${index}` }, refs);
      if (circle !== undefined) return circle;
    }
    for (const pointer of inside) below.add(pointer);
    return { parts, refs: [...below] };
  }

  #tellUnread({ keywords, conflicts }: Merged, subject: string): void {
    for (const { key, pointer } of conflicts) {
      if (DESCRIBING.has(key) || this.#silent.has(key)) continue;
      this.#notices.add(
        'conflicting_keywords',
        { pointer: pointerTo(pointer, key) },
        `\`${key.slice(0, 60)}\` is given twice: the first counts`,
        subject,
      );
    }
    for (const [key, { value, pointer }] of keywords) {
      if (READ.has(key) || DESCRIBING.has(key) || this.#silent.has(key)) continue;
      if (
        OFTEN_BOOLEAN.has(key) &&
        value !== undefined &&
        typeof value === 'boolean' &&
        (key !== 'uniqueItems' || !value)
      )
        continue;
      this.#notices.add(
        'keyword_not_used',
        { pointer: pointerTo(pointer, key) },
        `\`${key.slice(0, 60)}\` is not kept`,
        subject,
      );
    }
  }

  #read(merged: Merged, place: Place, subject: string, refs: readonly string[], level: number): Facts {
    const value = (key: string): unknown => merged.keywords.get(key)?.value;
    const choice = this.#choose(merged, place, subject, refs, level);
    const { type, nullable: typedNull } = this.#type(merged, place, subject);
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
    if (kind === undefined) return { ...this.#scalar('any', merged, place, subject), ...withNull };
    if (kind === 'object') return { ...this.#object(merged, place, subject, refs, level, choice), ...withNull };
    if (kind === 'array') return { ...this.#array(merged, place, subject, refs, level), ...withNull };
    return { ...this.#scalar(OF_TYPE[kind] ?? 'any', merged, place, subject), ...withNull };
  }

  #type({ keywords }: Merged, place: Place, subject: string): { type: string | undefined; nullable: boolean } {
    const given = keywords.get('type')?.value;
    const types = (Array.isArray(given) ? given : [given]).filter((type): type is string => typeof type === 'string');
    const others = types.filter((type) => type !== 'null');
    const known = others.filter((type) => Object.hasOwn(OF_TYPE, type));
    if (known.length > 1)
      this.#notices.add('several_types', place, `of the types ${known.join(', ')} the first is used`, subject);
    const [unknown] = others.filter((type) => !known.includes(type));
    if (unknown !== undefined)
      this.#notices.add('unknown_type', place, `there is no type ${JSON.stringify(unknown.slice(0, 60))}`, subject);
    return { type: known[0], nullable: types.includes('null') };
  }

  /** Of alternatives the first that is not null; a list of constants is an enum. */
  #choose(merged: Merged, place: Place, subject: string, refs: readonly string[], level: number): Facts | undefined {
    for (const key of ['oneOf', 'anyOf']) {
      const options = merged.keywords.get(key);
      if (options === undefined || !Array.isArray(options.value)) continue;
      const all: unknown[] = options.value;
      const isNull = (option: unknown): boolean =>
        isObject(option) && (option['type'] === 'null' || ('const' in option && option['const'] === null));
      const real = all.map((option, index) => ({ option, index })).filter(({ option }) => !isNull(option));
      const nullable = real.length < all.length ? { nullable: true } : {};
      const constants = real.flatMap(({ option }) =>
        isObject(option) && Object.hasOwn(option, 'const') ? [option['const']] : [],
      );
      if (constants.length > 0 && constants.length === real.length)
        return { kind: kindOfValues(constants), place, values: constants, ...nullable };
      const [first] = real;
      if (first === undefined) return { kind: 'any', place, literal: null };
      if (real.length > 1)
        this.#notices.add(
          'alternatives',
          { pointer: `${options.pointer}/${key}` },
          `of ${real.length} alternatives the first is used`,
          subject,
        );
      const facts = this.#facts(first.option, `${options.pointer}/${key}/${first.index}`, subject, refs, level);
      return { ...facts, ...nullable };
    }
    return undefined;
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
        ...this.#facts(schema, first.pointer, `${subject}.${name}`.slice(0, 300), refs, level + 1),
        name,
      });
    }
    for (const column of choice?.columns ?? []) if (!merged.properties.has(column.name)) columns.push(column);
    const optional = [...merged.properties.keys()].filter((name) => !merged.required.has(name));
    if (optional.length > 0)
      this.#notices.add(
        'optional_properties',
        place,
        `may be absent by the schema, are always there in rows: ${optional.slice(0, 12).join(', ')}${optional.length > 12 ? ' …' : ''}`,
        subject,
      );
    const missing = [...merged.required].filter((name) => !columns.some((column) => column.name === name));
    for (const name of missing) {
      this.#notices.add(
        'required_not_described',
        place,
        `required, but not described: ${JSON.stringify(name.slice(0, 60))} is filled with words`,
        subject,
      );
      columns.push({ name, kind: 'text', place });
    }
    return { kind: 'object', place, columns };
  }

  #array(merged: Merged, place: Place, subject: string, refs: readonly string[], level: number): Facts {
    const bounds = { ...count('minItems', merged), ...count('maxItems', merged) };
    const given = merged.keywords.get('items');
    const tuple = merged.keywords.get('prefixItems') ?? (Array.isArray(given?.value) ? given : undefined);
    const key = merged.keywords.has('prefixItems') ? 'prefixItems' : 'items';
    if (tuple !== undefined && Array.isArray(tuple.value)) {
      this.#notices.add('tuple', place, 'a list whose items differ by place: all are filled like the first', subject);
      return {
        kind: 'array',
        place,
        items: {
          ...this.#facts(tuple.value[0], `${tuple.pointer}/${key}/0`, `${subject}[]`, refs, level + 1),
          name: 'item',
        },
        ...bounds,
      };
    }
    if (given === undefined) return { kind: 'array', place, ...bounds };
    const items = this.#facts(given.value, `${given.pointer}/items`, `${subject}[]`, refs, level + 1);
    // The end of a circle: a list without items ends it.
    if (items.literal === null)
      return { kind: 'array', place, maxItems: 0, minItems: 0, items: { ...items, name: 'item' } };
    return { kind: 'array', place, ...bounds, items: { ...items, name: 'item' } };
  }

  #scalar(kind: ColumnKind, merged: Merged, place: Place, subject: string): Facts {
    const value = (key: string): unknown => merged.keywords.get(key)?.value;
    const facts: Writable<Facts> = { kind, place };
    const format = value('format');
    if (kind === 'integer' || kind === 'decimal') {
      this.#bounds(facts, merged, place, subject);
      if (typeof format === 'string' && !INTEGER_FORMATS.has(format) && !NUMBER_FORMATS.has(format))
        this.#notices.add(
          'unknown_format',
          place,
          `the format ${JSON.stringify(format.slice(0, 60))} of a number is not known`,
          subject,
        );
      return facts;
    }
    Object.assign(facts, count('minLength', merged), count('maxLength', merged));
    const pattern = value('pattern');
    if (typeof pattern === 'string') facts.pattern = pattern;
    if (typeof format !== 'string') {
      if (value('contentEncoding') === 'base64') facts.format = 'byte';
      return facts;
    }
    if (facts.kind === 'any') facts.kind = 'text';
    const special = OF_FORMAT[format];
    if (special !== undefined && (facts.pattern === undefined || special !== 'binary')) facts.kind = special;
    else facts.format = format;
    return facts;
  }

  #bounds(facts: Writable<Facts>, merged: Merged, place: Place, subject: string): void {
    const number = (key: string): number | undefined => {
      const value = merged.keywords.get(key)?.value;
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    };
    const step = number('multipleOf');
    const decimals = step === undefined ? undefined : decimalsOf(step);
    if (step !== undefined && (facts.kind !== 'integer' || step !== 1)) {
      if (decimals === 0 && step === 1) facts.kind = 'integer';
      else if (decimals !== undefined && step === 10 ** -decimals) facts.scale = decimals;
      else this.#notices.add('multiple_not_kept', place, `multiples of ${step} are not kept`, subject);
    }
    const unit = facts.kind === 'integer' ? 1 : 10 ** -(facts.scale ?? 2);
    // Draft 4 and OpenAPI 3.0 write exclusiveMinimum as true beside minimum.
    const open = (key: string): boolean => merged.keywords.get(key)?.value === true;
    const least = number('minimum');
    const above = number('exclusiveMinimum') ?? (open('exclusiveMinimum') ? least : undefined);
    const most = number('maximum');
    const below = number('exclusiveMaximum') ?? (open('exclusiveMaximum') ? most : undefined);
    const min = Math.max(
      least ?? Number.NEGATIVE_INFINITY,
      above === undefined ? Number.NEGATIVE_INFINITY : above + unit,
    );
    const max = Math.min(
      most ?? Number.POSITIVE_INFINITY,
      below === undefined ? Number.POSITIVE_INFINITY : below - unit,
    );
    if (Number.isFinite(min)) facts.min = facts.kind === 'integer' ? Math.ceil(min) : min;
    if (Number.isFinite(max)) facts.max = facts.kind === 'integer' ? Math.floor(max) : max;
  }
}

function count<K extends 'minItems' | 'maxItems' | 'minLength' | 'maxLength'>(
  key: K,
  { keywords }: Merged,
): Partial<Record<K, number>> {
  const value = keywords.get(key)?.value;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? ({ [key]: value } as Record<K, number>) : {};
}

function kindOfValues(values: readonly unknown[]): ColumnKind {
  if (values.length > 0 && values.every((value) => Number.isSafeInteger(value))) return 'integer';
  return values.length > 0 && values.every((value) => typeof value === 'number') ? 'decimal' : 'text';
}

/** How many decimals a step such as 0.01 has. */
function decimalsOf(step: number): number | undefined {
  for (let decimals = 0; decimals <= 12; decimals++)
    if (
      Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-9 &&
      Math.round(step * 10 ** decimals) > 0
    )
      return decimals;
  return undefined;
}

/** Schemas by `$anchor` and `$id`, wherever they stand. The document's depth is bounded. */
function collectAnchors(root: JsonObject): ReadonlyMap<string, Resolved & { ok: true }> {
  const anchors = new Map<string, Resolved & { ok: true }>();
  const visit = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, `${pointer}/${index}`);
      });
      return;
    }
    if (!isObject(value)) return;
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const anchor = get(value, key);
      if (typeof anchor === 'string') anchors.set(`#${anchor}`, { ok: true, pointer, schema: value });
    }
    const id = get(value, '$id');
    if (typeof id === 'string') anchors.set(id, { ok: true, pointer, schema: value });
    for (const [key, inner] of Object.entries(value))
      if (inner !== null && typeof inner === 'object') visit(inner, pointerTo(pointer, key));
  };
  visit(root, '');
  return anchors;
}
