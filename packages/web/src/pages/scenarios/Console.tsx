import { useEffect, useRef, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import { eventsOf } from '../../api/events.ts';
import type { ScenarioRun } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StateBadge } from '../StateBadge.tsx';

/** Lines that are kept on the page; the download has all of them. */
const MOST = 5000;
/** Colours of terminals, which this console does not show. */
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/** What a run writes, as it writes it. */
export function Console({ scenarioId, runId }: { scenarioId: string; runId: string }) {
  const path = `/scenarios/${encodeURIComponent(scenarioId)}/runs/${encodeURIComponent(runId)}`;
  const [lines, setLines] = useState<readonly string[]>([]);
  const [run, setRun] = useState<ScenarioRun>();
  const [error, setError] = useState<unknown>();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const control = new AbortController();
    const follow = async (): Promise<void> => {
      setRun(await askJson<ScenarioRun>('GET', path, { signal: control.signal }));
      for await (const { event, data } of eventsOf(`${path}/logs?follow=true&tail=${MOST}`, {
        signal: control.signal,
      })) {
        if (event === 'end') setRun(JSON.parse(data) as ScenarioRun);
        else if (event === 'message') setLines((before) => [...before, data.replaceAll(ESCAPES, '')].slice(-MOST));
      }
    };
    follow().catch((problem: unknown) => {
      if (!control.signal.aborted) setError(problem);
    });
    return () => control.abort();
  }, [path]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are followed while the end is in sight
  useEffect(() => {
    const element = box.current;
    if (element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < 120)
      element.scrollTop = element.scrollHeight;
  }, [lines]);
  const isOver = run !== undefined && run.state !== 'queued' && run.state !== 'running';
  const say = (problem: Error): void => notify(problem.message);
  return (
    <section aria-label="Console" className="flex min-h-0 flex-col rounded-lg border border-line bg-panel">
      <header className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="flex-1 font-medium">Console</h2>
        {run !== undefined && <StateBadge state={run.state} />}
        {isOver ? (
          <Button
            look="ghost"
            icon="download"
            onClick={() => void download(`${path}/logs?download=true`, `${runId}.log`).catch(say)}
          >
            Log
          </Button>
        ) : (
          <Button look="ghost" onClick={() => void askJson('DELETE', path).catch(say)}>
            Cancel
          </Button>
        )}
      </header>
      <ProblemNote error={error} />
      <section
        ref={box}
        aria-label="Lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="h-72 overflow-auto p-3 font-mono text-xs leading-relaxed whitespace-pre-wrap"
      >
        {lines.join('\n')}
        {run?.error != null && <p className="mt-2 text-bad">{run.error.message}</p>}
      </section>
    </section>
  );
}
