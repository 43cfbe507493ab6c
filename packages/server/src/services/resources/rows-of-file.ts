import { once } from 'node:events';
import { isDeeperThan, limits, locateJsonError } from '@datamaker/engine';
import { CsvError, parse as csvParser } from 'csv-parse';
import type { FileStore, StoredFile } from '../../store/files.ts';
import { delimiterOf } from '../files/file-kind.ts';
import { losesDigits, type Rows, type RowsProblem, tooPrecise } from './exact-rows.ts';

/** The rows of a file of CSV, JSON or NDJSON. Of CSV all values are texts, and null where a cell is empty. */
export async function rowsOfFile(file: StoredFile, files: FileStore): Promise<Rows> {
  // A text may be a CSV of one column.
  if (!['csv', 'json', 'ndjson', 'text'].includes(file.kind)) {
    const hint = 'upload a file whose content is one of these';
    return {
      code: 'invalid_format',
      message: `rows are picked from CSV, JSON and NDJSON, and it is ${file.kind}`,
      hint,
    };
  }
  const text = await textOf(file, files);
  if (text === undefined) return { code: 'invalid_utf8', message: 'it is not valid UTF-8', hint: 'save it as UTF-8' };
  if (file.kind === 'json') return rowsOfList(text);
  return file.kind === 'ndjson' ? rowsOfLines(text) : rowsOfCsv(text);
}

async function textOf(file: StoredFile, files: FileStore): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await files.open(file)) chunks.push(chunk as Uint8Array);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}

function rowsOfList(text: string): Rows {
  // The list itself is a level.
  if (isDeeperThan(text, limits.MAX_SAMPLED_DEPTH + 1)) return tooDeep;
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    const { line, column } = locateJsonError(text);
    return notJson(`it is not JSON from line ${line}, column ${column} on`);
  }
  if (!Array.isArray(rows)) {
    return { code: 'invalid_json', message: 'a list was expected', hint: 'write [ {…}, {…} ], or a row in each line' };
  }
  if (rows.length > limits.MAX_RESOURCE_ROWS) return tooManyRows;
  // Which row it is takes long to find out, and is worth it only when there is one.
  return losesDigits(text) ? tooPrecise(rows.findIndex((row) => holdsImprecise(row)) + 1) : { rows };
}

/** Nested as deep as a file can be, which is deeper than a function may call itself. */
function holdsImprecise(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'number' && Number.isInteger(one) && !Number.isSafeInteger(one)) return true;
    if (one !== null && typeof one === 'object') for (const member of Object.values(one)) left.push(member);
  }
  return false;
}

function rowsOfLines(text: string): Rows {
  const rows: unknown[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    if (isDeeperThan(line, limits.MAX_SAMPLED_DEPTH)) return tooDeep;
    try {
      rows.push(JSON.parse(line));
    } catch {
      return notJson(`line ${index + 1} is not JSON`);
    }
    if (losesDigits(line)) return tooPrecise(rows.length);
    if (rows.length > limits.MAX_RESOURCE_ROWS) return tooManyRows;
  }
  return { rows };
}

const tooDeep: RowsProblem = {
  code: 'resource_too_large',
  message: `it is nested more than ${limits.MAX_SAMPLED_DEPTH} deep`,
  hint: 'flatten it',
};

const tooManyRows: RowsProblem = {
  code: 'resource_too_large',
  message: `it has more than ${limits.MAX_RESOURCE_ROWS} rows`,
  hint: 'keep the columns and rows that are picked from',
};

const notJson = (message: string): RowsProblem => ({
  code: 'invalid_json',
  message,
  hint: 'check quotes, commas and brackets there',
});

/** What csv-parse finds wrong, in our words: its own messages show values. */
const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quote is closed in the middle of a cell',
  INVALID_OPENING_QUOTE: 'a quote is opened in the middle of a cell',
};
/** What is parsed at once, in letters: all rows of it wait together, each with what is known of it. */
const PIECE = 16 * 1024;

async function rowsOfCsv(text: string): Promise<Rows> {
  const delimiter = delimiterOf(text) ?? ',';
  const parser = csvParser({ delimiter, bom: true, relax_column_count: true, info: true });
  const feed = async (): Promise<void> => {
    for (let i = 0; i < text.length && parser.writable; i += PIECE) {
      if (!parser.write(text.slice(i, i + PIECE))) await once(parser, 'drain');
    }
    parser.end();
  };
  // What goes wrong comes out of the parser's iteration.
  feed().catch(() => undefined);
  let columns: readonly string[] | undefined;
  const rows: unknown[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (columns === undefined) {
        if (record.every((name) => name === '')) return noNames;
        const second = firstRepeated(record);
        if (second !== -1) return duplicateColumn(record, second);
        columns = record;
        continue;
      }
      // An empty line is a row of one empty cell, which only a table of one column has.
      if (record.length === 1 && record[0] === '' && columns.length > 1) continue;
      if (record.length !== columns.length) {
        const message = `line ${info.lines} has ${record.length} cells, the header has ${columns.length}`;
        return { code: 'invalid_csv', message, hint: 'quote cells with a delimiter in them' };
      }
      if (rows.length >= limits.MAX_RESOURCE_ROWS) return tooManyRows;
      rows.push(Object.fromEntries(columns.map((column, i) => [column, record[i] === '' ? null : record[i]])));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    const said = CSV_PROBLEMS[error.code] ?? 'it is no CSV';
    return { code: 'invalid_csv', message: `${said} at line ${line}`, hint: 'double quotes that are part of a cell' };
  }
  return { rows };
}

const noNames: RowsProblem = {
  code: 'invalid_csv',
  message: 'the header has no names',
  hint: 'begin with the names of the columns',
};

/** The place of the first name that was there before, or -1. */
function firstRepeated(names: readonly string[]): number {
  const seen = new Set<string>();
  return names.findIndex((name, index) => seen.add(name).size <= index);
}

function duplicateColumn(columns: readonly string[], second: number): RowsProblem {
  // Their name is not shown: where the header was forgotten it is a value.
  const message = `columns ${columns.indexOf(columns[second] ?? '') + 1} and ${second + 1} have the same name`;
  return { code: 'duplicate_column', message, hint: 'give each column its own name, in the first line' };
}
