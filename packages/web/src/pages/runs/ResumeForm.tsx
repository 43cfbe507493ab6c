import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import type { Run } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { runPath, runQuery } from './run-query.ts';

/** What a run ends with when somebody has to say what becomes of rows that may have arrived. */
const IN_DOUBT = ['unknown_outcome', 'rows_in_doubt'];

/** Has a push or a seed go on from where it ended. */
export function ResumeForm({ run: { id, error } }: { run: Run }) {
  const isInDoubt = error !== null && IN_DOUBT.includes(error.code);
  const [unknown, setUnknown] = useState('');
  const resume = useMutation({
    mutationFn: () => askJson('POST', `${runPath(id)}/resume`, { body: unknown === '' ? {} : { unknown } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: runQuery(id).queryKey }),
  });
  return (
    <section aria-label="Resume" className="flex flex-col gap-2 rounded-lg border border-line bg-panel p-3">
      <p className="text-quiet">It goes on from where it ended, with the same rows; none is written twice.</p>
      {isInDoubt && (
        <Labelled
          label="Rows of which it is not known whether they arrived"
          help="Look into the system first: nothing tells these rows from others."
        >
          {(control) => (
            <select
              {...control}
              value={unknown}
              onChange={({ target }) => setUnknown(target.value)}
              className="control max-w-sm"
            >
              <option value="">Choose …</option>
              <option value="resend">They are not there: send them</option>
              <option value="skip">They are there: leave them</option>
            </select>
          )}
        </Labelled>
      )}
      <ProblemNote error={resume.error} />
      <div>
        <Button
          icon="run"
          busy={resume.isPending}
          disabled={isInDoubt && unknown === ''}
          onClick={() => resume.mutate()}
        >
          Resume
        </Button>
      </div>
    </section>
  );
}
