import type { Profile } from '@datamaker/engine';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { engineUntil } from '../../../engine/engine.ts';
import type { Source } from '../../../engine/protocol.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { formatCount, formatValue } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { keyOf } from './rows-query.ts';

const ROWS = 2000;
/** Of so many different texts the commonest say little, and how long they are says more. */
const MANY = 400;
type Column = Profile['fields'][number];

/** What is in each column of the first rows, and whether it is what the template promises. */
export function ColumnPictures({ source }: { source: Source }) {
  const { data, error } = useQuery({
    queryKey: ['profile', keyOf(source)],
    queryFn: ({ signal }) => engineUntil(signal, 'profile', source, ROWS),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <p className="p-6 text-center text-faint">Looking at {formatCount(ROWS)} rows …</p>;
  if (!data.ok) return <p className="p-6 text-center text-faint">There are pictures once the fields are right.</p>;
  return (
    <section
      aria-label="Columns"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="grid min-h-0 flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-2.5 overflow-y-auto p-3"
    >
      {data.profile.fields.map((column) => (
        <Picture key={column.path} column={column} />
      ))}
    </section>
  );
}

function Picture({ column }: { column: Column }) {
  const { path, type, count, nulls, distinct, histogram, top, numbers, dates, checks } = column;
  const wrong = checks.filter(({ ok }) => !ok);
  const range = numbers ?? dates;
  return (
    <article className="min-w-0 rounded-md border border-line bg-panel p-2.5">
      <header className="mb-1.5 flex items-baseline justify-between gap-2">
        <h2 className="truncate font-mono text-xs font-semibold" title={path}>
          {path}
        </h2>
        <span className="shrink-0 text-xs text-faint">{type}</span>
      </header>
      {histogram === undefined || (histogram.of === 'lengths' && distinct.value < MANY) ? (
        <Top top={top} />
      ) : (
        <Histogram histogram={histogram} />
      )}
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-quiet tabular-nums">
        <span>
          {distinct.exact ? '' : '≈ '}
          {formatCount(Math.round(distinct.value))} distinct
        </span>
        <span>{((100 * nulls) / Math.max(1, count)).toFixed(nulls === 0 ? 0 : 1)} % null</span>
        {range !== undefined && (
          <span className="truncate">
            {bound(range.min)} … {bound(range.max)}
          </span>
        )}
        {checks.length > 0 && wrong.length === 0 && <Badge tone="good">as promised</Badge>}
      </p>
      {wrong.map(({ name, what, expected, got }) => (
        <p key={name} className="mt-1 text-xs text-bad">
          {what}: {formatValue(expected)} expected, {formatValue(got)} found
        </p>
      ))}
    </article>
  );
}

/** A number, or a moment without what is the same in all of them. */
const bound = (value: number | string): string => String(value).replace(/T00:00:00(\.000)?Z$/, '');

function Histogram({ histogram }: { histogram: NonNullable<Column['histogram']> }) {
  const most = Math.max(1, ...histogram.bins.map(({ count }) => count));
  const step = 100 / Math.max(1, histogram.bins.length);
  return (
    <figure>
      <svg
        viewBox="0 0 100 28"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of ${histogram.of}`}
        className={`w-full fill-accent/70 ${histogram.of === 'lengths' ? 'h-10' : 'h-14'}`}
      >
        {histogram.bins.map(({ from, count }, index) => {
          const height = (27 * count) / most;
          return <rect key={from} x={index * step} y={28 - height} width={step * 0.88} height={height} />;
        })}
      </svg>
      {histogram.of === 'lengths' && <figcaption className="mt-1 text-xs text-faint">lengths of texts</figcaption>}
    </figure>
  );
}

const Top = ({ top }: { top: Column['top'] }) => (
  <ul className="flex h-14 flex-col gap-0.5 overflow-hidden text-xs">
    {top.values.slice(0, 3).map(({ value, share }) => (
      <li key={value} className="relative flex justify-between gap-2 rounded-sm px-1">
        <span
          aria-hidden="true"
          className="absolute inset-y-0 left-0 rounded-sm bg-accent-soft"
          style={{ width: `${share * 100}%` }}
        />
        <span dir="auto" className="relative truncate font-mono">
          {value}
        </span>
        <span className="relative text-quiet tabular-nums">{(share * 100).toFixed(1)} %</span>
      </li>
    ))}
  </ul>
);
