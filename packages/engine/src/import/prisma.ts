import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ColumnKind, ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_ENTITIES } from './limits.ts';
import type { Notices } from './notices.ts';
import { type PrismaAttribute, type PrismaBlock, type PrismaField, readBlocks } from './prisma/read-blocks.ts';

/**
 * The models of a Prisma schema: fields with their attributes, enums, composite types. Relations are told of, and the fields they
 * stand on become references.
 * @throws ImportRefused
 */
export function readPrisma(text: string, { notices }: ReadContext): ImportedEntity[] {
  const blocks = readBlocks(text, notices);
  const models = blocks.filter(({ keyword }) => keyword === 'model' || keyword === 'view');
  if (models.length > MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} models`);
  if (models.length === 0)
    throw new ImportRefused('nothing_to_import', 'there is no model in it', 'a Prisma schema has `model Name { … }`');
  const reader = new PrismaReader(blocks, notices);
  return models.map((model) => reader.entity(model));
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Column = Writable<ImportedColumn>;

const KINDS: Readonly<Record<string, ColumnKind>> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'integer',
  Float: 'decimal',
  Decimal: 'decimal',
  Boolean: 'boolean',
  DateTime: 'datetime',
  Json: 'json',
  Bytes: 'binary',
};
/** Native types that are a kind of their own. */
const NATIVE_KINDS: Readonly<Record<string, ColumnKind>> = {
  Uuid: 'uuid',
  UniqueIdentifier: 'uuid',
  Date: 'date',
  Time: 'time',
  Timetz: 'time',
};
const NATIVE_FORMATS: Readonly<Record<string, string>> = { Inet: 'ipv4', ObjectId: 'objectid' };
const LENGTHS = new Set(['VarChar', 'Char', 'NVarChar', 'NChar', 'VarBinary', 'Binary', 'String']);
const DIGITS = new Set(['Decimal', 'Numeric', 'Money']);
const DEFAULT_FORMATS: Readonly<Record<string, string>> = { cuid: 'cuid', ulid: 'ulid', nanoid: 'nanoid' };
const MAX_LEVELS = 20;

class PrismaReader {
  readonly #blocks: ReadonlyMap<string, PrismaBlock>;
  readonly #notices: Notices;
  #columns = 0;

  constructor(blocks: readonly PrismaBlock[], notices: Notices) {
    this.#blocks = new Map(blocks.map((block) => [block.name, block]));
    this.#notices = notices;
  }

  entity(model: PrismaBlock): ImportedEntity {
    const columns = this.#fields(model, [model.name]);
    const mapped = model.attributes.find(({ name }) => name === 'map')?.arguments[0]?.value;
    for (const attribute of model.attributes) this.#blockAttribute(attribute, model, columns);
    return {
      name: typeof mapped === 'string' ? mapped : model.name,
      place: { line: model.line },
      columns: [...columns.values()],
    };
  }

  /** Columns by the name of the field, which may differ from that of the column (`@map`). */
  #fields(block: PrismaBlock, open: readonly string[]): Map<string, Column> {
    const columns = new Map<string, Column>();
    for (const field of block.fields) {
      if (++this.#columns > MAX_COLUMNS)
        throw tooLarge(`there are more than ${MAX_COLUMNS} fields, those of composite types counted each time`);
      const column = this.#field(field, block, open);
      if (column !== undefined) columns.set(field.name, column);
    }
    for (const field of block.fields) {
      const relation = field.attributes.find(({ name }) => name === 'relation');
      const names = listArgument(relation, 'fields');
      const targets = listArgument(relation, 'references');
      names.forEach((name, index) => {
        const column = columns.get(name);
        const target = targets[index];
        if (column !== undefined)
          column.references = { entity: field.type, ...(target === undefined ? {} : { column: target }) };
      });
    }
    return columns;
  }

  #field(field: PrismaField, block: PrismaBlock, open: readonly string[]): Column | undefined {
    const place = { line: field.line };
    const subject = `${block.name}.${field.name}`;
    const target = this.#blocks.get(field.type);
    if (target?.keyword === 'model' || target?.keyword === 'view') {
      if (field.attributes.every(({ name }) => name !== 'ignore'))
        this.#notices.add(
          'relation_left_out',
          place,
          `the relation to ${field.type} is no column: it is left out`,
          subject,
        );
      return undefined;
    }
    const column: Column = {
      ...this.#type(field, target, subject, open),
      name: field.name,
      place,
      ...(field.optional ? { nullable: true } : {}),
    };
    for (const attribute of field.attributes) this.#attribute(attribute, column, subject);
    if (!field.list) return column;
    const { name, ...item } = column;
    return { name, kind: 'array', place, items: { ...item, name: 'item', nullable: false, unique: false } };
  }

  #type(
    field: PrismaField,
    target: PrismaBlock | undefined,
    subject: string,
    open: readonly string[],
  ): Omit<Column, 'name'> {
    const place = { line: field.line };
    if (target?.keyword === 'enum')
      return {
        kind: 'text',
        place,
        values: target.fields.map(({ name, attributes }) =>
          String(attributes.find((a) => a.name === 'map')?.arguments[0]?.value ?? name),
        ),
      };
    if (target?.keyword === 'type') {
      if (open.includes(target.name) || open.length > MAX_LEVELS) {
        this.#notices.add(
          'cyclic_reference',
          place,
          `the type ${target.name} contains itself: the inner one is null`,
          subject,
        );
        return { kind: 'any', place, literal: null };
      }
      return { kind: 'object', place, columns: [...this.#fields(target, [...open, target.name]).values()] };
    }
    const kind = Object.hasOwn(KINDS, field.type) ? KINDS[field.type] : undefined;
    return { kind: kind ?? 'any', place, declared: field.type.slice(0, 60) };
  }

  #attribute(attribute: PrismaAttribute, column: Column, subject: string): void {
    const { name, line } = attribute;
    const [first, second] = attribute.arguments.map(({ value }) => value);
    if (name === 'id') Object.assign(column, { primaryKey: true, nullable: false });
    else if (name === 'unique') column.unique = true;
    else if (name === 'map' && typeof first === 'string') column.name = first;
    else if (name === 'default') this.#default(first, column, line, subject);
    else if (name.startsWith('db.')) this.#native(name.slice(3), first, second, column, line, subject);
    else if (!['relation', 'updatedAt', 'ignore', 'map'].includes(name))
      this.#notices.add('unknown_clause', { line }, `@${name.slice(0, 60)} is not known and is passed over`, subject);
  }

  #default(value: unknown, column: Column, line: number, subject: string): void {
    const call = typeof value === 'object' && value !== null && 'call' in value ? String(value.call) : undefined;
    if (call === 'autoincrement' || call === 'sequence') column.generated = true;
    else if (call === 'uuid') column.kind = 'uuid';
    else if (call !== undefined && Object.hasOwn(DEFAULT_FORMATS, call) && column.kind === 'text')
      column.format = DEFAULT_FORMATS[call] ?? '';
    else if (call === 'auto') column.format = 'objectid';
    else
      this.#notices.add(
        'default_not_used',
        { line },
        'defaults are not used: the template gives a value in every row',
        subject,
        'default',
      );
  }

  #native(name: string, first: unknown, second: unknown, column: Column, line: number, subject: string): void {
    const kind = NATIVE_KINDS[name];
    const format = NATIVE_FORMATS[name];
    if (kind !== undefined) column.kind = kind;
    else if (format !== undefined) column.format = format;
    else if (LENGTHS.has(name)) {
      if (typeof first === 'number') column.maxLength = first;
    } else if (DIGITS.has(name)) {
      if (typeof first === 'number') column.precision = first;
      if (typeof first === 'number') column.scale = typeof second === 'number' ? second : 0;
    } else if (/^(SmallInt|TinyInt)$/.test(name)) column.precision = name === 'TinyInt' ? 2 : 4;
    else if (name.startsWith('Unsigned')) column.min = 0;
    else if (
      !/^(Text|TinyText|MediumText|LongText|NText|Citext|Integer|Int|BigInt|MediumInt|Timestamp|Timestamptz|DateTime|DateTime2|DateTimeOffset|SmallDateTime|JsonB|Json|Real|DoublePrecision|Float|Double|Boolean|Bit|ByteA|Blob|LongBlob|MediumBlob|TinyBlob|Image)$/.test(
        name,
      )
    )
      this.#notices.add(
        'unknown_clause',
        { line },
        `@db.${name.slice(0, 60)} is not known and is passed over`,
        subject,
      );
  }

  #blockAttribute(
    { name, line, arguments: given }: PrismaAttribute,
    model: PrismaBlock,
    columns: ReadonlyMap<string, Column>,
  ): void {
    const fields = (given.find((argument) => argument.name === undefined || argument.name === 'fields')?.value ??
      []) as unknown;
    const names = Array.isArray(fields) ? fields.map(String) : [];
    const only = columns.get(names[0] ?? '');
    if (name === 'id' && names.length === 1 && only !== undefined)
      Object.assign(only, { primaryKey: true, nullable: false });
    else if (name === 'unique' && names.length === 1 && only !== undefined) only.unique = true;
    else if (name === 'id' || name === 'unique') {
      const own = names
        .map((field) => columns.get(field))
        .find((column) => column?.kind === 'integer' && column.references === undefined);
      if (name === 'id' && own !== undefined) own.generated = true;
      this.#notices.add(
        name === 'id' ? 'composite_key' : 'composite_unique',
        { line },
        `rows are not kept unique over (${names.join(', ').slice(0, 200)})`,
        model.name,
      );
    } else if (!['map', 'index', 'fulltext', 'schema', 'ignore'].includes(name))
      this.#notices.add(
        'unknown_clause',
        { line },
        `@@${name.slice(0, 60)} is not known and is passed over`,
        model.name,
      );
  }
}

function listArgument(attribute: PrismaAttribute | undefined, name: string): string[] {
  const value = attribute?.arguments.find((argument) => argument.name === name)?.value;
  return Array.isArray(value) ? value.map(String) : [];
}
