import type { UndoReport } from '../../api/run-types.ts';
import { formatCount } from '../../ui/format.ts';
import { CountTable } from './CountTable.tsx';

/** What an undo has removed, or would, and what is in its way. */
export const UndoTables = ({ report: { done, tables, uses, unknown } }: { report: UndoReport }) => (
  <div className="flex flex-col gap-2">
    <CountTable
      caption="Rows by table"
      columns={['written', done ? 'removed' : 'to remove', 'gone already', 'changed since', 'kept']}
      rows={tables.map((one) => [one.table, one.written, one.removed, one.missing, one.edited, one.kept])}
    />
    {uses.map(({ table, to, rows }) => (
      <p key={`${table} ${to}`} className="wrap-anywhere text-bad">
        {formatCount(rows)} rows of {table} refer to rows of {to} that the run has written: nothing is removed as long
        as they do.
      </p>
    ))}
    {unknown > 0 && (
      <p className="text-quiet">{formatCount(unknown)} rows may have been written that nothing finds again.</p>
    )}
  </div>
);
