import { type ErrorDetail, validationError } from '../../errors.ts';
import { DuplicateKey, JsonReader } from './json-rows.ts';

export const MAX_GIVEN_ROWS = 100_000;
export const MAX_COLUMNS = 2000;

export interface GivenRows {
  /** A row each, as JSON without spaces. */
  readonly lines: readonly string[];
  /** All keys of rows, in the order in which they come first. */
  readonly columns: readonly string[];
}

/**
 * The rows of a request, as they are written in it.
 * @param body the text of the request, which is known to be a JSON object
 * @param rows what parsing gave for its key `rows`
 * @throws ApiError validation_error
 */
export function givenRows(body: string, rows: readonly unknown[]): GivenRows {
  const problems = rows.flatMap(problemOfRow).slice(0, 20);
  if (problems.length > 0) throw validationError(problems);
  const lines: string[] = [];
  const columns = new Set<string>();
  const reader = new JsonReader(body);
  let seen = 0;
  reader.object((key) => {
    if (key !== 'rows') {
      reader.value();
      return;
    }
    if (seen++ > 0) throw twice('', key);
    reader.array(() => {
      try {
        lines.push(reader.value((column) => columns.add(column)));
      } catch (error) {
        if (error instanceof DuplicateKey) throw twice(`/rows/${lines.length}`, error.key);
        throw error;
      }
    });
  });
  if (columns.size > MAX_COLUMNS) {
    const message = `the rows have ${columns.size} different keys; at most ${MAX_COLUMNS} are kept`;
    throw validationError([
      { code: 'too_many_columns', pointer: '/rows', message, hint: 'put what varies into a list or an object' },
    ]);
  }
  return { lines, columns: [...columns] };
}

const problemOfRow = (row: unknown, index: number): ErrorDetail[] =>
  row !== null && typeof row === 'object' && !Array.isArray(row)
    ? []
    : [{ code: 'invalid_row', pointer: `/rows/${index}`, message: 'a row must be an object', hint: 'name its values' }];

const twice = (pointer: string, key: string): Error =>
  validationError([
    {
      code: 'duplicate_key',
      pointer,
      message: `the key ${JSON.stringify(key.slice(0, 80))} is there twice`,
      hint: 'leave one out',
    },
  ]);
