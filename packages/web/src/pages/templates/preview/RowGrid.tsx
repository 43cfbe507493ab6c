import { useQueries } from '@tanstack/react-query';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { Source } from '../../../engine/protocol.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';
import { useManyLines } from '../../../ui/use-many-lines.ts';
import { type Column, columnsOf, GLYPH_PX } from './columns-of.ts';
import { rowsQuery } from './rows-query.ts';
import { useColumnsInSight } from './use-columns-in-sight.ts';

const ROW_PX = 28;
/** Rows that can be scrolled to from the first one shown; any other is there at once as the first. */
const WINDOW = 1_000_000;

/**
 * Rows as a grid. Only those in sight are made, and only pages around them are kept: any row can be scrolled to, and memory does not
 * grow with it.
 */
export function RowGrid({
  source,
  from,
  first,
  page: size = first.length,
  capacity = Number.POSITIVE_INFINITY,
}: {
  /** What makes the rows behind the first; undefined: there are no others. */
  source: Source | undefined;
  from: number;
  first: readonly Record<string, unknown>[];
  /** Rows that are made together, as the first ones were. */
  page?: number;
  /** Most rows that there can be, from the very first. */
  capacity?: number;
}) {
  const isAll = source === undefined || first.length < size;
  // Those of before may still be shown where there are none from here on.
  const count = isAll ? first.length : Math.max(first.length, Math.min(WINDOW, capacity - from));
  const lines = useManyLines(count, ROW_PX, 8);
  const { scroller, body, height, onKeyDown } = lines;
  const shown = Array.from({ length: lines.last - lines.first }, (_, index) => lines.first + index);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are looked at from their first one
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [from]);
  const pages = [...new Set(shown.map((index) => Math.floor(index / size)))].filter((page) => page > 0);
  const others = useQueries({
    queries: source === undefined ? [] : pages.map((page) => rowsQuery(source, from + page * size, size)),
  });
  // Rows of before stay until those of what was typed are there.
  const kept = useRef({ from, pages: new Map<number, readonly Record<string, unknown>[]>() });
  const before = kept.current.from === from ? kept.current.pages : new Map();
  kept.current = { from, pages: new Map() };
  for (const [at, page] of pages.entries()) {
    const data = others[at]?.data;
    const rows = data?.ok ? data.rows : before.get(page);
    if (rows !== undefined) kept.current.pages.set(page, rows);
  }
  const rowAt = (index: number): Record<string, unknown> | undefined => {
    const page = Math.floor(index / size);
    return page === 0 || source === undefined ? first[index] : kept.current.pages.get(page)?.[index % size];
  };
  const columns = useMemo(() => columnsOf(first), [first]);
  const widths = useMemo(() => columns.map(({ width }) => width), [columns]);
  const sight = useColumnsInSight(scroller, widths);
  const there = useMemo(() => columns.slice(sight.first, sight.last), [columns, sight.first, sight.last]);
  const numberPx = Math.max(64, Math.round(formatCount(from + count).length * GLYPH_PX + 18));
  const width = numberPx + widths.reduce((sum, one) => sum + one, 0);
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Rows"
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto font-mono text-xs"
    >
      <div style={{ width, minWidth: '100%' }}>
        <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
          <div role="row" className="flex border-b border-line text-faint">
            <span role="columnheader" style={{ width: numberPx }} className="shrink-0 px-2 py-1.5 text-right">
              #
            </span>
            <Space px={sight.before} />
            {there.map(({ name, width }, index) => (
              <span
                key={name}
                role="columnheader"
                aria-colindex={sight.first + index + 2}
                dir="auto"
                style={{ width }}
                className="shrink-0 truncate px-3 py-1.5 font-medium text-quiet"
                title={name}
              >
                {name}
              </span>
            ))}
          </div>
        </div>
        {/* Rows beyond the end would make the box taller, and move what its bar stands for. */}
        <div role="rowgroup" className="overflow-clip" style={{ height }}>
          <div ref={body} role="presentation">
            {shown.map((index) => (
              <Row
                key={index}
                index={index}
                number={from + index}
                numberPx={numberPx}
                row={rowAt(index)}
                columns={there}
                firstColumn={sight.first}
                beforePx={sight.before}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** A row, drawn again only when something of it has changed. */
const Row = memo(
  ({
    index,
    number,
    numberPx,
    row,
    columns,
    firstColumn,
    beforePx,
  }: {
    index: number;
    number: number;
    numberPx: number;
    row: Record<string, unknown> | undefined;
    /** Those that are there. */
    columns: readonly Column[];
    firstColumn: number;
    beforePx: number;
  }) => (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="flex w-full border-b border-line/60 hover:bg-sunken/60"
      style={{ height: ROW_PX }}
    >
      <span role="cell" style={{ width: numberPx }} className="shrink-0 px-2 py-1.5 text-right text-faint tabular-nums">
        {formatCount(number)}
      </span>
      <Space px={beforePx} />
      {columns.map(({ name, width }, at) => (
        <Cell key={name} column={firstColumn + at + 2} value={row?.[name]} width={width} />
      ))}
    </div>
  ),
);

/** In place of the columns before those that are there. */
const Space = ({ px }: { px: number }) =>
  px > 0 && <span aria-hidden="true" style={{ width: px }} className="shrink-0" />;

/** Space at both sides of a text, and a bit. */
const PADDING_PX = 26;

/** Text in its own direction: Arabic and Hebrew values read from the right. */
const Cell = memo(({ value, column, width }: { value: unknown; column: number; width: number }) => {
  const text = formatValue(value);
  // A box that cuts costs ten times as much to paint as one that does not, and most texts need none.
  const isCut = text.length * GLYPH_PX > width - PADDING_PX || !LATIN.test(text);
  return (
    <span
      role="cell"
      aria-colindex={column}
      dir="auto"
      style={{ width }}
      className={`shrink-0 ${isCut ? 'truncate' : 'whitespace-nowrap'} px-3 py-1.5 ${value === null ? 'text-faint italic' : ''}`}
      title={text}
    >
      {text}
    </span>
  );
});

/** What has letters of the width that columns are measured with. */
const LATIN = /^[\u0020-\u024f]*$/;
