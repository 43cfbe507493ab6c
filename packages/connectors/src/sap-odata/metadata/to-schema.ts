import type { Check, Column, ColumnKind, DatabaseSchema, ForeignKey, NestedRows, Table } from '../../schema/schema.ts';
import type { EntitySet, EntityType, Navigation, ODataModel, Property } from './model.ts';

/** Primitive types of CSDL 2, 3 and 4. */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  'Edm.String': 'text',
  'Edm.Guid': 'uuid',
  'Edm.Boolean': 'boolean',
  'Edm.Byte': 'integer',
  'Edm.SByte': 'integer',
  'Edm.Int16': 'integer',
  'Edm.Int32': 'integer',
  'Edm.Int64': 'integer',
  'Edm.Decimal': 'decimal',
  'Edm.Double': 'float',
  'Edm.Single': 'float',
  'Edm.Date': 'date',
  'Edm.DateTime': 'datetime',
  'Edm.DateTimeOffset': 'datetime_zoned',
  'Edm.TimeOfDay': 'time',
  'Edm.Time': 'time',
  'Edm.Duration': 'interval',
  'Edm.Binary': 'binary',
};
const BITS: Readonly<Record<string, number>> = {
  'Edm.Byte': 8,
  'Edm.SByte': 8,
  'Edm.Int16': 16,
  'Edm.Int32': 32,
  'Edm.Int64': 64,
  'Edm.Single': 32,
  'Edm.Double': 64,
};

/** The tables that entity sets are. */
export const toSchema = (model: ODataModel): DatabaseSchema => ({
  tables: [...model.entitySets.values()].map((set) => toTable(set, model)),
  notices: model.notices,
});

/** One entity set as a table; a navigation property with constraints is a foreign key. */
export function toTable(set: EntitySet, model: ODataModel): Table {
  const { type, name, targets } = set;
  const foreignKeys = [...type.navigations.values()].flatMap((navigation): ForeignKey[] => {
    const target = targets.get(navigation.name) ?? setOf(navigation.target.name, model);
    if (navigation.many || navigation.constraints.length === 0 || target === undefined) return [];
    return [
      {
        name: navigation.name,
        columns: navigation.constraints.map(({ property }) => property),
        to: { schema: '', name: target },
        toColumns: navigation.constraints.map(({ referenced }) => referenced),
        isDeferrable: false,
      },
    ];
  });
  const nested = nestedOf(name, type, targets, model, []);
  return {
    ...bareTable(name, type),
    comment: set.comment,
    foreignKeys,
    ...(nested.length === 0 ? {} : { nested }),
  };
}

/** A byte has no sign, which the bits do not say. */
const checksOf = ({ name, type, isCollection }: Property): Check[] =>
  type === 'Edm.Byte' && !isCollection ? [{ name: `${name}_byte`, expression: `${name} BETWEEN 0 AND 255` }] : [];

/** Entities that may be within one of a type (deep insert). @param open types that it is within itself */
function nestedOf(
  path: string,
  type: EntityType,
  targets: EntitySet['targets'],
  model: ODataModel,
  open: readonly EntityType[],
): NestedRows[] {
  return [...type.navigations.values()].flatMap((navigation): NestedRows[] => {
    const { name, target: of, many, contains } = navigation;
    if (contains) {
      if (open.includes(of)) return [];
      const at = `${path}/${name}`;
      const nested = nestedOf(at, of, new Map(), model, [...open, of]);
      const contained = { ...bareTable(at, of), ...(nested.length === 0 ? {} : { nested }) };
      return [{ name, table: { schema: '', name: at }, many, contained }];
    }
    const target = targets.get(name) ?? setOf(of.name, model);
    if (target === undefined) return [];
    const link = linkOf(navigation, type);
    return [{ name, table: { schema: '', name: target }, many, ...(link.length === 0 ? {} : { link }) }];
  });
}

/**
 * What of the entities within is taken from the one that they are in: by the constraints of the association, by those of the way back,
 * or, where there are none at all, the key of the one as a part of the key of the other, by its names.
 */
export function linkOf(
  { partner, dependents, constraints, target }: Navigation,
  type: EntityType,
): readonly { readonly column: string; readonly parent: string }[] {
  const named = partner === undefined ? undefined : target.navigations.get(partner);
  const back = named ?? [...target.navigations.values()].find((one) => one.target === type && !one.many);
  const known = dependents.length > 0 ? dependents : (back?.constraints ?? []);
  if (known.length > 0) return known.map(({ property, referenced }) => ({ column: property, parent: referenced }));
  const isPart = constraints.length === 0 && type.keys.length < target.keys.length;
  return isPart && type.keys.every((key) => target.keys.includes(key))
    ? type.keys.map((key) => ({ column: key, parent: key }))
    : [];
}

const bareTable = (name: string, type: EntityType): Table => ({
  schema: '',
  name,
  comment: null,
  columns: [...type.properties.values()].map(toColumn),
  primaryKey: type.keys.length === 0 ? null : { name: `${name}_key`, columns: type.keys },
  uniqueKeys: [],
  foreignKeys: [],
  checks: [...type.properties.values()].flatMap(checksOf),
  rowEstimate: null,
});

/** The one set of a type, where nothing says which it is. */
function setOf(type: string, { entitySets }: ODataModel): string | undefined {
  const found = [...entitySets.values()].filter((set) => set.type.name === type);
  return found.length === 1 ? found[0]?.name : undefined;
}

function toColumn(property: Property): Column {
  const kind = kindOf(property);
  return {
    name: property.name,
    kind,
    type: typeOf(property),
    dimensions: property.isCollection ? 1 : 0,
    nullable: property.nullable,
    maxLength: kind === 'text' || kind === 'binary' ? property.maxLength : null,
    isPadded: property.isPadded,
    precision: BITS[property.type] ?? (kind === 'decimal' ? property.precision : null),
    // Of moments and times the precision is what stands behind the second.
    scale: kind === 'decimal' ? property.scale : /time/.test(kind) ? property.precision : null,
    values: property.values,
    default: property.default,
    generated: property.generated,
    comment: property.comment,
  };
}

function kindOf({ type, values, properties, isDate }: Property): ColumnKind {
  if (values !== null) return 'text';
  if (properties !== null) return 'json';
  return type === 'Edm.DateTime' && isDate ? 'date' : (KINDS[type] ?? 'other');
}

function typeOf({ type, isCollection, maxLength, precision, scale }: Property): string {
  const facets = type === 'Edm.Decimal' ? [precision, scale] : [maxLength];
  const known = facets.filter((facet) => facet !== null);
  const one = known.length === 0 ? type : `${type}(${known.join(',')})`;
  return isCollection ? `Collection(${one})` : one;
}
