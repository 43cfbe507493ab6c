import { formatCount, formatValue } from '../../ui/format.ts';

/** Rows as a table. @param first number of the first one, from 0 */
export function SetRows({
  rows,
  first,
  label,
}: {
  rows: readonly Readonly<Record<string, unknown>>[];
  first: number;
  label: string;
}) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="max-h-[65dvh] overflow-auto rounded-lg border border-line bg-panel"
    >
      <table className="w-full border-collapse font-mono text-xs">
        <thead className="sticky top-0 bg-panel">
          <tr className="border-b border-line text-left text-quiet">
            <th scope="col" className="px-3 py-1.5 text-right font-medium text-faint">
              #
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="max-w-80 truncate px-3 py-1.5 font-medium" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its number
              key={index}
              className="border-b border-line/60 last:border-0 hover:bg-sunken/60"
            >
              <td className="px-3 py-1 text-right text-faint tabular-nums">{formatCount(first + index)}</td>
              {columns.map((name) => (
                <td key={name} dir="auto" className="max-w-80 truncate px-3 py-1" title={formatValue(row[name])}>
                  {formatValue(row[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
