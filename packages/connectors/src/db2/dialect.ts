import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { Dialect } from '../sql/dialect.ts';
import { unfit, valueText } from '../sql/value-text.ts';
import type { Value } from '../value.ts';
import type { Db2Parameter } from './driver.ts';

const NAME_BYTES = 128;
/** Of one statement, less a few (IBM, "SQL and XML limits": 32,767 parameter markers). */
const PARAMETERS = 32_000;
/** Of what HEX gives, at two digits for each. */
const HEX_BYTES = 16_336;

/** How Db2 for Linux, UNIX and Windows writes what SQL leaves open. Values travel as text, but for bytes. */
export const dialect: Dialect = {
  quote(name) {
    if (name === '' || name.includes('\0') || Buffer.byteLength(name) > NAME_BYTES) {
      throw new ConnectionError('not_found', 'a name in Db2 has 1 to 128 bytes, none of which is NUL');
    }
    return `"${name.replaceAll('"', '""')}"`;
  },
  // It takes the type of what it is compared with or put into.
  parameter: () => '?',
  maxParameters: PARAMETERS,
  selected,
  limited: (select, rows) => `${select} FETCH FIRST ${rows} ROWS ONLY`,
  toDriver,
  fromDriver,
};

/** Where nothing tells the type of a parameter: among the rows of a MERGE. */
export const castingDialect: Dialect = {
  ...dialect,
  parameter: (_position, column) =>
    column.kind === 'xml' ? 'XMLPARSE(DOCUMENT CAST(? AS CLOB(104857600)))' : `CAST(? AS ${column.type})`,
};

/** As text, so that no digit is lost on the way and no setting has a say in it. */
function selected(name: string, { kind, type, maxLength }: Column): string {
  switch (kind) {
    case 'integer':
      return type === 'BIGINT' ? `VARCHAR(${name})` : name;
    case 'decimal':
      return `VARCHAR(${name})`;
    case 'date':
      return `CHAR(${name}, ISO)`;
    case 'time':
      return `CHAR(${name}, JIS)`;
    case 'datetime':
      return `VARCHAR(${name})`;
    case 'boolean':
      return `CASE WHEN ${name} THEN 1 WHEN NOT ${name} THEN 0 END`;
    case 'binary':
      return (maxLength ?? 0) <= HEX_BYTES ? `HEX(${name})` : name;
    case 'xml':
      return `XMLSERIALIZE(${name} AS CLOB(2147483647))`;
    default:
      return name;
  }
}

function toDriver(value: Value, column: Column): Db2Parameter {
  const text = valueText(value, column);
  switch (column.kind) {
    case 'binary': {
      const bytes = Buffer.from(text, 'hex');
      if (column.maxLength !== null && bytes.length > column.maxLength) throw unfit(column, 'it has too many bytes');
      return bytes;
    }
    case 'float':
      return Number(text);
    case 'time':
      if (/\.\d*[1-9]/.test(text)) throw unfit(column, 'a time of Db2 has whole seconds');
      return text.slice(0, 8);
    case 'datetime':
      return text.replace('T', ' ');
    case 'boolean':
      return text === '1' ? 'true' : 'false';
    default:
      return text;
  }
}

function fromDriver(raw: unknown, { kind }: Column): Value {
  switch (kind) {
    case 'integer': {
      const number = Number(raw);
      return Number.isSafeInteger(number) ? number : BigInt(raw as string);
    }
    case 'decimal':
      return String(raw)
        .trim()
        .replace(/^(-?)\./, '$10.')
        .replace(/\.$/, '');
    case 'float':
      return Number(raw);
    case 'boolean':
      return Number(raw) === 1;
    case 'binary':
      return raw instanceof Uint8Array ? new Uint8Array(raw) : new Uint8Array(Buffer.from(String(raw), 'hex'));
    case 'datetime':
      return momentOf(String(raw));
    default:
      return raw as Value;
  }
}

/** `2026-01-31-13.05.00.123000` → `2026-01-31T13:05:00.123`. */
function momentOf(text: string): string {
  const [, day, hours, minutes, seconds, fraction = ''] =
    /^(\d{4}-\d{2}-\d{2})[- T](\d{2})[.:](\d{2})[.:](\d{2})(?:\.(\d+))?$/.exec(text) ?? [];
  if (day === undefined) return text;
  const digits = fraction.replace(/0+$/, '');
  return `${day}T${hours}:${minutes}:${seconds}${digits === '' ? '' : `.${digits}`}`;
}
