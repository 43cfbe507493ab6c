import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { askJson } from '../../../api/client.ts';
import { download } from '../../../api/download.ts';
import type { RunState } from '../../../api/types.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { StateBadge } from '../../StateBadge.tsx';
import { LogLines, type LogLinesHandle } from './LogLines.tsx';
import { LogFollower, type LogState } from './log-follower.ts';
import { findLines, useLogSearch } from './use-log-search.ts';

const say = (problem: Error): void => notify(problem.message);
/** How Python begins to tell of an error. */
const TRACEBACK = 'Traceback (most recent call last)';

/** What a run writes, as it writes it. */
export function Console({
  scenarioId,
  runId,
  listed,
}: {
  scenarioId: string;
  runId: string;
  /** Its state as it was listed last. */
  listed: RunState | undefined;
}) {
  const path = `/scenarios/${encodeURIComponent(scenarioId)}/runs/${encodeURIComponent(runId)}`;
  const [log, setLog] = useState<LogFollower>();
  useEffect(() => {
    const follower = new LogFollower(path);
    setLog(follower);
    return () => follower.close();
  }, [path]);
  return log === undefined ? null : <Following log={log} path={path} runId={runId} listed={listed} />;
}

function Following({
  log,
  path,
  runId,
  listed,
}: {
  log: LogFollower;
  path: string;
  runId: string;
  listed: RunState | undefined;
}) {
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
  const shown = stateOf(state, listed);
  const isOver = hasEnded(shown);
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
        {shown !== undefined && <StateBadge state={shown} />}
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
      {state.isAway && error === undefined && (
        <p role="status" className="px-3 py-1 text-xs text-warn">
          The connection is broken; this page tries again.
        </p>
      )}
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

const hasEnded = (state: RunState | undefined): boolean =>
  state !== undefined && state !== 'queued' && state !== 'running';

/** A log tells of the run when it is opened and when it ends; in between the list knows better, and who writes runs. */
function stateOf({ run, total, part }: LogState, listed: RunState | undefined): RunState | undefined {
  if (hasEnded(run?.state)) return run?.state;
  if (listed !== undefined && listed !== 'queued') return listed;
  return total > 0 || part !== undefined ? 'running' : run?.state;
}
