import type { Value } from '../value.ts';
import type { ResultColumn } from './ask.ts';
import { kindOf } from './column-kind.ts';
import { fromMssql } from './from-mssql.ts';

/** Types as the protocol names them, where they are not those of the catalogue in other capitals; by their bytes where one name is of several. */
const NAMES: Readonly<Record<string, (length: number) => string>> = {
  intn: () => 'bigint',
  floatn: (length) => (length === 4 ? 'real' : 'float'),
  bitn: () => 'bit',
  decimaln: () => 'decimal',
  numericn: () => 'numeric',
  moneyn: () => 'money',
  datetimen: () => 'datetime',
};

/** A value of somebody's own statement, by what the result says of its column. */
export function resultValue(raw: unknown, { type, precision, scale, dataLength }: ResultColumn): Value {
  if (raw === null || raw === undefined) return null;
  const name = type.name.toLowerCase();
  const length = dataLength ?? -1;
  const base = NAMES[name]?.(length) ?? name;
  return fromMssql(raw, kindOf({ base, max_length: length, precision: precision ?? 53, scale: scale ?? 7 }));
}
