import { readSheet } from '@datamaker/engine/import';
import { badInput } from '../errors/command-error.ts';
import type { Columns, ReadLimits } from './columns.ts';

/**
 * The columns of a sheet of a spreadsheet: its first row with a value holds their names; what has no name there is no column.
 * @throws CommandError
 */
export function columnsOfSheet(bytes: Uint8Array, source: string, { rows: wanted, sheet }: ReadLimits): Columns {
  const result = readSheet(bytes, { rows: wanted + 1, ...(sheet === undefined ? {} : { sheet }) });
  if (!result.ok)
    throw badInput(
      source,
      result.diagnostics.map(({ pointer, ...problem }) => ({
        ...problem,
        ...(pointer === '/sheet' ? { place: '--sheet' } : {}),
      })),
    );
  const [header, ...rows] = result.value.rows;
  const columns = [...(header?.cells ?? [])]
    .toSorted(([a], [b]) => a - b)
    .map(([at, { value }]) => ({ at, name: String(value).trim() }));
  const samples = rows.map(
    ({ cells }) =>
      new Map(columns.flatMap(({ at, name }) => (cells.has(at) ? [[name, cells.get(at)?.value] as const] : []))),
  );
  return { source, names: columns.map(({ name }) => name), rows: samples };
}
