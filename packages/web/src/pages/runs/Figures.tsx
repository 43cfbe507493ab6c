import { formatCount } from '../../ui/format.ts';

/** A few numbers with their names. */
export const Figures = ({ figures }: { figures: readonly (readonly [label: string, count: number])[] }) => (
  <dl className="flex flex-wrap gap-2">
    {figures.map(([label, count]) => (
      <div key={label} className="min-w-24 rounded-lg border border-line bg-panel px-3 py-2">
        <dt className="text-xs text-quiet">{label}</dt>
        <dd className="text-base font-semibold tabular-nums">{formatCount(count)}</dd>
      </div>
    ))}
  </dl>
);
