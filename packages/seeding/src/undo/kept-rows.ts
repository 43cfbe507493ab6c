import type { KeyMaker } from '../keys/key-maker.ts';
import type { OpenTable } from './open-tables.ts';

/** Has rows stay that were changed, and all that they refer to. */
export function keepEdited(tables: readonly OpenTable[], keys: KeyMaker): void {
  const kept = new Map(tables.map(({ planned }) => [planned.id, new Set<number>()]));
  const links = new Map(tables.map(({ planned }) => [planned.id, planned.links]));
  const keep = (table: string, row: number): void => {
    const work: [string, number][] = [[table, row]];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const [id, at] = next;
      const rows = kept.get(id);
      if (rows === undefined || rows.has(at)) continue;
      rows.add(at);
      for (const [index, link] of (links.get(id) ?? []).entries()) {
        const parent = keys.parent(id, index)(at);
        if (parent !== null) work.push([link.to, parent]);
      }
    }
  };
  for (const { planned, scan } of tables) for (const row of scan?.edited.keys() ?? []) keep(planned.id, row);
  for (const one of tables) one.kept = kept.get(one.planned.id) ?? one.kept;
}
