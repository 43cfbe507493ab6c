import { bytesOfText } from '../bytes-of-text.ts';
import { ConnectionError } from '../connection-error.ts';
import type { Value, ValueObject } from '../value.ts';
import type { Property } from './metadata/model.ts';

export type Version = 'v2' | 'v4';

/**
 * A value as the JSON of OData has it: V2 by "JSON Format" of OData 2.0, V4 by OData JSON Format 4.01 with IEEE754Compatible, so that
 * long integers and decimals are texts and lose no digit.
 * @throws ConnectionError value, which names the property and not the value
 */
export function toEdm(value: Value, property: Property, version: Version): Value {
  if (value === null) return null;
  if (property.isCollection) {
    if (!Array.isArray(value)) throw misfit(property);
    return value.map((item: Value) => toEdm(item, { ...property, isCollection: false }, version));
  }
  if (property.properties !== null) return complexToEdm(value, property, version);
  switch (property.type) {
    case 'Edm.Byte':
    case 'Edm.SByte':
    case 'Edm.Int16':
    case 'Edm.Int32':
      return integer(value, property);
    case 'Edm.Int64':
      return matching(String(value), /^[+-]?\d{1,19}$/, property);
    case 'Edm.Decimal':
      return matching(plainDecimal(value), /^[+-]?\d+(\.\d+)?$/, property);
    case 'Edm.Double':
    case 'Edm.Single':
      return float(value, property, version);
    case 'Edm.Boolean':
      if (typeof value === 'boolean') return value;
      throw misfit(property);
    case 'Edm.DateTime':
      return `/Date(${millisecondsOf(value, property)})/`;
    case 'Edm.DateTimeOffset':
      return version === 'v2' ? `/Date(${millisecondsOf(value, property)}+0000)/` : zoned(value, property);
    case 'Edm.Date':
      return matching(String(value).slice(0, 10), /^-?\d{4,}-\d\d-\d\d$/, property);
    case 'Edm.Time':
      return toDuration(matching(String(value), TIME, property));
    case 'Edm.TimeOfDay':
      return matching(String(value), TIME, property);
    case 'Edm.Guid':
      return matching(String(value), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, property);
    case 'Edm.Binary': {
      const bytes = typeof value === 'string' ? bytesOfText(value) : value;
      if (!(bytes instanceof Uint8Array)) throw misfit(property);
      return Buffer.from(bytes).toString(version === 'v2' ? 'base64' : 'base64url');
    }
    case 'Edm.String':
      if (typeof value === 'object') throw misfit(property);
      return String(value);
    default:
      return value;
  }
}

/** The other way round, in the form that all systems share. */
export function fromEdm(value: Value | undefined, property: Property | undefined, version: Version): Value {
  if (value === null || value === undefined || property === undefined) return value ?? null;
  if (property.isCollection) {
    const items = Array.isArray(value) ? value : ((value as ValueObject)['results'] ?? []);
    return (items as readonly Value[]).map((item) => fromEdm(item, { ...property, isCollection: false }, version));
  }
  if (property.properties !== null) return complexFromEdm(value, property.properties, version);
  if (property.type === 'Edm.Int64') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : BigInt(String(value));
  }
  if (property.type === 'Edm.Decimal') return plainDecimal(value);
  if (property.type === 'Edm.Double' || property.type === 'Edm.Single') return floatFrom(value);
  if (typeof value !== 'string') return value;
  switch (property.type) {
    case 'Edm.DateTime': {
      const moment = momentOf(value);
      return property.isDate ? moment.slice(0, 10) : moment;
    }
    case 'Edm.DateTimeOffset':
      return inUtc(momentOf(value));
    case 'Edm.TimeOfDay':
      return /^\d\d:\d\d$/.test(value) ? `${value}:00` : value;
    case 'Edm.Time':
      return fromDuration(value);
    case 'Edm.Guid':
      return value.toLowerCase();
    case 'Edm.Binary':
      return Uint8Array.from(Buffer.from(value, 'base64url'));
    default:
      return value;
  }
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?$/;

function complexToEdm(value: Value, property: Property, version: Version): ValueObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array)
    throw misfit(property);
  return Object.fromEntries(
    Object.entries(value as ValueObject).map(([name, inner]) => {
      const known = property.properties?.get(name);
      if (known === undefined)
        throw new ConnectionError('value', `${property.name} has no property ${JSON.stringify(name)}`);
      return [name, toEdm(inner, known, version)];
    }),
  );
}

