import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SeedPlan } from '../../../api/connection-types.ts';
import { Problem } from '../../../api/problem.ts';
import type { Connection } from '../../../api/types.ts';
import { useRepeatKey } from '../../../api/use-repeat-key.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { connectionPath } from '../connection-queries.ts';

/** What a plan comes to, and the start: of this very plan, or of none. */
export function ApplySeed({
  connection,
  plan: { seed, planHash, tables, estimate },
  options,
  busy,
  onChanged,
}: {
  connection: Connection;
  plan: SeedPlan;
  options: object;
  busy: boolean;
  /** Called when the plan is another one by now. */
  onChanged: () => void;
}) {
  const navigate = useNavigate();
  const post = useRepeatKey();
  const apply = useMutation({
    mutationFn: () => post<{ run_id: string }>(`${connectionPath(connection.id)}/seed`, { ...options, seed, planHash }),
    onSuccess: ({ run_id }) => navigate({ to: '/runs/$id', params: { id: run_id } }),
    onError: (error) => {
      if (error instanceof Problem && error.status === 409) onChanged();
    },
  });
  const filled = tables.filter(({ rows }) => rows > 0).length;
  return (
    <section aria-label="Estimate" className="flex flex-col gap-2 border-t border-line pt-4">
      <p>
        {formatCount(filled)} tables, {formatCount(estimate.rows)} rows, about {formatBytes(estimate.bytes)} as CSV.
        What is there stays as it is.
      </p>
      {connection.readOnly && (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2">
          This connection is read only: it is planned, and nothing is written. Its settings change that.
        </p>
      )}
      <ProblemNote error={apply.error} />
      <div>
        <Button
          look="primary"
          icon="run"
          busy={apply.isPending || busy}
          disabled={connection.readOnly || estimate.rows === 0}
          onClick={() => apply.mutate()}
        >
          Write {formatCount(estimate.rows)} rows
        </Button>
      </div>
    </section>
  );
}
