/** What a value is by its look. */
export type Form =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'email'
  | 'uri'
  | 'ipv4'
  | 'text';

const LONGEST = 300;
const INTEGER = /^-?(?:0|[1-9]\d{0,14})$/;
const DECIMAL = /^-?(?:0|[1-9]\d{0,14})\.\d{1,15}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d)?$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/;
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** @param isText whether texts of numbers and booleans stand for those (CSV), or are texts (JSON) */
export function formOf(value: unknown, isText: boolean): Form {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && Math.abs(value) <= 1e15
      ? 'integer'
      : Math.abs(value) <= 1e15
        ? 'decimal'
        : 'text';
  const text = String(value);
  if (text.length > LONGEST) return 'text';
  if (isText) {
    if (/^(?:true|false)$/i.test(text)) return 'boolean';
    if (INTEGER.test(text)) return 'integer';
    if (DECIMAL.test(text)) return 'decimal';
  }
  if (DATE.test(text)) return isDay(text) ? 'date' : 'text';
  if (MOMENT.test(text))
    return isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text.replace(' ', 'T'))) ? 'datetime' : 'text';
  if (TIME.test(text)) return 'time';
  if (UUID.test(text)) return 'uuid';
  if (EMAIL.test(text)) return 'email';
  if (text.startsWith('http://') || text.startsWith('https://')) return 'uri';
  return IPV4.test(text) ? 'ipv4' : 'text';
}

/** Date.parse lets 31 February through as 3 March. */
function isDay(text: string): boolean {
  const millis = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}
