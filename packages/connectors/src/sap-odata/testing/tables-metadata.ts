import type { ContractColumn, ContractTable } from '../../testing/contract/subject.ts';
import type { Version } from '../edm-value.ts';

const TYPES = {
  v2: { date: 'Edm.DateTime', time: 'Edm.Time', datetime: 'Edm.DateTime' },
  v4: { date: 'Edm.Date', time: 'Edm.TimeOfDay', datetime: 'Edm.DateTimeOffset' },
} as const;

const SHARED: Readonly<Record<string, string>> = {
  decimal: 'Edm.Decimal',
  float: 'Edm.Double',
  boolean: 'Edm.Boolean',
  text: 'Edm.String',
  binary: 'Edm.Binary',
  datetime_zoned: 'Edm.DateTimeOffset',
  uuid: 'Edm.Guid',
};

/** `$metadata` of a service whose entity sets are these tables. */
export function tablesMetadata(tables: readonly ContractTable[], version: Version): string {
  const types = tables.map(({ name, columns, primaryKey = [] }) => {
    const key = primaryKey.map((column) => `<PropertyRef Name="${column}"/>`).join('');
    const properties = columns.map((column) => propertyOf(column, primaryKey.includes(column.name), version)).join('');
    return `<EntityType Name="${typeName(name)}"><Key>${key}</Key>${properties}</EntityType>`;
  });
  const sets = tables.map(({ name }) => `<EntitySet Name="${name}" EntityType="tables.${typeName(name)}"/>`);
  const isV2 = version === 'v2';
  const edm = isV2 ? 'http://schemas.microsoft.com/ado/2008/09/edm' : 'http://docs.oasis-open.org/odata/ns/edm';
  const schema = `<Schema Namespace="tables" xmlns="${edm}"${isV2 ? ' xmlns:sap="http://www.sap.com/Protocols/SAPData"' : ''}>
${types.join('\n')}
<EntityContainer Name="Container"${isV2 ? ' m:IsDefaultEntityContainer="true"' : ''}>${sets.join('')}</EntityContainer></Schema>`;
  const [edmx, services] = isV2
    ? [
        'Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"',
        'm:DataServiceVersion="2.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"',
      ]
    : ['Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"', ''];
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx ${edmx}><edmx:DataServices ${services}>${schema}</edmx:DataServices></edmx:Edmx>`;
}

/** Names of types and of sets are different names. */
const typeName = (name: string): string => (name.length > 120 ? `${name.slice(0, 120)}Type` : `${name}Type`);

function propertyOf(column: ContractColumn, isKey: boolean, version: Version): string {
  const { name, kind, nullable = true, maxLength, precision, scale, generated = false } = column;
  const type =
    kind === 'integer'
      ? `Edm.Int${precision ?? 64}`
      : ((TYPES[version] as Readonly<Record<string, string>>)[kind] ?? SHARED[kind] ?? 'Edm.String');
  const facets = [
    nullable && !isKey ? '' : ' Nullable="false"',
    maxLength === undefined ? '' : ` MaxLength="${maxLength}"`,
    kind === 'decimal' ? ` Precision="${precision}" Scale="${scale}"` : '',
    /time/.test(kind) ? ` Precision="${scale}"` : '',
    version === 'v2' && kind === 'date' ? ' Precision="0" sap:display-format="Date"' : '',
  ].join('');
  if (!generated) return `<Property Name="${name}" Type="${type}"${facets}/>`;
  if (version === 'v2') return `<Property Name="${name}" Type="${type}"${facets} sap:creatable="false"/>`;
  return `<Property Name="${name}" Type="${type}"${facets}><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property>`;
}
