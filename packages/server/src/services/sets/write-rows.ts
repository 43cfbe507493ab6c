import { stringify } from 'csv-stringify/sync';
import { membersOf } from './json-rows.ts';
import type { Take } from './set-rows.ts';

/** Formats that rows are written in as they are stored; a recipe's are made in any. */
export const STORED_FORMATS = ['json', 'ndjson', 'csv'] as const;
export type StoredFormat = (typeof STORED_FORMATS)[number];

const NEWLINE = 0x0a;
const COMMA = 0x2c;

/** Lines of JSON as the elements of a list: a comma in place of each line end but the last. */
export function asElements(take: Take): Take {
  let first = true;
  return async (lines) => {
    const copy = Buffer.allocUnsafe(lines.length - (first ? 1 : 0));
    // A comma goes before each line but the first: where the line end of the one before it was.
    if (!first) copy[0] = COMMA;
    copy.set(lines.subarray(0, -1), first ? 0 : 1);
    for (let i = copy.indexOf(NEWLINE); i !== -1; i = copy.indexOf(NEWLINE, i + 1)) copy[i] = COMMA;
    first = false;
    await take(copy);
  };
}

/** Lines of JSON as CSV (RFC 4180 with LF): null and what is missing are empty, lists and objects are JSON. */
export function asCsv(columns: readonly string[], take: Take): Take {
  return async (lines) => {
    const rows = Buffer.from(lines.buffer, lines.byteOffset, lines.length).toString().slice(0, -1).split('\n');
    const cells = rows.map((line) => {
      const members = membersOf(line);
      return columns.map((column) => cellOf(members.get(column)));
    });
    await take(Buffer.from(csvOf(cells)));
  };
}

export const csvOf = (cells: readonly (readonly string[])[]): string => stringify(cells as string[][]);

const cellOf = (json: string | undefined): string => {
  if (json === undefined || json === 'null') return '';
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
};
