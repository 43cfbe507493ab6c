/**
 * A value on its way to or from a system, in the form that all systems share: decimals as text, integers beyond 2^53 as
 * bigint, dates `2026-01-31`, times `13:05:00.123`, datetimes `2026-01-31T13:05:00.123` (with `Z` where the column knows
 * zones), UUIDs in lower case, JSON as what it means.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** One row, by names of columns. */
export type Row = Readonly<Record<string, Value>>;
/** Some rows at a time: what is written, read or sent together. */
export type Rows = readonly Row[];
