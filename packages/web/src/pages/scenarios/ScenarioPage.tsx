import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { thingQuery, useList } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Scenario, ScenarioRun } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import type { CodeEditorHandle } from './code/CodeEditor.tsx';
import { Console } from './console/Console.tsx';
import { RunForm } from './RunForm.tsx';
import { RunHistory } from './RunHistory.tsx';
import { Schedules } from './Schedules.tsx';
import { type ScenarioTab, TABS } from './scenario-tabs.ts';
import { Triggers } from './Triggers.tsx';

/** Monaco is larger than all else together, and nobody else waits for it. */
const CodeEditor = lazy(async () => ({ default: (await import('./code/CodeEditor.tsx')).CodeEditor }));

const route = getRouteApi('/shell/scenarios/$id');
const pathOf = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;

/** A scenario: its code, what it writes while it runs, and how it is run. */
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
  const [params, setParams] = useState<unknown>({});
  const { run: shown, tab = 'run' } = route.useSearch();
  const navigate = useNavigate({ from: '/scenarios/$id' });
  const go = (search: { readonly run?: string; readonly tab?: ScenarioTab }): void =>
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  const runs = useList<ScenarioRun>(`${pathOf(id)}/runs`, 3000);
  const editor = useRef<CodeEditorHandle>(null);
  const isChanged = code !== scenario.code || name !== scenario.name;
  const save = useMutation({
    mutationFn: () => askJson<Scenario>('PUT', `${pathOf(id)}?force=true`, { body: { name, code } }),
    onSuccess: (next) => queries.setQueryData(query.queryKey, next),
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (isChanged && !save.isPending) save.mutate();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isChanged, save]);
  useBlocker({
    // Another tab or run of the same page loses nothing.
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname &&
      isChanged &&
      !confirm('Leave without saving? What you changed would be lost.'),
    enableBeforeUnload: isChanged,
  });
  const contents: Readonly<Record<ScenarioTab, () => ReactNode>> = {
    run: () => (
      <RunForm
        scenarioId={id}
        isChanged={isChanged}
        params={params}
        onParams={setParams}
        onStarted={(run) => {
          go({ run });
          void runs.refetch();
        }}
      />
    ),
    runs: () => <RunHistory list={runs} shown={shown} onShow={(run) => go({ run })} />,
    schedules: () => <Schedules scenarioId={id} params={params} />,
    triggers: () => <Triggers scenarioId={id} params={params} />,
  };
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
      <div className="grid flex-1 gap-3 p-3 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <ProblemNote error={save.error} />
          {scenario.problem !== null && (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              Line {scenario.problem.line}: {scenario.problem.message}
            </p>
          )}
          <section aria-label="Script" className="flex flex-col overflow-hidden rounded-lg border border-line bg-panel">
            <header className="flex items-center gap-2 border-b border-line px-3 py-1">
              <p className="flex-1 text-xs text-faint">
                <kbd>Ctrl Space</kbd> completes, <kbd>Ctrl M</kbd> lets Tab leave the code
              </p>
              <Button look="ghost" onClick={() => editor.current?.format()}>
                Format
              </Button>
            </header>
            <div className="h-[clamp(18rem,50dvh,44rem)]">
              <Suspense fallback={<p className="p-8 text-center text-faint">Loading the editor …</p>}>
                <CodeEditor ref={editor} initial={scenario.code} onValue={setCode} />
              </Suspense>
            </div>
          </section>
          {shown !== undefined && <Console key={shown} scenarioId={id} runId={shown} />}
        </div>
        <aside className="flex min-w-0 flex-col rounded-lg border border-line bg-panel">
          <Tabs
            label="About the scenario"
            value={tab}
            onChange={(next) => go({ tab: next as ScenarioTab })}
            tabs={TABS.map(({ value, label }) => ({
              value,
              label,
              content: () => <div className="flex flex-col gap-3 p-3">{contents[value]()}</div>,
            }))}
          />
        </aside>
      </div>
    </div>
  );
}
