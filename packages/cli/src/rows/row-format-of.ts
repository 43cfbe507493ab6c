import { extname } from 'node:path';
import { badArgument } from '../errors/command-error.ts';
import { FORMAT_OF_EXTENSION, ROW_FORMATS, type RowFormat } from './row-source.ts';

/**
 * How rows are to be written: as `--format` says, else as the ending of the file does, else JSON.
 * @throws CommandError for a format that is none
 */
export function rowFormatOf(format: string | undefined, out: string | undefined): RowFormat {
  const wanted = format ?? (out === undefined ? undefined : FORMAT_OF_EXTENSION[extname(out).toLowerCase()]) ?? 'json';
  const known = ROW_FORMATS.find((one) => one === wanted);
  if (known !== undefined) return known;
  const message = `unknown format ${JSON.stringify(wanted.slice(0, 40))}`;
  throw badArgument('--format', 'invalid_format', message, `formats: ${ROW_FORMATS.join(', ')}`);
}
