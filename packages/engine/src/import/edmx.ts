import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ColumnKind, ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_ENTITIES } from './limits.ts';
import type { Notices } from './notices.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';

/**
 * The entity types of an OData $metadata document (EDMX), V2 to V4: properties with their facets, complex types nested, enums.
 * Navigation properties, functions and annotations are told of.
 * @throws ImportRefused
 */
export function readEdmx(text: string, { notices }: ReadContext): ImportedEntity[] {
  const root = parseXml(text);
  const schemas =
    root.name === 'Schema'
      ? [root]
      : childrenOf(root, 'DataServices').flatMap((services) => childrenOf(services, 'Schema'));
  if (schemas.length === 0)
    throw new ImportRefused(
      'invalid_source',
      `the XML is no EDMX: <${root.name.slice(0, 60)}> holds no <Schema>`,
      'give the $metadata document of an OData service',
    );
  for (const reference of childrenOf(root, 'Reference'))
    notices.add(
      'reference_not_followed',
      { line: reference.line },
      `${attribute(reference, 'Uri').slice(0, 100)} is not fetched`,
      undefined,
      'reference',
    );
  return new EdmxReader(schemas, notices).entities();
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Column = Writable<ImportedColumn>;

/** Primitive types of EDM: CSDL 4.01, 3.3, and 3.0 for V2's DateTime and Time. */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  String: 'text',
  Guid: 'uuid',
  Boolean: 'boolean',
  Byte: 'integer',
  SByte: 'integer',
  Int16: 'integer',
  Int32: 'integer',
  Int64: 'integer',
  Decimal: 'decimal',
  Double: 'decimal',
  Single: 'decimal',
  Date: 'date',
  DateTime: 'datetime',
  DateTimeOffset: 'datetime',
  TimeOfDay: 'time',
  Time: 'time',
  Binary: 'binary',
};
const MOST: Readonly<Record<string, number>> = { Byte: 2, SByte: 2, Int16: 4 };
const READ_ATTRIBUTES = new Set([
  'Name',
  'Type',
  'Nullable',
  'MaxLength',
  'Precision',
  'Scale',
  'Unicode',
  'FixedLength',
  'SRID',
  'DefaultValue',
  'ConcurrencyMode',
  'Collation',
]);
const TYPE_ATTRIBUTES = new Set(['Name', 'BaseType', 'Abstract', 'OpenType', 'HasStream']);
const KNOWN = new Set(['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition']);
const SILENT = new Set(['EntityContainer', 'Documentation', 'Using', 'Association']);
const MAX_LEVELS = 20;

class EdmxReader {
  readonly #notices: Notices;
  readonly #types = new Map<string, XmlElement>();
  readonly #entityTypes: XmlElement[] = [];
  #columns = 0;

  constructor(schemas: readonly XmlElement[], notices: Notices) {
    this.#notices = notices;
    for (const schema of schemas) {
      const names = [attribute(schema, 'Namespace'), attribute(schema, 'Alias')].filter((name) => name !== '');
      for (const child of schema.children) {
        if (KNOWN.has(child.name)) {
          for (const name of names) this.#types.set(`${name}.${attribute(child, 'Name')}`, child);
          if (child.name === 'EntityType') this.#entityTypes.push(child);
        } else if (!SILENT.has(child.name)) {
          notices.add(
            'skipped_element',
            { line: child.line },
            `<${child.name.slice(0, 60)}> describes no entity and is passed over`,
            undefined,
            child.name,
          );
        }
      }
    }
  }

  entities(): ImportedEntity[] {
    if (this.#entityTypes.length === 0) throw new ImportRefused('nothing_to_import', 'there is no EntityType in it');
    if (this.#entityTypes.length > MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} entity types`);
    return this.#entityTypes.flatMap((type) => {
      const name = attribute(type, 'Name');
      const columns = this.#columnsOf(type, name, []);
      if (columns.length === 0 && attribute(type, 'Abstract') === 'true') return [];
      return [{ name, place: { line: type.line }, columns }];
    });
  }

