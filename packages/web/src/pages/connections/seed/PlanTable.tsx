import type { SeedPlan } from '../../../api/connection-types.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { MOST_ROWS, type RowsByTable, SEED_FORM } from './seed-search.ts';

/** The tables of a plan in the order of writing, with their rows to change; and what is not understood. */
export function PlanTable({
  plan: { tables, leftOut, problems },
  rows,
  onRows,
}: {
  plan: SeedPlan;
  rows: RowsByTable;
  onRows: (rows: RowsByTable) => void;
}) {
  const set = (table: string, text: string): void => {
    const { [table]: _, ...others } = rows;
    onRows(text === '' ? others : { ...others, [table]: text });
  };
  return (
    <>
      <TableBox label="Plan by table">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Tables in the order of writing</caption>
          <TableHead
            columns={[
              ['#', 'text-right'],
              ['Table'],
              ['Rows'],
              ['Key', 'max-sm:hidden'],
              ['Refers to', 'max-sm:hidden'],
            ]}
          />
          <tbody>
            {tables.map(({ table, rows: planned, keys, parents }, index) => (
              <tr key={table} className="border-b border-line last:border-0">
                <td className="px-3 py-1.5 text-right text-faint tabular-nums">{index + 1}</td>
                <th scope="row" className="min-w-36 px-3 py-1.5 text-left font-mono text-xs font-normal wrap-anywhere">
                  {table}
                </th>
                <td className="px-3 py-1.5">
                  <input
                    type="number"
                    form={SEED_FORM}
                    min={0}
                    max={MOST_ROWS}
                    aria-label={`Rows of ${table}`}
                    placeholder={String(planned)}
                    value={rows[table] ?? ''}
                    onChange={({ target }) => set(table, target.value)}
                    className="control w-28 placeholder:text-ink"
                  />
                </td>
                <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere text-quiet max-sm:hidden">
                  {keys.length === 0 ? 'none' : keys.join(', ')}
                </td>
                <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere text-quiet max-sm:hidden">
                  {parents.map((parent) => `${parent.table}${parent.later ? ' (later)' : ''}`).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {leftOut.length > 0 && <p className="wrap-anywhere text-quiet">Left out: {leftOut.join(', ')}</p>}
      {problems.length > 0 && (
        <section aria-label="What is not understood">
          <h2 className="mb-1 text-xs font-medium text-quiet">What is not understood, or not kept</h2>
          <ul className="space-y-1">
            {problems.slice(0, 200).map(({ code, subject, message, blocks }) => (
              <li key={`${code} ${subject} ${message}`} className="wrap-anywhere text-quiet">
                <span className="font-mono text-xs text-ink">{subject}</span> {message}{' '}
                {blocks && <Badge tone="warn">left out</Badge>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
