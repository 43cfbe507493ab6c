import type { Check, Column, ColumnKind, DatabaseSchema, ForeignKey, NestedRows, Table } from '../../schema/schema.ts';
import type { EntitySet, ODataModel, Property } from './model.ts';

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
  const nested = [...type.navigations.values()].flatMap((navigation): NestedRows[] => {
    const target = targets.get(navigation.name) ?? setOf(navigation.target.name, model);
    if (target === undefined) return [];
    return [{ name: navigation.name, table: { schema: '', name: target }, many: navigation.many }];
  });
  return {
    schema: '',
    name,
    comment: set.comment,
    columns: [...type.properties.values()].map(toColumn),
    primaryKey: type.keys.length === 0 ? null : { name: `${name}_key`, columns: type.keys },
    uniqueKeys: [],
    foreignKeys,
    checks: [...type.properties.values()].flatMap(checksOf),
    rowEstimate: null,
    ...(nested.length === 0 ? {} : { nested }),
  };
}

/** A byte has no sign, which the bits do not say. */
const checksOf = ({ name, type, isCollection }: Property): Check[] =>
  type === 'Edm.Byte' && !isCollection ? [{ name: `${name}_byte`, expression: `${name} BETWEEN 0 AND 255` }] : [];

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
