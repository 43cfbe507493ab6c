import { type FormatOptions, isFile, type Plan } from '@datamaker/engine';
import { validationError } from '../../errors.ts';

/** Parts of a job, at most. */
export const MOST_PARTS = 10_000;
/** What a part takes to claim and to keep should be little beside what it takes to make; and what a worker loses when it dies, too. */
const MOST_ROWS = 2_000_000;
const MOST_BYTES = 4 * 1024 ** 3;
/** A job that is small is worth more than one part, as long as these are worth their while. */
const FEW_PARTS = 8;
const LEAST_ROWS = 10_000;
/** Parts that are files are opened one by one by who reads them: many small ones cost more there than they save here. */
const LEAST_ROWS_OF_FILE = 100_000;

/**
 * How many rows each part of an output has, but the last. Formats that are files of their own, such as workbooks, are one part unless each part
 * is to be a file: what stands in them about their parts is known only when all are made.
 * @param rows of the whole output
 * @param asked rows of a part, undefined: as many as suit; and whether each is a file of its own
 * @throws ApiError validation_error
 */
export function partRows(
  { largestRow }: Pick<Plan, 'largestRow'>,
  { format }: FormatOptions,
  rows: number,
  { partRows: asked, partFiles }: { readonly partRows: number | undefined; readonly partFiles: boolean },
): number {
  if (isFile(format) && !partFiles) {
    if (asked === undefined || asked >= rows) return rows;
    refuse(
      'unsplittable_format',
      `${format} is a file that cannot be cut into parts`,
      'leave part_rows out, take csv, or have each part be a file of its own: "part_files": true',
    );
  }
  const least = Math.ceil(rows / MOST_PARTS);
  if (asked !== undefined) {
    if (asked >= least) return asked;
    refuse('too_many_parts', `that would be more than ${MOST_PARTS} parts`, `part_rows of at least ${least} are fewer`);
  }
  const few = partFiles ? LEAST_ROWS_OF_FILE : LEAST_ROWS;
  const small = Math.max(few, Math.ceil(rows / FEW_PARTS));
  return Math.max(least, Math.min(small, MOST_ROWS, Math.max(LEAST_ROWS, Math.floor(MOST_BYTES / largestRow))));
}

function refuse(code: string, message: string, hint: string): never {
  throw validationError([{ code, pointer: '/part_rows', message, hint }]);
}
