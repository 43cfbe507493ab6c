import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { askJson } from '../../../api/client.ts';
import { download } from '../../../api/download.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { StateBadge } from '../../StateBadge.tsx';
import { LogLines, type LogLinesHandle } from './LogLines.tsx';
import { LogFollower } from './log-follower.ts';
import { findLines, useLogSearch } from './use-log-search.ts';

const say = (problem: Error): void => notify(problem.message);
/** How Python begins to tell of an error. */
const TRACEBACK = 'Traceback (most recent call last)';

/** What a run writes, as it writes it. */
export function Console({ scenarioId, runId }: { scenarioId: string; runId: string }) {
  const path = `/scenarios/${encodeURIComponent(scenarioId)}/runs/${encodeURIComponent(runId)}`;
  const [log, setLog] = useState<LogFollower>();
  useEffect(() => {
    const follower = new LogFollower(path);
    setLog(follower);
    return () => follower.close();
  }, [path]);
  return log === undefined ? null : <Following log={log} path={path} runId={runId} />;
}

function Following({ log, path, runId }: { log: LogFollower; path: string; runId: string }) {
  const state = useSyncExternalStore(log.subscribe, log.state);
  const [follows, setFollows] = useState(true);
  const [marked, setMarked] = useState<number>();
  const lines = useRef<LogLinesHandle>(null);
  const show = (line: number): void => {
    setFollows(false);
    setMarked(line);
    lines.current?.show(line);
  };
  const search = useLogSearch(path, show);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found first is shown when it was found
  useEffect(() => {
    if (search.first !== undefined) show(search.first);
  }, [search.first, search.text]);
  const { run, error, total } = state;
  const isOver = run !== undefined && run.state !== 'queued' && run.state !== 'running';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void search.search(String(new FormData(event.currentTarget).get('text') ?? ''));
  };
  const toError = async (): Promise<void> => {
    const line = (await findLines(path, TRACEBACK)).at(-1) ?? total - 1;
    if (line >= 0) show(line);
  };
  return (
    <section aria-label="Console" className="flex min-w-0 flex-col rounded-lg border border-line bg-panel">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5">
        <h2 className="font-medium">Console</h2>
        {run !== undefined && <StateBadge state={run.state} />}
        <span className="text-xs text-faint">{formatCount(total)} lines</span>
        <form onSubmit={submit} className="ml-auto flex flex-wrap items-center gap-1">
          <span role="status" className="text-xs text-faint">
            {search.told}
          </span>
          <input
            type="search"
            name="text"
            aria-label="Search the log"
            placeholder="Search"
            maxLength={500}
            autoComplete="off"
            className="control w-36"
          />
          <IconButton
            label="Previous place"
            icon="chevron"
            className="-rotate-90"
            disabled={!search.hasFound}
            onClick={() => search.step(-1)}
          />
          <IconButton
            label="Next place"
            icon="chevron"
            className="rotate-90"
            disabled={!search.hasFound}
            onClick={() => search.step(1)}
          />
        </form>
        <label className="flex items-center gap-1.5 text-xs text-quiet">
          <input
            type="checkbox"
            checked={follows}
            onChange={({ target }) => setFollows(target.checked)}
            className="size-4 accent-accent"
          />
          Follow
        </label>
        {run?.error != null && (
          <Button look="ghost" icon="warning" onClick={() => void toError().catch(say)}>
            To the error
          </Button>
        )}
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
      <ProblemNote error={error ?? search.error} />
      <LogLines
        ref={lines}
        path={path}
        log={log}
        state={state}
        follows={follows}
        onFollow={setFollows}
        marked={marked}
      />
      {run?.error != null && (
        <p role="alert" className="border-t border-line px-3 py-2 text-bad wrap-anywhere">
          {run.error.message}
        </p>
      )}
    </section>
  );
}
