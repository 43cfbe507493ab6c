import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/types.ts';
import { Button } from './Button.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TableBox } from './TableBox.tsx';

export interface ListColumn<T> {
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Left out where there is little room. */
  readonly minor?: boolean;
  readonly right?: boolean;
  /** No wider than a few words. */
  readonly narrow?: boolean;
}

/** A list of the API as a table, page after page. */
export function ListTable<T>({
  list,
  columns,
  keyOf,
  empty,
}: {
  list: UseInfiniteQueryResult<{ readonly pages: readonly Page<T>[] }>;
  columns: readonly ListColumn<T>[];
  keyOf: (item: T) => string;
  empty: ReactNode;
}) {
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  if (list.isPending) return <p className="py-8 text-center text-faint">Loading …</p>;
  if (list.isError && items.length === 0) return <ProblemNote error={list.error} retry={() => list.refetch()} />;
  if (items.length === 0) return empty;
  const look = (column: ListColumn<T>): string =>
    `cell ${column.minor ? 'hidden md:table-cell' : ''} ${column.narrow ? 'w-28' : ''} ${column.right ? 'text-right tabular-nums' : 'text-start'}`;
  return (
    <>
      <TableBox label="List">
        <table className="w-full table-fixed border-collapse text-sm">
          <thead>
            <tr className="border-b border-line bg-sunken/60 text-xs text-faint">
              {columns.map((column) => (
                <th key={column.title} scope="col" className={`${look(column)} font-medium`}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={keyOf(item)} className="border-b border-line last:border-0 hover:bg-sunken/60">
                {columns.map((column) => (
                  <td key={column.title} className={look(column)}>
                    {column.cell(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <footer className="mt-2 flex items-center justify-between text-xs text-faint">
        <span>
          {items.length} of {total}
        </span>
        {list.hasNextPage && (
          <Button look="ghost" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Show more
          </Button>
        )}
      </footer>
    </>
  );
}
