import { useMutation } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import { queries } from '../../api/query-client.ts';
import type { Run } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatDuration } from '../../ui/format.ts';
import { notify } from '../../ui/notices.tsx';
import { StateBadge } from '../StateBadge.tsx';
import { runPath, runQuery } from './run-query.ts';

const say = (error: Error): void => notify(error.message);

/** How far a run is, and why it did not come further. */
export function RunProgress({ run }: { run: Run }) {
  const { id, state, progress, error, output, started_at, ended_at } = run;
  const cancel = useMutation({
    mutationFn: () => askJson<Run>('POST', `${runPath(id)}/cancel`, { body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: runQuery(id).queryKey }),
    onError: say,
  });
  const elapsed = started_at === null ? 0 : Date.parse(ended_at ?? new Date().toISOString()) - Date.parse(started_at);
  return (
    <section aria-label="Progress" className="rounded-lg border border-line bg-panel p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-quiet tabular-nums">
        <StateBadge state={state} />
        <span>
          {formatCount(progress.rows)}
          {progress.total > 0 && ` of ${formatCount(progress.total)}`} rows
        </span>
        {elapsed > 0 && <span>{formatDuration(elapsed)}</span>}
        {elapsed > 0 && progress.rows > 0 && (
          <span>{formatCount(Math.round((1000 * progress.rows) / elapsed))} rows/s</span>
        )}
        <span className="flex-1" />
        {ended_at === null && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
        {output?.url != null && (
          <Button icon="download" onClick={() => void download(output.url ?? '', output.name).catch(say)}>
            Save {output.name}
          </Button>
        )}
      </div>
      {ended_at === null && (
        <progress
          aria-label="Rows done"
          value={progress.rows}
          max={Math.max(1, progress.total)}
          className="mt-2 h-1.5 w-full"
        />
      )}
      {error !== null && (
        <p role="alert" className="mt-2 rounded-md bg-bad-soft px-3 py-2 wrap-anywhere">
          {error.message} <span className="font-mono text-xs text-quiet">{error.code}</span>
        </p>
      )}
    </section>
  );
}
