import { Link } from '@tanstack/react-router';
import type { Table, TableName } from '../../../api/connection-types.ts';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { isOneSchema, nameOfTable } from '../connection-queries.ts';
import { keyOf } from './lay-out.ts';

/** Keys that are listed. */
const MOST = 500;

/** The keys between tables in words: what the diagram shows, for those who do not see it. */
export function KeyTable({ id, tables }: { id: string; tables: readonly Table[] }) {
  const isAlone = isOneSchema(tables);
  const keys = tables.flatMap((table) => table.foreignKeys.map((key) => ({ table, key })));
  if (keys.length === 0) return <p className="text-quiet">No table refers to another.</p>;
  const link = (table: TableName) => (
    <Link
      to="/connections/$id"
      params={{ id }}
      search={{ table: table.name, ...(table.schema === '' ? {} : { schema: table.schema }) }}
      className="text-accent underline underline-offset-2"
    >
      {nameOfTable(table, isAlone)}
    </Link>
  );
  return (
    <TableBox label="Keys">
      <table className="w-full border-collapse font-mono text-xs">
        <caption className="px-3 py-2 text-left font-sans text-quiet">
          Keys between tables{keys.length > MOST ? `: the first ${MOST}` : ''}
        </caption>
        <TableHead isBelowCaption columns={[['Table'], ['Columns'], ['Refers to'], ['Columns there']]} />
        <tbody>
          {keys.slice(0, MOST).map(({ table, key }) => (
            <tr key={`${keyOf(table)} ${key.name}`} className="border-b border-line align-top last:border-0">
              <td className="min-w-28 px-3 py-1.5 wrap-anywhere">{link(table)}</td>
              <td className="min-w-28 px-3 py-1.5 wrap-anywhere">{key.columns.join(', ')}</td>
              <td className="min-w-28 px-3 py-1.5 wrap-anywhere">{link(key.to)}</td>
              <td className="min-w-28 px-3 py-1.5 wrap-anywhere">{key.toColumns.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
