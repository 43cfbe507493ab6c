import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Page, ScenarioRun } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { formatAgo, formatDuration } from '../../ui/format.ts';
import { StateBadge } from '../StateBadge.tsx';

/** The runs of a scenario, the newest first; one of them is shown in the console. */
export function RunHistory({
  list,
  shown,
  onShow,
}: {
  list: UseInfiniteQueryResult<{ readonly pages: readonly Page<ScenarioRun>[] }>;
  shown: string | undefined;
  onShow: (runId: string) => void;
}) {
  const runs = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (runs.length === 0) return <p className="py-2 text-faint">It has not run yet.</p>;
  return (
    <>
      <ul className="flex flex-col gap-1">
        {runs.map((run) => (
          <li key={run.run_id}>
            <button
              type="button"
              aria-pressed={shown === run.run_id}
              onClick={() => onShow(run.run_id)}
              className="flex w-full items-center justify-between gap-2 rounded-md border border-line bg-panel px-2 py-1.5 text-left hover:border-edge aria-pressed:border-accent"
            >
              <span className="flex items-center gap-1.5">
                <StateBadge state={run.state} />
                {run.dry_run && <span className="text-xs text-faint">dry</span>}
              </span>
              <span className="truncate text-xs text-quiet">
                {formatAgo(run.created_at)}
                {run.duration_ms !== null && `, ${formatDuration(run.duration_ms)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button look="ghost" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
