import { Link } from '@tanstack/react-router';
import type { Column, Key, Table } from '../../../api/connection-types.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';

/** The columns of a table, what they take, and the keys that they are in. */
export function Columns({ id, table }: { id: string; table: Table }) {
  const { columns, checks, nested = [] } = table;
  return (
    <div className="flex flex-col gap-3 pt-3">
      <TableBox label="Columns of the table">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Columns</caption>
          <TableHead columns={[['Column'], ['Type'], ['Keys'], ['Without a value']]} />
          <tbody>
            {columns.map((column) => (
              <tr key={column.name} className="border-b border-line align-top last:border-0 hover:bg-sunken/60">
                <td
                  className="max-w-60 min-w-28 px-3 py-2 font-mono text-xs wrap-anywhere"
                  title={column.comment ?? undefined}
                >
                  {column.name}
                </td>
                <td className="max-w-60 min-w-28 px-3 py-2 font-mono text-xs wrap-anywhere text-quiet">
                  {column.type}
                </td>
                <td className="min-w-36 px-3 py-2">
                  <Keys id={id} table={table} column={column.name} />
                </td>
                <td className="max-w-60 px-3 py-2 text-xs wrap-anywhere text-quiet">{withoutValue(column)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {checks.length > 0 && (
        <section aria-label="Rules">
          <h3 className="mb-1 text-xs font-medium text-quiet">Rules</h3>
          <ul className="space-y-1 font-mono text-xs text-quiet">
            {checks.map(({ name, expression }) => (
              <li key={name} className="wrap-anywhere">
                {expression}
              </li>
            ))}
          </ul>
        </section>
      )}
      {nested.length > 0 && (
        <p className="text-xs text-quiet">Rows within a row: {nested.map(({ name }) => name).join(', ')}</p>
      )}
    </div>
  );
}

function Keys({ id, table, column }: { id: string; table: Table; column: string }) {
  const has = (key: Key | null): boolean => key?.columns.includes(column) === true;
  return (
    <span className="flex flex-wrap gap-1">
      {has(table.primaryKey) && <Badge tone="accent">primary key</Badge>}
      {table.uniqueKeys.some(has) && <Badge>unique</Badge>}
      {table.foreignKeys.filter(has).map(({ name, columns, to, toColumns }) => (
        <Link
          key={name}
          to="/connections/$id"
          params={{ id }}
          search={{ table: to.name, ...(to.schema === '' ? {} : { schema: to.schema }) }}
          className="text-xs wrap-anywhere text-accent underline underline-offset-2"
        >
          {to.name}.{toColumns[columns.indexOf(column)]}
        </Link>
      ))}
    </span>
  );
}

/** What becomes of a column that a row has nothing for. */
function withoutValue({ generated, default: preset, nullable }: Column): string {
  if (generated !== null) return 'the system makes it';
  if (preset !== null) return preset;
  return nullable ? 'null' : 'refused';
}
