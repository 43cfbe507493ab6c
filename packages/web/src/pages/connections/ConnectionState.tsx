import type { Connection } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';

/** Whether a system was reached; where not, what is in the way and what to do about it. */
export function ConnectionState({ verification }: Pick<Connection, 'verification'>) {
  const { status, problem, message, hint, server, at } = verification;
  if (status === 'verified') {
    return (
      <div className="flex min-w-0 flex-col gap-0.5">
        <span>
          <Badge tone="good">reached</Badge>
        </span>
        {server !== null && (
          <span className="text-xs wrap-anywhere text-faint">
            {server.product} {server.version}
          </span>
        )}
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-0.5 wrap-anywhere whitespace-normal">
      <span className="flex flex-wrap gap-1">
        <Badge tone="warn">{at === null ? 'not tried' : 'not reached'}</Badge>
        {problem !== null && <Badge>{problem}</Badge>}
      </span>
      {message !== null && <span className="text-xs text-quiet">{message}</span>}
      {hint !== null && <span className="text-xs text-ink">{hint}</span>}
    </div>
  );
}
