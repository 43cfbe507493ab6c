import { statSync } from 'node:fs';
import { badArgument, badInput } from '../errors/command-error.ts';
import type { Columns, ReadLimits } from './columns.ts';
import { columnsOfCsv } from './columns-of-csv.ts';
import { columnsOfJson } from './columns-of-json.ts';
import { columnsOfSheet } from './columns-of-sheet.ts';
import { openInput } from './open-input.ts';

/** What a file of columns can end in. */
const FILE = /\.(?:csv|tsv|json|ndjson|jsonl|xlsx|xlsm|xls)$/i;

/**
 * The columns that the arguments give: names, at commas or one by one, or a file or stdin (`-`) with a table.
 * @throws CommandError (exit code 2)
 */
export async function readColumns(words: readonly string[], limits: ReadLimits): Promise<Columns> {
  const [path = ''] = words;
  const files = words.filter((word) => isFile(word, words.length === 1));
  if (files.length === 0) {
    if (limits.rows > 0) throw onlyOfFiles('samples');
    if (limits.sheet !== undefined) throw onlyOfFiles('sheet');
    const names = words.flatMap((word) => word.split(',').map((name) => name.trim()));
    return { source: 'the command line', names, rows: [] };
  }
  if (words.length > 1) {
    const message = `${files[0]} is a file: it cannot stand next to other names or files`;
    throw badArgument(files[0] ?? '', 'unexpected_argument', message, 'give one file, or only names');
  }
  const input = await openInput(path);
  if (input.kind === 'sheet') return columnsOfSheet(await input.bytes(), input.source, limits);
  if (limits.sheet !== undefined) {
    await input.close();
    throw onlyOfFiles('sheet');
  }
  if (input.head.trim() === '') throw badInput(input.source, [EMPTY]);
  const isJson = /\.(?:json|ndjson|jsonl)$/i.test(path) || (!/\.[ct]sv$/i.test(path) && /^\s*[[{]/.test(input.head));
  return isJson ? columnsOfJson(input, limits) : columnsOfCsv(input, limits);
}

const EMPTY = { code: 'no_names', message: 'it is empty', hint: 'give the names of columns' };

/** A word that is a file rather than a name: by its ending; alone also by a folder in it, or because there is one. */
function isFile(word: string, alone: boolean): boolean {
  if (word === '-' || FILE.test(word)) return true;
  if (!alone) return false;
  return word.includes('/') || (word.includes('.') && statSync(word, { throwIfNoEntry: false }) !== undefined);
}

const onlyOfFiles = (flag: 'samples' | 'sheet'): Error =>
  flag === 'samples'
    ? badArgument('--samples', 'no_rows', 'names alone have no rows to look at', 'give a file with rows')
    : badArgument('--sheet', 'no_sheets', 'only a spreadsheet (.xlsx) has sheets', 'leave --sheet out');
