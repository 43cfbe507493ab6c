import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { PushResult, SeedResult, UndoReport } from '../../api/run-types.ts';
import type { Run } from '../../api/types.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PushOutcome } from './PushOutcome.tsx';
import { ResumeForm } from './ResumeForm.tsx';
import { RunProgress } from './RunProgress.tsx';
import { runQuery } from './run-query.ts';
import { SeedOutcome } from './SeedOutcome.tsx';
import { UndoTables } from './UndoTables.tsx';
import { WrittenRows } from './WrittenRows.tsx';

const route = getRouteApi('/shell/runs/$id');
const TITLES: Readonly<Record<string, string>> = {
  push: 'Push',
  seed: 'Seed',
  undo: 'Undo',
  generation: 'Generation',
  generation_job: 'Job',
  scenario: 'Scenario',
};

/** One run: how far it is, what came of it, and what can be done about that. */
export function RunPage() {
  const { id } = route.useParams();
  return (
    <Suspense fallback={<p className="p-8 text-center text-faint">Loading …</p>}>
      <Loaded key={id} id={id} />
    </Suspense>
  );
}

function Loaded({ id }: { id: string }) {
  const { data: run } = useSuspenseQuery(runQuery(id));
  const { kind, state, ended_at } = run;
  const hasWritten = kind === 'push' || kind === 'seed';
  return (
    <PageFrame title={TITLES[kind] ?? `Run: ${kind}`} hint={id}>
      <div className="flex flex-col gap-4">
        <RunLinks run={run} />
        <RunProgress run={run} />
        {run.result !== null && <Result run={run} />}
        {hasWritten && ['failed', 'cancelled'].includes(state) && <ResumeForm run={run} />}
        {hasWritten && ended_at !== null && <WrittenRows key={ended_at} run={run} />}
      </div>
    </PageFrame>
  );
}

/** What the run came to, by its kind. */
function Result({ run: { kind, result } }: { run: Run }) {
  switch (kind) {
    case 'push':
      return <PushOutcome result={result as PushResult} />;
    case 'seed':
      return <SeedOutcome result={result as SeedResult} />;
    case 'undo':
      return <UndoTables report={result as UndoReport} />;
    default:
      return null;
  }
}

/** What the run is about. */
function RunLinks({ run: { id, params, logs_url } }: { run: Run }) {
  const of = (name: string): string | undefined => (typeof params[name] === 'string' ? params[name] : undefined);
  const [connection, template, undone] = [of('connection_id'), of('template_id'), of('undo_of')];
  const [, scenario] = /^\/scenarios\/([^/]+)\//.exec(logs_url ?? '') ?? [];
  const look = 'text-accent underline underline-offset-2';
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1">
      {connection !== undefined && (
        <Link to="/connections/$id" params={{ id: connection }} className={look}>
          The connection
        </Link>
      )}
      {template !== undefined && (
        <Link to="/templates/$id" params={{ id: template }} className={look}>
          The template
        </Link>
      )}
      {scenario !== undefined && (
        <Link to="/scenarios/$id" params={{ id: scenario }} search={{ run: id }} className={look}>
          The scenario and its log
        </Link>
      )}
      {undone !== undefined && (
        <Link to="/runs/$id" params={{ id: undone }} className={look}>
          The run that is taken back
        </Link>
      )}
      {of('seed') !== undefined && (
        <span className="text-quiet">
          Seed <span className="font-mono wrap-anywhere">{of('seed')}</span>
        </span>
      )}
    </p>
  );
}
