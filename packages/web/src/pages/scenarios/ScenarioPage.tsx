import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useList } from '../../api/queries.ts';
import type { ScenarioRun } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import type { CodeEditorHandle } from './code/CodeEditor.tsx';
import { Console } from './console/Console.tsx';
import { RunForm } from './RunForm.tsx';
import { RunHistory } from './RunHistory.tsx';
import { ScenarioConflict } from './ScenarioConflict.tsx';
import { Schedules } from './Schedules.tsx';
import { type ScenarioTab, TABS } from './scenario-tabs.ts';
import { Triggers } from './Triggers.tsx';
import { scenarioPath, scenarioQuery, useScenarioDraft } from './use-scenario-draft.ts';

/** Monaco is larger than all else together, and nobody else waits for it. */
const CodeEditor = lazy(async () => ({ default: (await import('./code/CodeEditor.tsx')).CodeEditor }));

const route = getRouteApi('/shell/scenarios/$id');
/** The key of Monaco after which Tab leaves the code. */
const LEAVE = /mac/i.test(navigator.userAgent) ? 'Ctrl Shift M' : 'Ctrl M';

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
  const { data: read } = useSuspenseQuery(scenarioQuery(id));
  const draft = useScenarioDraft(read);
  const { base, code, name, isChanged, save } = draft;
  const [params, setParams] = useState<unknown>({});
  const { run: shown, tab = 'run' } = route.useSearch();
  const navigate = useNavigate({ from: '/scenarios/$id' });
  const go = (search: { readonly run?: string; readonly tab?: ScenarioTab }): void =>
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  const runs = useList<ScenarioRun>(`${scenarioPath(id)}/runs`, 3000);
  const listed = runs.data?.pages.flatMap(({ items }) => items).find(({ run_id }) => run_id === shown)?.state;
  const editor = useRef<CodeEditorHandle>(null);
  const keysId = useId();
  const saveNow = useRef(() => {});
  saveNow.current = () => {
    if (isChanged && !save.isPending) save.mutate({ over: base.version });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      saveNow.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
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
        version={base.version}
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
    schedules: () => <Schedules scenarioId={id} params={params} onParams={setParams} />,
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
          onChange={({ target }) => draft.setName(target.value)}
          className="h-8 min-w-40 flex-1 rounded-md border border-transparent bg-transparent px-1.5 text-base font-semibold tracking-tight hover:border-line focus:border-edge"
        />
        {isChanged ? <Badge tone="warn">Not saved</Badge> : <Badge>Version {base.version}</Badge>}
        <Button
          look={isChanged ? 'primary' : 'plain'}
          disabled={!isChanged}
          busy={save.isPending}
          onClick={() => saveNow.current()}
        >
          Save
        </Button>
      </header>
      <div className="grid flex-1 gap-3 p-3 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-3">
          {!draft.isConflict && <ProblemNote error={save.error} />}
          {base.problem !== null && (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              Line {base.problem.line}: {base.problem.message}
            </p>
          )}
          <section aria-label="Script" className="flex flex-col overflow-hidden rounded-lg border border-line bg-panel">
            <header className="flex items-center gap-2 border-b border-line px-3 py-1">
              <p id={keysId} className="flex-1 text-xs text-faint">
                <kbd>Ctrl Space</kbd> completes, <kbd>{LEAVE}</kbd> lets Tab leave the code
              </p>
              <Button look="ghost" onClick={() => editor.current?.format()}>
                Format
              </Button>
            </header>
            <div className="h-[clamp(18rem,50dvh,44rem)]">
              <Suspense fallback={<p className="p-8 text-center text-faint">Loading the editor …</p>}>
                <CodeEditor
                  key={draft.taken}
                  ref={editor}
                  initial={code}
                  describedBy={keysId}
                  onValue={draft.setCode}
                />
              </Suspense>
            </div>
          </section>
          {shown !== undefined && <Console key={shown} scenarioId={id} runId={shown} listed={listed} />}
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
      {draft.isConflict && (
        <ScenarioConflict
          id={id}
          onTake={(theirs) => {
            save.reset();
            draft.take(theirs);
          }}
          onForce={(over) => save.mutate({ over })}
          onClose={() => save.reset()}
        />
      )}
    </div>
  );
}
