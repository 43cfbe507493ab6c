import { ConnectionError } from '../connection-error.ts';
import type { Value } from '../value.ts';
import { toEdm, type Version } from './edm-value.ts';
import type { Property } from './metadata/model.ts';

/** A value as it stands in a URL: in a key or in $filter (OData 2.0 URI Conventions 6; OData 4.01 URL Conventions 5.1.1). */
export function edmLiteral(value: Value, property: Property, version: Version): string {
  if (value === null) return 'null';
  if (property.isCollection || property.properties !== null) {
    throw new ConnectionError('invalid_config', `${property.name} cannot be asked for: it is no single value`);
  }
  const json = toEdm(value, property, version);
  const text = String(json);
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (property.values !== null && version === 'v4') return `${property.type}${quoted}`;
  if (property.type === 'Edm.String' || property.values !== null) return quoted;
  if (version === 'v4') {
    if (property.type === 'Edm.Binary') return `binary${quoted}`;
    return property.type === 'Edm.Duration' ? `duration${quoted}` : text;
  }
  switch (property.type) {
    case 'Edm.DateTime':
      return `datetime'${isoOf(text).slice(0, -1)}'`;
    case 'Edm.DateTimeOffset':
      return `datetimeoffset'${isoOf(text)}'`;
    case 'Edm.Time':
      return `time${quoted}`;
    case 'Edm.Guid':
      return `guid${quoted}`;
    case 'Edm.Binary':
      return `X'${Buffer.from(text, 'base64').toString('hex').toUpperCase()}'`;
    case 'Edm.Int64':
      return `${text}L`;
    case 'Edm.Decimal':
      return `${text}M`;
    case 'Edm.Double':
      return /^-?(INF|NaN)$/.test(text) ? text : `${text}d`;
    case 'Edm.Single':
      return /^-?(INF|NaN)$/.test(text) ? text : `${text}f`;
    default:
      return text;
  }
}

/** Of `/Date(…)/`. */
const isoOf = (text: string): string => new Date(Number(/-?\d+/.exec(text)?.[0])).toISOString().replace(/\.000Z$/, 'Z');
