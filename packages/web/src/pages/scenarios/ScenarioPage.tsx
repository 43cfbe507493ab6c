import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { thingQuery, useList } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Scenario, ScenarioRun } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatAgo, formatDuration } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StateBadge } from '../StateBadge.tsx';
import { Console } from './Console.tsx';
import { RunForm } from './RunForm.tsx';

const route = getRouteApi('/shell/scenarios/$id');
const pathOf = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;

/** A scenario: its code, a form to run it, what it writes while it runs, and the runs before. */
export function ScenarioPage() {
  const { id } = route.useParams();
  return (
    <Suspense fallback={<p className="p-8 text-center text-faint">Loading …</p>}>
      <Loaded key={id} id={id} />
    </Suspense>
  );
}

function Loaded({ id }: { id: string }) {
  const query = thingQuery<Scenario>(pathOf(id));
  const { data: scenario } = useSuspenseQuery({ ...query, refetchOnWindowFocus: false });
  const [code, setCode] = useState(scenario.code);
  const [name, setName] = useState(scenario.name);
  const [shown, setShown] = useState<string>();
  const runs = useList<ScenarioRun>(`${pathOf(id)}/runs`, 3000);
  const isChanged = code !== scenario.code || name !== scenario.name;
  const save = useMutation({
    mutationFn: () => askJson<Scenario>('PUT', `${pathOf(id)}?force=true`, { body: { name, code } }),
    onSuccess: (next) => queries.setQueryData(query.queryKey, next),
  });
  useBlocker({
    shouldBlockFn: () => isChanged && !confirm('Leave without saving? What you changed would be lost.'),
    enableBeforeUnload: isChanged,
  });
  const past = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex min-h-full flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-4 py-2">
        <h1 className="sr-only">Scenario {name}</h1>
        <input
          aria-label="Name of the scenario"
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => setName(target.value)}
          className="h-8 min-w-40 flex-1 rounded-md border border-transparent bg-transparent px-1.5 text-base font-semibold tracking-tight hover:border-line focus:border-edge"
        />
        {isChanged ? <Badge tone="warn">Not saved</Badge> : <Badge>Version {scenario.version}</Badge>}
        <Button
          look={isChanged ? 'primary' : 'plain'}
          disabled={!isChanged}
          busy={save.isPending}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
      </header>
      <div className="grid flex-1 gap-3 p-3 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <ProblemNote error={save.error} />
          {scenario.problem !== null && (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              Line {scenario.problem.line}: {scenario.problem.message}
            </p>
          )}
          <textarea
            aria-label="Code"
            value={code}
            spellCheck={false}
            onChange={({ target }) => setCode(target.value)}
            className="control h-96 w-full resize-y p-3 font-mono text-xs leading-relaxed"
          />
          {shown !== undefined && <Console key={shown} scenarioId={id} runId={shown} />}
        </div>
        <aside className="flex min-w-0 flex-col gap-4">
          <RunForm
            scenarioId={id}
            isChanged={isChanged}
            onStarted={(run) => {
              setShown(run);
              void runs.refetch();
            }}
          />
          <section aria-label="Runs">
            <h2 className="mb-1.5 text-xs font-medium text-quiet">Runs</h2>
            {past.length === 0 && <p className="text-faint">It has not run yet.</p>}
            <ul className="flex flex-col gap-1">
              {past.slice(0, 20).map((run) => (
                <li key={run.run_id}>
                  <button
                    type="button"
                    aria-pressed={shown === run.run_id}
                    onClick={() => setShown(run.run_id)}
                    className="flex w-full items-center justify-between gap-2 rounded-md border border-line bg-panel px-2 py-1.5 text-left hover:border-edge aria-pressed:border-accent"
                  >
                    <StateBadge state={run.state} />
                    <span className="truncate text-xs text-quiet">
                      {formatAgo(run.created_at)}
                      {run.duration_ms !== null && `, ${formatDuration(run.duration_ms)}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </div>
  );
}
