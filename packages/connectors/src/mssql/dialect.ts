import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { Dialect } from '../sql/dialect.ts';
import { unfit, valueText } from '../sql/value-text.ts';
import { fromMssql } from './from-mssql.ts';
import type { MssqlParameter } from './parameter.ts';

/** Of `sysname`, in units of UTF-16. */
const NAME_LENGTH = 128;

/** 2,100 for a procedure, of which `sp_executesql` takes two for the statement and its declarations. */
const PARAMETERS = 2098;

/** Types that keep their text as it is. */
const TEXTS = /^(?:n?(?:var)?char\(|n?text$|sysname$|sql_variant$)/;
/** Types of the CLR, which drivers get in a binary form of their own. */
const CLR = /^(?:geography|geometry|hierarchyid)$/;

/** How SQL Server (Transact-SQL) writes what SQL leaves open. */
export const dialect: Dialect = {
  quote(name) {
    if (name === '' || name.includes('\0') || name.length > NAME_LENGTH) {
      throw new ConnectionError('not_found', 'a name in SQL Server has 1 to 128 characters, none of which is NUL');
    }
    return `[${name.replaceAll(']', ']]')}]`;
  },
  parameter: (position, column) => cast(`@p${position}`, column),
  maxParameters: PARAMETERS,
  selected,
  limited: (select, rows) => select.replace(/^SELECT /, `SELECT TOP (${rows}) `),
  toDriver(value, column): MssqlParameter {
    const text = valueText(value, column);
    if (column.kind === 'binary') {
      const bytes = value as Uint8Array;
      if (column.maxLength !== null && bytes.length > column.maxLength) throw unfit(column, 'it has too many bytes');
      return { type: 'bytes', value: bytes };
    }
    // The server's own conversion of texts is not exact in the last digit.
    if (column.kind === 'float') return { type: 'float', value: Number(text) };
    return { type: 'text', value: text };
  },
  fromDriver: fromMssql,
};

/** Without a cast rows of one statement would have to agree on a type, which goes by rules of precedence. */
function cast(parameter: string, { type, kind }: Column): string {
  if (TEXTS.test(type)) return parameter;
  if (kind === 'binary') return `CAST(${parameter} AS varbinary(max))`;
  // Those refuse more than three digits of a second.
  if (type === 'datetime' || type === 'smalldatetime') return `CAST(CAST(${parameter} AS datetime2(7)) AS ${type})`;
  return `CAST(${parameter} AS ${type})`;
}

/** The driver makes floats of decimals, and knows nothing of what the CLR keeps. */
function selected(name: string, { type, kind }: Column): string {
  if (/^(?:small)?money$/.test(type)) return `CONVERT(varchar(41), ${name}, 2)`;
  if (kind === 'decimal') return `CONVERT(varchar(41), ${name})`;
  if (CLR.test(type)) return `${name}.ToString()`;
  if (type === 'sql_variant') return `CONVERT(nvarchar(4000), ${name})`;
  if (kind === 'json') return `CAST(${name} AS nvarchar(max))`;
  return name;
}
