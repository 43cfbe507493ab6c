import { pipeline, Readable } from 'node:stream';
import { MAX_ROW_BYTES } from '@datamaker/engine/limits';
import { badInput } from '../errors/command-error.ts';
import { parseRow } from './parse-row.ts';
import type { RowSource } from './row-source.ts';
import { NotAList, splitJson } from './split-json.ts';

/** Rows, so many at a time that memory stays small. */
export interface RowBatch {
  readonly rows: readonly unknown[];
  /** The names of the columns, where the format has them. */
  readonly columns: readonly string[] | undefined;
}

const BATCH = 1000;
/** Cells of a batch, where rows have many columns. */
const BATCH_CELLS = 500_000;
/** As many as a sheet of Excel has; a table of a database has fewer. */
const MAX_COLUMNS = 16_384;

/**
 * The rows of a source. An empty cell of a CSV is null: CSV has no other way to write it.
 * @throws CommandError (exit code 2) that names the line of what is wrong, and shows none of it
 */
export async function* readRows(source: RowSource, delimiter: string): AsyncGenerator<RowBatch> {
  if (source.format === 'csv') return yield* readCsv(source, delimiter);
  let rows: unknown[] = [];
  for await (const row of source.format === 'json' ? readList(source) : readLines(source)) {
    rows.push(row);
    if (rows.length < BATCH) continue;
    yield { rows, columns: undefined };
    rows = [];
  }
  yield { rows, columns: undefined };
}

const wrongAt = (source: RowSource, line: number, code: string, message: string, hint: string): Error =>
  badInput(source.name, [{ code, place: `${source.name}:${line}`, message, hint }]);

function parse(source: RowSource, text: string, line: number): unknown {
  try {
    return parseRow(text);
  } catch {
    // What JSON.parse says shows a piece of the text.
    const message = `the row that begins in line ${line} is not JSON`;
    throw wrongAt(source, line, 'invalid_json', message, 'check quotes, commas and brackets there');
  }
}

async function* readList(source: RowSource): AsyncGenerator<unknown> {
  try {
    for await (const { text, line } of splitJson(source.text(), MAX_ROW_BYTES)) yield parse(source, text, line);
  } catch (error) {
    if (!(error instanceof NotAList)) throw error;
    throw wrongAt(
      source,
      error.line,
      'invalid_json',
      error.message,
      'write [ {…}, {…} ], or one row in each line (ndjson)',
    );
  }
}

async function* readLines(source: RowSource): AsyncGenerator<unknown> {
  let held = '';
  let line = 0;
  const take = function* (text: string): Generator<unknown> {
    line++;
    if (text.trim() !== '') yield parse(source, text, line);
  };
  for await (const piece of source.text()) {
    const lines = (held + piece).split('\n');
    held = lines.pop() ?? '';
    for (const text of lines) yield* take(text);
    if (held.length > MAX_ROW_BYTES) {
      const message = `line ${line + 1} has more than ${MAX_ROW_BYTES} characters`;
      throw wrongAt(source, line + 1, 'row_too_large', message, 'one row stands in one line');
    }
  }
  yield* take(held);
}

/** What csv-parse finds wrong, in our words: its own messages show values. */
export const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quote is closed in the middle of a cell',
  INVALID_OPENING_QUOTE: 'a quote is opened in the middle of a cell',
  CSV_MAX_RECORD_SIZE: `a row has more than ${MAX_ROW_BYTES} characters`,
};

async function* readCsv(source: RowSource, delimiter: string): AsyncGenerator<RowBatch> {
  const { CsvError, parse: csvParser } = await import('csv-parse');
  const options = { delimiter, bom: true, relax_column_count: true, max_record_size: MAX_ROW_BYTES, info: true };
  const parser = csvParser(options);
  // Errors come out of the parser's iteration.
  pipeline(Readable.from(source.text(), { objectMode: false }), parser, () => undefined);
  let columns: readonly string[] | undefined;
  let rows: unknown[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (columns === undefined) {
        columns = checkColumns(record, source);
        continue;
      }
      // An empty line is a row of one empty cell, which only a table of one column has.
      if (record.length === 1 && record[0] === '' && columns.length > 1) continue;
      if (record.length !== columns.length) {
        const message = `line ${info.lines} has ${record.length} cells, the header has ${columns.length}`;
        throw wrongAt(
          source,
          info.lines,
          'invalid_csv',
          message,
          'quote cells with a delimiter in them, or say --delimiter',
        );
      }
      rows.push(Object.fromEntries(columns.map((column, i) => [column, record[i] === '' ? null : record[i]])));
      if (rows.length < BATCH && rows.length * columns.length < BATCH_CELLS) continue;
      yield { rows, columns };
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    const said = CSV_PROBLEMS[error.code] ?? 'it is no CSV';
    throw wrongAt(source, line, 'invalid_csv', `${said} at line ${line}`, 'double quotes that are part of a cell');
  }
  if (columns === undefined)
    throw wrongAt(source, 1, 'invalid_csv', 'there is no header', 'begin with the names of the columns');
  yield { rows, columns };
}

function checkColumns(columns: readonly string[], source: RowSource): readonly string[] {
  if (columns.length > MAX_COLUMNS) {
    const message = `the header has ${columns.length} columns, more than ${MAX_COLUMNS}`;
    throw wrongAt(source, 1, 'too_many_columns', message, 'take only the columns that are needed, or say --delimiter');
  }
  if (columns.every((column) => column === ''))
    throw wrongAt(source, 1, 'invalid_csv', 'the header has no names', 'begin with the names of the columns');
  const seen = new Set<string>();
  const second = columns.findIndex((column, index) => seen.add(column).size <= index);
  if (second === -1) return columns;
  // Their name is not shown: where the header was forgotten it is a value.
  const first = columns.indexOf(columns[second] ?? '') + 1;
  const message = `columns ${first} and ${second + 1} have the same name`;
  throw wrongAt(source, 1, 'duplicate_column', message, 'give each column its own name, in the first line');
}
