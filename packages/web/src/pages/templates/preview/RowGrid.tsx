import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { engine } from '../../../engine/engine.ts';
import type { Source } from '../../../engine/protocol.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';

const ROW_PX = 28;
const PAGE = 200;
/** Rows that can be scrolled to from the first one shown; heights beyond some millions of pixels are not for browsers. */
const WINDOW = 100_000;
const GLYPH_PX = 7.3;
const NUMBER_PX = 64;
const SAMPLE = 40;

/**
 * Rows as a grid. Only those in sight are made, and only pages around them are kept: any row can be scrolled to, and memory does not
 * grow with it.
 */
export function RowGrid({
  source,
  from,
  first,
}: {
  /** What makes the rows behind the first; undefined: there are no others. */
  source: Source | undefined;
  from: number;
  first: readonly Record<string, unknown>[];
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: source === undefined || first.length < PAGE ? first.length : WINDOW,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const pages = [...new Set(shown.map(({ index }) => Math.floor(index / PAGE)))].filter((page) => page > 0);
  const others = useQueries({
    queries: (source === undefined ? [] : pages).map((page) => ({
      queryKey: ['rows', source, from + page * PAGE],
      queryFn: () => engine('rows', source as Source, from + page * PAGE, from + (page + 1) * PAGE),
      gcTime: 5_000,
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    })),
  });
  const rowAt = (index: number): Record<string, unknown> | undefined => {
    const page = Math.floor(index / PAGE);
    if (page === 0 || source === undefined) return first[index];
    const data = others[pages.indexOf(page)]?.data;
    return data?.ok ? data.rows[index % PAGE] : undefined;
  };
  const columns = Object.keys(first[0] ?? {});
  const widths = columns.map((name) => {
    const longest = Math.max(name.length + 1, ...first.slice(0, SAMPLE).map((row) => formatValue(row[name]).length));
    return Math.round(Math.min(300, Math.max(72, longest * GLYPH_PX + 26)));
  });
  const width = NUMBER_PX + widths.reduce((sum, one) => sum + one, 0);
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Rows"
      aria-rowcount={rows.options.count + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto font-mono text-xs"
    >
      <div style={{ width, minWidth: '100%' }}>
        <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
          <div role="row" className="flex border-b border-line text-faint">
            <span role="columnheader" style={{ width: NUMBER_PX }} className="shrink-0 px-2 py-1.5 text-right">
              #
            </span>
            {columns.map((name, index) => (
              <span
                key={name}
                role="columnheader"
                style={{ width: widths[index] }}
                className="shrink-0 truncate px-3 py-1.5 font-medium text-quiet"
                title={name}
              >
                {name}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className="absolute flex w-full border-b border-line/60 hover:bg-sunken/60"
                style={{ top: 0, height: ROW_PX, transform: `translateY(${start}px)` }}
              >
                <span
                  role="cell"
                  style={{ width: NUMBER_PX }}
                  className="shrink-0 px-2 py-1.5 text-right text-faint tabular-nums"
                >
                  {formatCount(from + index)}
                </span>
                {columns.map((name, column) => (
                  <Cell key={name} value={row?.[name]} width={widths[column] ?? 0} />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Text in its own direction: Arabic and Hebrew values read from the right. */
const Cell = ({ value, width }: { value: unknown; width: number }) => (
  <span
    role="cell"
    dir="auto"
    style={{ width }}
    className={`shrink-0 truncate px-3 py-1.5 ${value === null ? 'text-faint italic' : ''}`}
    title={formatValue(value)}
  >
    {formatValue(value)}
  </span>
);
