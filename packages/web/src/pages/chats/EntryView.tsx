import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ApprovalCard } from './ApprovalCard.tsx';
import { CallCard } from './CallCard.tsx';
import { Said } from './Said.tsx';
import type { Entry } from './talk.ts';

const ENDS: Readonly<Record<string, string>> = {
  done: 'Done',
  failed: 'It ended here',
  stopped: 'Stopped. Calls that were made are not undone',
  lost: 'The server that worked on it is gone. Say how to go on',
};

/** One thing that happened in a chat. */
export function EntryView({
  entry,
  titleOf,
  path,
  isAuthor,
}: {
  entry: Entry;
  titleOf: (tool: string) => string;
  path: string;
  isAuthor: boolean;
}) {
  switch (entry.kind) {
    case 'message':
      return (
        <p
          dir="auto"
          className="max-w-[85%] self-end rounded-lg bg-accent-soft px-3 py-2 wrap-anywhere whitespace-pre-wrap"
        >
          <span className="sr-only">{isAuthor ? 'You said: ' : 'The author said: '}</span>
          {entry.text}
        </p>
      );
    case 'text':
      return <Said text={entry.text} />;
    case 'plan':
      return (
        <section aria-label={`Plan ${entry.key}`} className="rounded-lg border border-line bg-panel px-3 py-2">
          <h2 className="mb-1 text-xs font-medium text-quiet">Plan</h2>
          <ol className="list-decimal space-y-0.5 pl-5 wrap-anywhere">
            {entry.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change
              <li key={index}>{step}</li>
            ))}
          </ol>
        </section>
      );
    case 'call': {
      const { call, key } = entry;
      const title = titleOf(call.tool);
      const isWanted = call.approval !== undefined && call.approved === undefined && !call.isOver && !call.outcome;
      if (isWanted && call.approval !== undefined)
        return (
          <ApprovalCard
            approval={call.approval}
            tool={call.tool}
            title={title}
            number={key}
            path={path}
            isAuthor={isAuthor}
          />
        );
      return <CallCard call={call} title={title} number={key} />;
    }
    case 'again':
      return <p className="text-xs text-faint wrap-anywhere">The model is asked again: {entry.problem}</p>;
    case 'trouble':
      return (
        <p className="flex gap-2 rounded-md border border-bad/40 bg-bad-soft px-3 py-2">
          <Icon name="warning" className="mt-0.5 text-bad" />
          <span className="min-w-0 wrap-anywhere">
            {entry.trouble.message}
            {entry.trouble.hint !== undefined && <span className="text-quiet"> — {entry.trouble.hint}</span>}
          </span>
        </p>
      );
    case 'end':
      return (
        <p className="border-b border-line pb-2 text-xs text-faint">
          {ENDS[entry.state] ?? entry.state}
          {entry.tokens > 0 && `, ${formatCount(entry.tokens)} tokens`}
          {entry.cost > 0 && `, cost ${entry.cost.toFixed(4)}`}.
        </p>
      );
  }
}
