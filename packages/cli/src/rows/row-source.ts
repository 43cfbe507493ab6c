import { createReadStream, statSync } from 'node:fs';
import { extname } from 'node:path';
import { badArgument, badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';

/** How rows are written in a file. */
export const ROW_FORMATS = ['csv', 'ndjson', 'json'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

/** The format of files with this ending. */
export const FORMAT_OF_EXTENSION: Readonly<Record<string, RowFormat>> = {
  '.csv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
};

/** Where rows are read from. */
export interface RowSource {
  /** What messages call it. */
  readonly name: string;
  /** Whether it can be read from its beginning again. */
  readonly again: boolean;
  readonly format: RowFormat;
  /** The text, piece by piece. @throws CommandError when it cannot be read or is not UTF-8 */
  text(): AsyncGenerator<string>;
}

/**
 * A file of rows, or stdin for `-`.
 * @param format what `--format` says; undefined for what the file's ending says
 * @param flag what a message names where the format cannot be told
 * @throws CommandError (exit code 2) when the format cannot be told
 */
export function openRows(path: string, format: string | undefined, flag = '--format'): RowSource {
  const name = path === '-' ? '<stdin>' : path;
  const found = format ?? FORMAT_OF_EXTENSION[extname(path).toLowerCase()];
  const known = ROW_FORMATS.find((candidate) => candidate === found);
  if (known === undefined) {
    const message =
      format === undefined
        ? `the ending of ${name} tells no format`
        : `unknown format ${JSON.stringify(format.slice(0, 40))}`;
    throw badArgument(flag, 'invalid_format', message, `formats: ${ROW_FORMATS.join(', ')}`);
  }
  return { name, again: path !== '-' && !isPipe(path), format: known, text: () => readText(path, name) };
}

/** A pipe or a device; what is not there at all is told when it is opened. */
const isPipe = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === false;

async function* readText(path: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw badInput(name, [{ code: 'invalid_utf8', message: 'it is not valid UTF-8', hint: 'save it as UTF-8' }]);
    }
  };
  const chunks = (path === '-' ? process.stdin : createReadStream(path))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await explain(`${name} could not be read`, () => chunks.next());
      if (next.done === true) break;
      yield decode(next.value as Uint8Array);
    }
  } finally {
    await chunks.return?.();
  }
  yield decode();
}
