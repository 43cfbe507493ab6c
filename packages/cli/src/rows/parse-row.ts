import { isDeeperThan } from '@datamaker/engine/is-deeper-than';

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Whole numbers that a double cannot hold are bigints: an id must not change by being read. */
const exactly: Reviver = (_, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value;

/** Nobody writes rows that are deeper; what is built of them takes many times their length. */
const MAX_DEPTH = 1000;

/** The value of a JSON text, with exact whole numbers. @throws SyntaxError, whose message may show some of the text */
export function parseRow(text: string): unknown {
  if (isDeeperThan(text, MAX_DEPTH)) throw new SyntaxError(`it is nested more than ${MAX_DEPTH} deep`);
  return /\d{16}/.test(text) ? JSON.parse(text, exactly as (key: string, value: unknown) => unknown) : JSON.parse(text);
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The JSON of what `parseRow` gave. */
export const writeRow = (row: unknown): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? rawJSON(String(value)) : value));
