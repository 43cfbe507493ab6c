import type { Table } from '../../../api/connection-types.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { choicesOf, leftOutOf, type Mapping, twiceIn, withColumn } from './mapping-state.ts';

/** Fields of a template and the columns that they go into, with what becomes of the other columns. */
export function MappingTable({
  mapping,
  table,
  onChange,
}: {
  mapping: Mapping;
  table: Table;
  onChange: (mapping: Mapping) => void;
}) {
  const left = leftOutOf(mapping, table);
  const twice = twiceIn(mapping);
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  return (
    <>
      <TableBox label="Fields and columns">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Fields and columns</caption>
          <TableHead columns={[['Field'], ['Column'], ['Type of the column', 'max-sm:hidden']]} />
          <tbody>
            {Object.entries(mapping).map(([field, column]) => (
              <tr key={field} className="border-b border-line last:border-0">
                <th scope="row" className="min-w-28 px-3 py-1.5 text-left font-mono text-xs font-normal wrap-anywhere">
                  {field}
                </th>
                <td className="min-w-40 px-3 py-1.5">
                  <select
                    aria-label={`Column of ${field}`}
                    aria-invalid={column !== null && twice.includes(column)}
                    value={column ?? ''}
                    onChange={({ target }) =>
                      onChange(withColumn(mapping, field, target.value === '' ? null : target.value))
                    }
                    className="control w-full max-w-64 font-mono text-xs"
                  >
                    <option value="">— leave it out —</option>
                    {choicesOf(field, column, table).map((name) => (
                      <option key={name}>{name}</option>
                    ))}
                  </select>
                </td>
                <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere text-quiet max-sm:hidden">
                  {column === null ? <Badge tone="warn">left out</Badge> : (types.get(column) ?? '')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {twice.length > 0 && (
        <p role="alert" className="wrap-anywhere text-bad">
          More than one field goes into {twice.join(', ')}: leave the others out.
        </p>
      )}
      {left.length > 0 && (
        <ul aria-label="Columns that no field goes into" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-quiet">
          {left.map(({ column, says, isNeeded }) => (
            <li key={column} className="flex flex-wrap items-center gap-1 wrap-anywhere">
              <span className="font-mono">{column}</span> {isNeeded ? <Badge tone="bad">{says}</Badge> : says}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
