import { useQuery } from '@tanstack/react-query';
import { thingQuery } from '../../api/queries.ts';
import type { SetDiff } from '../../api/types.ts';
import { formatCount, formatValue } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { SetRows } from './SetRows.tsx';

/** What came, went and changed from one version of a set to another. */
export function SetDifference({ name, from, to }: { name: string; from: number; to: number }) {
  const asked = `/sets/${encodeURIComponent(name)}/diff?from=${from}&to=${to}`;
  const { data: diff, error } = useQuery(thingQuery<SetDiff>(asked));
  if (diff === undefined) return <ProblemNote error={error} />;
  const { added, removed, changed, unchanged } = diff;
  return (
    <div className="flex flex-col gap-4">
      <p>
        {formatCount(added.count)} added, {formatCount(removed.count)} removed, {formatCount(changed.count)} changed,{' '}
        {formatCount(unchanged)} the same.
        {diff.truncated && ' The first of each kind are shown.'}
      </p>
      {added.rows.length > 0 && (
        <div>
          <h2 className="mb-1.5 font-semibold text-good">Added</h2>
          <SetRows rows={added.rows} first={0} label="Added rows" />
        </div>
      )}
      {removed.rows.length > 0 && (
        <div>
          <h2 className="mb-1.5 font-semibold text-bad">Removed</h2>
          <SetRows rows={removed.rows} first={0} label="Removed rows" />
        </div>
      )}
      {changed.rows.length > 0 && (
        <div>
          <h2 className="mb-1.5 font-semibold text-warn">Changed</h2>
          <ul className="rounded-lg border border-line bg-panel font-mono text-xs">
            {changed.rows.map(({ at, before, after }) => (
              <li key={formatValue(at)} className="border-b border-line px-3 py-1.5 last:border-0 wrap-anywhere">
                <span className="text-faint">{formatValue(at)}</span>
                <span className="block text-bad">− {formatValue(before)}</span>
                <span className="block text-good">+ {formatValue(after)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