  #columnsOf(type: XmlElement, subject: string, open: readonly XmlElement[]): Column[] {
    if (open.includes(type) || open.length > MAX_LEVELS) {
      this.#notices.add(
        'cyclic_reference',
        { line: type.line },
        'the type contains itself: the inner one is left empty',
        subject,
      );
      return [];
    }
    const inside = [...open, type];
    const base = attribute(type, 'BaseType');
    const parent = this.#types.get(base);
    if (base !== '' && parent === undefined)
      this.#notices.add(
        'unresolved_reference',
        { line: type.line },
        `the base type ${base.slice(0, 100)} is not in the document`,
        subject,
      );
    const columns = parent === undefined ? [] : this.#columnsOf(parent, subject, inside);
    const keys = childrenOf(type, 'Key')
      .flatMap((key) => childrenOf(key, 'PropertyRef'))
      .map((ref) => attribute(ref, 'Name'));
    for (const property of childrenOf(type, 'Property')) columns.push(this.#property(property, subject, inside));
    for (const column of columns)
      if (keys.includes(column.name))
        Object.assign(column, { nullable: false }, keys.length === 1 ? { primaryKey: true } : {});
    if (keys.length > 1) {
      this.#notices.add(
        'composite_key',
        { line: type.line },
        `rows are not kept unique over (${keys.join(', ').slice(0, 200)})`,
        subject,
      );
      const own = columns.find(({ name, kind }) => keys.includes(name) && kind === 'integer');
      if (own !== undefined) own.generated = true;
    }
    for (const child of type.children) this.#other(child, columns, subject);
    for (const key of type.attributes.keys())
      if (!TYPE_ATTRIBUTES.has(key))
        this.#notices.add(
          'attribute_not_used',
          { line: type.line },
          `the attribute ${key.slice(0, 60)} is not kept`,
          subject,
          key,
        );
    return columns;
  }

  #other(child: XmlElement, columns: readonly Column[], subject: string): void {
    const place = { line: child.line };
    if (child.name === 'NavigationProperty') {
      this.#notices.add(
        'relation_left_out',
        place,
        `the navigation property ${attribute(child, 'Name').slice(0, 60)} is no column: it is left out`,
        subject,
      );
      const target =
        attribute(child, 'Type')
          .replace(/^Collection\(|\)$/g, '')
          .split('.')
          .at(-1) ?? '';
      for (const constraint of childrenOf(child, 'ReferentialConstraint')) {
        const column = columns.find(({ name }) => name === attribute(constraint, 'Property'));
        if (column !== undefined)
          column.references = { entity: target, column: attribute(constraint, 'ReferencedProperty') };
      }
    } else if (child.name !== 'Key' && child.name !== 'Property' && child.name !== 'Documentation') {
      this.#notices.add('skipped_element', place, `<${child.name.slice(0, 60)}> is not kept`, undefined, child.name);
    }
  }

  #property(property: XmlElement, entity: string, open: readonly XmlElement[]): Column {
    if (++this.#columns > MAX_COLUMNS)
      throw tooLarge(`there are more than ${MAX_COLUMNS} properties, those of complex types counted each time`);
    const name = attribute(property, 'Name');
    const subject = `${entity}.${name}`.slice(0, 300);
    const place = { line: property.line };
    for (const key of property.attributes.keys()) {
      if (!READ_ATTRIBUTES.has(key) && !key.startsWith('xmlns'))
        this.#notices.add('attribute_not_used', place, `the attribute ${key.slice(0, 60)} is not kept`, subject, key);
    }
    for (const child of property.children)
      if (child.name !== 'Documentation')
        this.#notices.add(
          'skipped_element',
          { line: child.line },
          `<${child.name.slice(0, 60)}> is not kept`,
          undefined,
          child.name,
        );
    const declared = attribute(property, 'Type');
    const item = declared.startsWith('Collection(') ? declared.slice('Collection('.length, -1) : undefined;
    const column: Column = {
      ...this.#type(item ?? declared, property, subject, open),
      name,
      place,
      ...(attribute(property, 'Nullable') === 'false' ? {} : { nullable: true }),
    };
    if (item === undefined) return column;
    return { name, place, kind: 'array', items: { ...column, name: 'item', nullable: false } };
  }

  #type(declared: string, property: XmlElement, subject: string, open: readonly XmlElement[]): Omit<Column, 'name'> {
    const place = { line: property.line };
    const type = this.#types.get(declared);
    if (type?.name === 'ComplexType') {
      const columns = this.#columnsOf(type, subject, open);
      return { kind: 'object', place, columns };
    }
    if (type?.name === 'EnumType')
      return { kind: 'text', place, values: childrenOf(type, 'Member').map((member) => attribute(member, 'Name')) };
    if (type?.name === 'TypeDefinition' && !open.includes(type))
      return this.#type(
        attribute(type, 'UnderlyingType'),
        property.attributes.has('MaxLength') ? property : type,
        subject,
        [...open, type],
      );
    const primitive = declared.startsWith('Edm.') ? declared.slice(4) : declared;
    if (primitive === 'Duration') return { kind: 'text', place, format: 'duration' };
    const kind = Object.hasOwn(KINDS, primitive) ? KINDS[primitive] : undefined;
    const facet = (key: string): Record<string, number> => {
      const value = attribute(property, key);
      return /^\d{1,9}$/.test(value) ? { [`${key[0]?.toLowerCase() ?? ''}${key.slice(1)}`]: Number(value) } : {};
    };
    if (kind === undefined) return { kind: 'any', place, declared: declared.slice(0, 100) };
    if (kind === 'text' || kind === 'binary') return { kind, place, declared, ...facet('MaxLength') };
    if (kind === 'decimal')
      return {
        kind,
        place,
        declared,
        ...facet('Precision'),
        ...(primitive === 'Decimal' ? { scale: 0 } : {}),
        ...facet('Scale'),
        ...(attribute(property, 'Scale') === 'variable' ? { scale: 2 } : {}),
      };
    const digits = MOST[primitive];
    return {
      kind,
      place,
      declared,
      ...(digits === undefined ? {} : { precision: digits }),
      ...(primitive === 'Byte' ? { min: 0 } : {}),
    };
  }
}

const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);
const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? '';
