import { Problem } from '../api/problem.ts';
import { Icon } from './Icon.tsx';

/** What went wrong, in the words of the API, and what to do about it. */
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof Problem ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  // One thing alone is the message itself, which need not be said twice.
  const details = (problem?.diagnostics ?? []).filter((one) => one.message !== message || one.hint !== undefined);
  return (
    <div role="alert" className="rounded-md border border-bad/40 bg-bad-soft px-3 py-2 text-sm text-ink">
      <p className="flex gap-2">
        <Icon name="warning" className="mt-0.5 text-bad" />
        <span className="min-w-0 wrap-anywhere">{message}</span>
      </p>
      {details.length > 0 && (
        <ul className="mt-1.5 ml-6 list-disc space-y-1 pl-3 text-quiet">
          {details.slice(0, 8).map((one) => (
            <li key={`${one.code}${one.pointer}${one.message}`} className="wrap-anywhere">
              {one.message}
              {one.hint !== undefined && <span className="text-faint"> — {one.hint}</span>}
            </li>
          ))}
        </ul>
      )}
      {problem?.requestId !== undefined && problem.status >= 500 && (
        <p className="mt-1 ml-6 font-mono text-xs text-faint">{problem.requestId}</p>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry} className="mt-1.5 ml-6 text-accent underline underline-offset-2">
          Try again
        </button>
      )}
    </div>
  );
}
