import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { showJson } from './show-json.ts';
import type { Approval } from './talk.ts';

/** A call that waits: what would be done, exactly, why it is asked for, how long, and the two answers. */
export function ApprovalCard({
  approval,
  tool,
  title,
  number,
  path,
  isAuthor,
}: {
  approval: Approval;
  tool: string;
  title: string;
  number: number;
  /** Of the chat. */
  path: string;
  /** Whether whoever looks is the one who decides. */
  isAuthor: boolean;
}) {
  const left = useSecondsTo(approval.expires_at);
  const decide = useMutation({
    mutationFn: (answer: 'approve' | 'refuse') =>
      askJson('POST', `${path}/approvals/${encodeURIComponent(approval.id)}/${answer}`, { body: {} }),
  });
  const isOver = left <= 0;
  // What was decided comes as an event, which takes the card away.
  const isDecided = decide.isPending || decide.isSuccess;
  return (
    <section
      aria-label={`Approval of call ${number}`}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-accent bg-panel p-3"
    >
      <h2 className="flex flex-wrap items-baseline gap-x-2 font-medium">
        Waits for you: {title}
        <span className="font-mono text-xs font-normal wrap-anywhere text-faint">{tool}</span>
      </h2>
      <p className="wrap-anywhere text-quiet">It is asked because {approval.reason}.</p>
      <p className="text-xs font-medium text-quiet">What it would be called with, exactly</p>
      <CodeBlock text={showJson(approval.arguments)} wrap label={`Exact arguments of call ${number}`} />
      <ProblemNote error={decide.error} />
      {isAuthor ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" icon="check" disabled={isOver || isDecided} onClick={() => decide.mutate('approve')}>
            Approve
          </Button>
          <Button icon="close" disabled={isOver || isDecided} onClick={() => decide.mutate('refuse')}>
            Refuse
          </Button>
          <span className="text-xs text-faint tabular-nums" aria-live="off">
            {isOver ? 'Nobody said so in time. Say again what you want.' : `${timeOf(left)} left`}
          </span>
        </div>
      ) : (
        <p className="text-xs text-faint">Only the author of the chat decides.</p>
      )}
    </section>
  );
}

const timeOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Whole seconds until a time, counted down. */
function useSecondsTo(time: string): number {
  const left = (): number => Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000));
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return left();
}
