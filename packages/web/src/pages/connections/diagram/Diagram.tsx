import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { IconButton } from '../../../ui/Button.tsx';
import { type Box, COLUMN_PX, type Drawing, HEAD_PX, keyOf, type Line, MOST_LETTERS } from './lay-out.ts';

const STEP = 1.25;
const SMALLEST = 0.2;
const LARGEST = 2;

const shorten = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name);
const pathOf = ({ points }: Line): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** Tables and the keys between them. Each table is a link to its page; the list below says the same in words. */
export function Diagram({ id, drawing: { width, height, boxes, lines } }: { id: string; drawing: Drawing }) {
  const arrow = useId();
  const [scale, setScale] = useState(1);
  const zoom = (by: number): void => setScale(Math.min(LARGEST, Math.max(SMALLEST, scale * by)));
  return (
    <div className="relative">
      <div className="absolute top-2 right-2 z-10 flex rounded-md border border-line bg-panel">
        <IconButton label="Smaller" icon="minus" disabled={scale <= SMALLEST} onClick={() => zoom(1 / STEP)} />
        <IconButton label="Larger" icon="plus" disabled={scale >= LARGEST} onClick={() => zoom(STEP)} />
      </div>
      <section
        aria-label="Diagram of keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[70dvh] overflow-auto rounded-lg border border-line bg-panel"
      >
        <svg
          role="group"
          aria-label="Tables"
          width={Math.ceil(width * scale)}
          height={Math.ceil(height * scale)}
          viewBox={`0 0 ${width} ${height}`}
          className="font-mono text-[11px]"
        >
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto-start-reverse"
            >
              <path d="M0 0L8 4L0 8z" className="fill-faint" />
            </marker>
          </defs>
          {lines.map((line) => (
            <path
              key={line.id}
              d={pathOf(line)}
              markerStart={`url(#${arrow})`}
              className="fill-none stroke-faint"
              strokeWidth={1.2}
            />
          ))}
          {boxes.map((box) => (
            <BoxOf key={keyOf(box.table)} id={id} box={box} />
          ))}
        </svg>
      </section>
    </div>
  );
}

function BoxOf({ id, box: { table, left, top, width, height, columns, more } }: { id: string; box: Box }) {
  const { schema, name } = table;
  const middle = (row: number): number => HEAD_PX + COLUMN_PX * row + COLUMN_PX / 2 + 3;
  return (
    <Link
      to="/connections/$id"
      params={{ id }}
      search={{ table: name, ...(schema === '' ? {} : { schema }) }}
      className="group outline-none"
    >
      <g transform={`translate(${left} ${top})`}>
        {shorten(name) !== name && <title>{name}</title>}
        <rect
          width={width}
          height={height}
          rx={6}
          className="fill-raised stroke-edge group-hover:stroke-accent group-focus-visible:stroke-accent group-focus-visible:stroke-[3px]"
        />
        <line x1={0} x2={width} y1={HEAD_PX} y2={HEAD_PX} className="stroke-line" />
        <text x={10} y={HEAD_PX / 2 + 4} className="fill-ink font-semibold">
          {shorten(name)}
        </text>
        {columns.map((column, row) => (
          <text key={column.name} x={10} y={middle(row) + 1} className="fill-quiet">
            {shorten(column.name)}
            <tspan x={width - 8} textAnchor="end" className="fill-accent">
              {[column.isPrimary ? 'PK' : '', column.isForeign ? 'FK' : ''].filter(Boolean).join(' ')}
            </tspan>
          </text>
        ))}
        {more > 0 && (
          <text x={10} y={middle(columns.length) + 1} className="fill-faint">
            {more} more
          </text>
        )}
      </g>
    </Link>
  );
}
