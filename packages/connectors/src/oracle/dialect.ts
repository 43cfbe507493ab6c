import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { Dialect } from '../sql/dialect.ts';
import { jsonValue } from '../sql/json-text.ts';
import { unfit, valueText } from '../sql/value-text.ts';
import type { Value } from '../value.ts';

/** From Oracle 12.2 on; before, 30. */
const NAME_BYTES = 128;
/** Of one statement; a batch is one statement of one row that is run many times. */
const PARAMETERS = 65_535;

/** How Oracle writes what SQL leaves open. Values travel as text, with the settings of `connectOracle`, but for bytes and floats. */
export const dialect: Dialect = {
  quote(name) {
    // There is no way to write a double quote in a name.
    if (name === '' || /["\0]/.test(name) || Buffer.byteLength(name) > NAME_BYTES) {
      throw new ConnectionError(
        'not_found',
        'a name in Oracle has 1 to 128 bytes, none of which is NUL or a double quote',
      );
    }
    return `"${name}"`;
  },
  parameter: (position, column) => converted(`:${position}`, column),
  maxParameters: PARAMETERS,
  maxInsertValues: 200_000,
  selected,
  limited: (select, rows) => `${select} FETCH FIRST ${rows} ROWS ONLY`,
  toDriver,
  fromDriver,
};

/** Without it a conversion goes by settings that others may change. */
function converted(parameter: string, { kind, type }: Column): string {
  switch (kind) {
    case 'integer':
    case 'decimal':
      return `TO_NUMBER(${parameter})`;
    case 'datetime':
      return type === 'DATE'
        ? `CAST(TO_TIMESTAMP(${parameter}, 'YYYY-MM-DD"T"HH24:MI:SS.FF') AS DATE)`
        : `TO_TIMESTAMP(${parameter}, 'YYYY-MM-DD"T"HH24:MI:SS.FF')`;
    case 'datetime_zoned':
      return `TO_TIMESTAMP_TZ(${parameter}, 'YYYY-MM-DD"T"HH24:MI:SS.FFTZH:TZM')`;
    case 'interval':
      return `TO_${type.includes('MONTH') ? 'YM' : 'DS'}INTERVAL(${parameter})`;
    case 'boolean':
      return `TO_BOOLEAN(${parameter})`;
    case 'json':
      return `JSON(${parameter})`;
    case 'xml':
      return `XMLTYPE(${parameter})`;
    default:
      return parameter;
  }
}

function selected(name: string, { kind, type }: Column): string {
  switch (kind) {
    case 'datetime':
      return `TO_CHAR(${name}, 'YYYY-MM-DD"T"HH24:MI:SS${type === 'DATE' ? '' : '.FF9'}')`;
    case 'datetime_zoned':
      return `TO_CHAR(SYS_EXTRACT_UTC(${name}), 'YYYY-MM-DD"T"HH24:MI:SS.FF9')`;
    case 'interval':
      return `TO_CHAR(${name})`;
    case 'json':
      return `JSON_SERIALIZE(${name} RETURNING CLOB)`;
    case 'xml':
      return `XMLSERIALIZE(CONTENT ${name} AS CLOB)`;
    default:
      return /^U?ROWID/.test(type) ? `ROWIDTOCHAR(${name})` : name;
  }
}

function toDriver(value: Value, column: Column): string | number | Buffer {
  // Its digits are more than its bits: the server says what does not fit.
  const text = valueText(value, column.kind === 'integer' ? { ...column, precision: null } : column);
  switch (column.kind) {
    case 'binary': {
      const bytes = Buffer.from(text, 'hex');
      if (column.maxLength !== null && bytes.length > column.maxLength) throw unfit(column, 'it has too many bytes');
      return bytes;
    }
    case 'float':
      return Number(text);
    case 'datetime':
      return withFraction(text);
    case 'datetime_zoned': {
      const [, moment = '', zone = ''] = /^(.*?)(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
      return `${withFraction(moment)}${zone === 'Z' ? '+00:00' : zone}`;
    }
    case 'boolean':
      return text === '1' ? 'true' : 'false';
    default:
      return text;
  }
}

/** The format asks for a point and at least one digit behind it. */
const withFraction = (moment: string): string => (moment.includes('.') ? moment : `${moment}.0`);

function fromDriver(raw: unknown, { kind, precision }: Column): Value {
  if (raw instanceof Uint8Array) return new Uint8Array(raw);
  switch (kind) {
    case 'integer': {
      const number = Number(raw);
      return Number.isSafeInteger(number) ? number : BigInt(raw as string);
    }
    case 'decimal':
      return plainNumber(String(raw));
    case 'float':
      return precision === 32 ? Math.fround(Number(raw)) : Number(raw);
    case 'datetime':
      return withoutZeros(String(raw));
    case 'datetime_zoned':
      return `${withoutZeros(String(raw))}Z`;
    case 'json':
      return jsonValue(String(raw));
    default:
      return typeof raw === 'object' ? JSON.stringify(raw) : (raw as Value);
  }
}

const withoutZeros = (moment: string): string => moment.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** The driver writes `.5` and `-.5` as the server does. */
const plainNumber = (text: string): string => text.replace(/^(-?)\./, '$10.');
