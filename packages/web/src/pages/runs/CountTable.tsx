import { formatCount } from '../../ui/format.ts';
import { TableBox } from '../../ui/TableBox.tsx';

/** Tables of a system, each with some numbers. @param columns names of the numbers */
export const CountTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly [table: string, ...counts: number[]])[];
}) => (
  <TableBox label={caption}>
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line bg-sunken/60 text-xs text-faint">
          <th scope="col" className="cell text-left font-medium">
            Table
          </th>
          {columns.map((name) => (
            <th key={name} scope="col" className="cell text-right font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([table, ...counts]) => (
          <tr key={table} className="border-b border-line last:border-0 hover:bg-sunken/60">
            <th scope="row" className="min-w-36 px-3 py-2 text-left font-mono text-xs font-normal wrap-anywhere">
              {table}
            </th>
            {columns.map((name, index) => (
              <td key={name} className="px-3 py-2 text-right tabular-nums">
                {formatCount(counts[index] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </TableBox>
);
