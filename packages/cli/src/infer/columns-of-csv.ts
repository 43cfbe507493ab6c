import { pipeline, Readable } from 'node:stream';
import { limits } from '@datamaker/engine';
import { CsvError, parse } from 'csv-parse';
import { badInput } from '../errors/command-error.ts';
import { CSV_PROBLEMS } from '../rows/read-rows.ts';
import type { Columns, ReadLimits } from './columns.ts';
import type { TextInput } from './open-input.ts';

/** The header of a CSV text and its first rows. Whatever stands below them is not looked at. @throws CommandError */
export async function columnsOfCsv(input: TextInput, { rows: wanted }: ReadLimits): Promise<Columns> {
  const parser = parse({
    delimiter: delimiterOf(input.head),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.MAX_ROW_BYTES,
    to: wanted + 1,
  });
  // Errors come out of the parser's iteration.
  pipeline(Readable.from(input.text(), { objectMode: false }), parser, () => undefined);
  const records: string[][] = [];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      records.push(record);
      if (records.length > wanted) break;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    const message = `${CSV_PROBLEMS[error.code] ?? 'it is no CSV'} at line ${line}`;
    const hint = 'double quotes that are part of a cell';
    throw badInput(input.source, [{ code: 'invalid_csv', place: `${input.source}:${line}`, message, hint }]);
  }
  const [header = [], ...rows] = records;
  const names = header.map((name) => name.trim());
  return {
    source: input.source,
    names,
    rows: rows.map((cells) => new Map(names.flatMap((name, i) => (cells[i] ? [[name, cells[i]] as const] : [])))),
  };
}

/** What stands most often between the cells of the first line, outside of quotes; a comma where nothing does. */
function delimiterOf(head: string): string {
  const [first = ''] = head
    .trimStart()
    .replaceAll(/"[^"]*"/g, '')
    .split(/[\r\n]/, 1);
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, times: first.split(delimiter).length }));
  return counted.reduce((most, next) => (next.times > most.times ? next : most)).delimiter;
}
