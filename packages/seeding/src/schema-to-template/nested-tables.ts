import type { Table } from '@datamaker/connectors';
import { tableId } from '../plan/table-id.ts';
import type { NestedTable } from './own-template.ts';

const MOST_LISTED = 20;

/** A path that leads nowhere, by its place among those that were named. */
export interface UnknownPath {
  readonly index: number;
  readonly message: string;
  readonly hint: string;
}

/**
 * Tables whose rows go into those of others, by the paths that somebody named: `to_Item`, `to_Item/to_ScheduleLine`.
 * @param isHere whether a path that the table does not have is a fault
 * @returns those found, and the paths that lead nowhere
 */
export function nestedTables(
  table: Table,
  all: readonly Table[],
  paths: readonly string[],
  isHere = true,
): { readonly nested: readonly NestedTable[]; readonly unknown: readonly UnknownPath[] } {
  const byId = new Map(all.map((one) => [tableId(one), one]));
  const unknown: UnknownPath[] = [];
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
        unknown.push(...mine.map(([, index]) => ({ index, message, hint })));
        return [];
      }
      const inner = mine.flatMap(([path, index]) => (path.length > 1 ? [[path.slice(1), index] as const] : []));
      const link = (found.link ?? []).map(({ column }) => column);
      return [{ name, table: target, many: found.many, link, nested: resolve(target, inner) }];
    });
  };
  const asked = paths.map((path, index) => [path.split('/'), index] as const);
  const mine = isHere ? asked : asked.filter(([[first]]) => table.nested?.some(({ name }) => name === first));
  return { nested: resolve(table, mine), unknown };
}

const show = (name: string): string => JSON.stringify(name.slice(0, 80));
