import type { Table } from '@datamaker/connectors';
import { nestedTables as findNested, type NestedTable } from '@datamaker/seeding';
import { validationError } from '../../errors.ts';

/**
 * Tables whose rows go into those of others, by the paths that somebody named.
 * @param pointer to the list of paths
 * @param isHere whether a path that the table does not have is a fault
 * @throws ApiError validation_error
 */
export function nestedTables(
  table: Table,
  all: readonly Table[],
  paths: readonly string[],
  pointer: string,
  isHere = true,
): readonly NestedTable[] {
  const { nested, unknown } = findNested(table, all, paths, isHere);
  if (unknown.length === 0) return nested;
  throw validationError(
    unknown.map(({ index, message, hint }) => ({
      code: 'nested_unknown',
      pointer: `${pointer}/${index}`,
      message,
      hint,
    })),
  );
}
