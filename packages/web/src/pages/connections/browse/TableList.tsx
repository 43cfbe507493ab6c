import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Table, TableName } from '../../../api/connection-types.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { isOneSchema, nameOfTable } from '../connection-queries.ts';
import { useFind } from './use-find.ts';

/** Tables that are listed; beyond, one searches. */
const MOST = 300;
const keyOf = ({ schema, name }: TableName): string => JSON.stringify([schema, name]);

/** The tables of a system: to look at one, and to choose some. */
export function TableList({
  id,
  tables,
  shown,
  onMake,
}: {
  id: string;
  tables: readonly Table[];
  shown: Table | undefined;
  onMake: (tables: readonly TableName[]) => void;
}) {
  const navigate = useNavigate();
  const [text, setText] = useFind(
    (find) =>
      void navigate({
        to: '/connections/$id',
        params: { id },
        search: ({ find: _, ...search }) => ({ ...search, ...(find === '' ? {} : { find }) }),
        replace: true,
      }),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const isAlone = isOneSchema(tables);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = tables.filter((table) =>
    words.every((word) => nameOfTable(table, isAlone).toLowerCase().includes(word)),
  );
  const listed = found.slice(0, MOST);
  const areAll = listed.length > 0 && listed.every((table) => chosen.has(keyOf(table)));
  const choose = (some: readonly TableName[], isChosen: boolean): void => {
    const next = new Set(chosen);
    for (const table of some) {
      if (isChosen) next.add(keyOf(table));
      else next.delete(keyOf(table));
    }
    setChosen(next);
  };
  return (
    <section aria-label="Tables" className="flex min-w-0 flex-col gap-2">
      <input
        type="search"
        aria-label="Search tables"
        placeholder={`Search ${formatCount(tables.length)} tables`}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="control w-full"
      />
      <div className="flex items-center justify-between gap-2">
        <label className="flex items-center gap-2 text-xs text-quiet">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={areAll}
            disabled={listed.length === 0}
            onChange={({ target }) => choose(listed, target.checked)}
          />
          All that are listed
        </label>
        <Button disabled={chosen.size === 0} onClick={() => onMake(tables.filter((table) => chosen.has(keyOf(table))))}>
          Make templates{chosen.size === 0 ? '' : ` (${chosen.size})`}
        </Button>
      </div>
      <ul className="max-h-72 overflow-y-auto rounded-lg border border-line bg-panel p-1 lg:max-h-[32rem]">
        {listed.map((table) => {
          const { schema, name, rowEstimate } = table;
          const said = nameOfTable(table, isAlone);
          return (
            <li key={keyOf(table)} className="flex items-center gap-2 rounded-md px-1.5 hover:bg-sunken/60">
              <input
                type="checkbox"
                aria-label={`Choose ${said}`}
                className="size-4 shrink-0 accent-accent"
                checked={chosen.has(keyOf(table))}
                onChange={({ target }) => choose([table], target.checked)}
              />
              <Link
                to="/connections/$id"
                params={{ id }}
                search={(search) => ({ ...search, table: name, ...(schema === '' ? {} : { schema }) })}
                aria-current={table === shown ? 'true' : undefined}
                title={said}
                className="min-w-0 flex-1 truncate py-1.5 font-mono text-xs aria-[current=true]:font-semibold aria-[current=true]:text-accent"
              >
                {said}
              </Link>
              {rowEstimate !== null && rowEstimate >= 0 && (
                <span className="text-xs text-faint tabular-nums" title="About as many rows">
                  {formatCount(Math.round(rowEstimate))}
                </span>
              )}
            </li>
          );
        })}
        {listed.length === 0 && <li className="p-2 text-quiet">No table is called that.</li>}
      </ul>
      {found.length > MOST && (
        <p className="text-xs text-faint">The first {MOST} are listed: search to see the others.</p>
      )}
    </section>
  );
}
