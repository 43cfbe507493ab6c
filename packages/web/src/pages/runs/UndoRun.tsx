import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { UndoReport } from '../../api/run-types.ts';
import { formatCount } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { RunProgress } from './RunProgress.tsx';
import { runQuery } from './run-query.ts';

/** The run that takes another one back, as it goes. @param onEnded called when it has ended */
export function UndoRun({ id, onEnded }: { id: string; onEnded: () => void }) {
  const { data: run, error } = useQuery(runQuery(id));
  const tell = useRef(onEnded);
  tell.current = onEnded;
  const hasEnded = run !== undefined && run.ended_at !== null;
  useEffect(() => {
    if (hasEnded) tell.current();
  }, [hasEnded]);
  if (run === undefined) return <ProblemNote error={error} />;
  return (
    <div className="flex flex-col gap-2">
      {run.state === 'done' ? (
        <p role="status">
          {formatCount((run.result as UndoReport | null)?.removed ?? run.progress.rows)} rows were removed.{' '}
          <Link to="/runs/$id" params={{ id }} className="text-accent underline underline-offset-2">
            The run that removed them
          </Link>
        </p>
      ) : (
        <RunProgress run={run} />
      )}
    </div>
  );
}
