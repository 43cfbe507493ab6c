import type { Table } from '@datamaker/connectors';
import { type NestedTable, tableId } from '@datamaker/seeding';
import { type ErrorDetail, validationError } from '../../errors.ts';

const MOST_LISTED = 20;

/**
 * Tables whose rows go into those of others, by the paths that somebody named: `to_Item`, `to_Item/to_ScheduleLine`.
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
  const byId = new Map(all.map((one) => [tableId(one), one]));
  const wrong: ErrorDetail[] = [];
  const resolve = (parent: Table, wanted: readonly (readonly [readonly string[], number])[]): NestedTable[] => {
    const names = [...new Set(wanted.map(([[first = '']]) => first))];
    return names.flatMap((name): NestedTable[] => {
      const mine = wanted.filter(([[first]]) => first === name);
      const found = parent.nested?.find((one) => one.name === name);
      const target = found === undefined ? undefined : (found.contained ?? byId.get(tableId(found.table)));
      if (found === undefined || target === undefined) {
        const message = `rows of ${show(parent.name)} have no rows within that are called ${show(name)}`;
        const known = (parent.nested ?? []).slice(0, MOST_LISTED).map((one) => one.name);
        const hint = known.length === 0 ? 'leave it out' : `there are ${known.join(', ')}`;
        for (const [, index] of mine)
          wrong.push({ code: 'nested_unknown', pointer: `${pointer}/${index}`, message, hint });
        return [];
      }
      const inner = mine.flatMap(([path, index]) => (path.length > 1 ? [[path.slice(1), index] as const] : []));
      const link = (found.link ?? []).map(({ column }) => column);
      return [{ name, table: target, many: found.many, link, nested: resolve(target, inner) }];
    });
  };
  const asked = paths.map((path, index) => [path.split('/'), index] as const);
  const mine = isHere ? asked : asked.filter(([[first]]) => table.nested?.some(({ name }) => name === first));
  const nested = resolve(table, mine);
  if (wrong.length > 0) throw validationError(wrong);
  return nested;
}

const show = (name: string): string => JSON.stringify(name.slice(0, 80));