const complexFromEdm = (value: Value, properties: ReadonlyMap<string, Property>, version: Version): ValueObject =>
  Object.fromEntries(
    Object.entries(value as ValueObject)
      .filter(([name]) => properties.has(name))
      .map(([name, inner]) => [name, fromEdm(inner, properties.get(name), version)]),
  );

function integer(value: Value, property: Property): number {
  const number = typeof value === 'number' ? value : Number(matching(String(value), /^[+-]?\d{1,10}$/, property));
  if (!Number.isSafeInteger(number)) throw misfit(property);
  return number;
}

/** Both versions write what JSON has no number for as text; V2 writes all of them so. */
function float(value: Value, property: Property, version: Version): Value {
  const text = String(value);
  const number = /^[+-]?(INF|Infinity)$/.test(text)
    ? text.startsWith('-')
      ? '-INF'
      : 'INF'
    : text === 'NaN'
      ? text
      : Number(value);
  if (typeof number === 'number' && (Number.isNaN(number) || typeof value === 'object')) throw misfit(property);
  return version === 'v2' ? String(number) : number;
}

const floatFrom = (value: Value): number => {
  const text = String(value);
  return text === 'INF' || text === '-INF' ? Number(text.replace('INF', 'Infinity')) : Number(text);
};

/** Without an exponent: `1e21` as its digits. */
function plainDecimal(value: Value): string {
  const text = String(value);
  const [, sign = '', whole = '', part = '', exponent] =
    /^([+-]?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = whole + part;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const padded = digits.padEnd(point, '0');
  return `${sign}${padded.slice(0, point)}${padded.length > point ? `.${padded.slice(point)}` : ''}`;
}

/** A moment without a zone is one of UTC, as SAP keeps it. */
function millisecondsOf(value: Value, property: Property): number {
  const text = String(value);
  const isDay = /^-?\d{4,}-\d\d-\d\d$/.test(text);
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(text);
  const milliseconds = Date.parse(isDay ? `${text}T00:00:00Z` : hasZone ? text : `${text}Z`);
  if (Number.isNaN(milliseconds)) throw misfit(property);
  return milliseconds;
}

function zoned(value: Value, property: Property): string {
  const text = String(value);
  const whole = /^-?\d{4,}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
  return matching(
    /(Z|[+-]\d\d:\d\d)$/.test(whole) ? whole : `${whole}Z`,
    /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)$/,
    property,
  );
}

/** `/Date(1700000000000+0000)/`: what stands behind is the zone it was shown in, and the number counts from 1970 in UTC. */
function momentOf(text: string): string {
  const [, milliseconds, zone] = /^\/Date\((-?\d+)([+-]\d+)?\)\/$/.exec(text) ?? [];
  if (milliseconds === undefined) return text;
  const date = new Date(Number(milliseconds));
  if (Number.isNaN(date.getTime())) return text;
  const iso = date.toISOString().replace(/\.000Z$/, 'Z');
  return zone === undefined ? iso.slice(0, -1) : iso;
}

/** Digits behind the second stay as they are, since a date of JavaScript has three. */
function inUtc(moment: string): string {
  const [, start = '', part = '', zone = 'Z'] =
    /^(-?\d{4,}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(moment) ?? [];
  const date = new Date(`${start}${zone}`);
  return Number.isNaN(date.getTime()) ? moment : `${date.toISOString().slice(0, -5)}${part}Z`;
}

function toDuration(time: string): string {
  const [hours = '00', minutes = '00', seconds = '00'] = time.split(':');
  return `PT${hours}H${minutes}M${seconds}S`;
}

function fromDuration(text: string): string {
  const [match, hours = '0', minutes = '0', seconds = '0', part = ''] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d+)?S)?$/.exec(text) ?? [];
  if (match === undefined) return text;
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}:${seconds.padStart(2, '0')}${part.replace(/^\.0+$/, '')}`;
}

function matching(text: string, pattern: RegExp, property: Property): string {
  if (!pattern.test(text)) throw misfit(property);
  return text;
}

const misfit = ({ name, type }: Property): ConnectionError =>
  new ConnectionError('value', `a value of ${name} is no ${type}`);
