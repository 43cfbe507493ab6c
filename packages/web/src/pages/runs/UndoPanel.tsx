import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { Receipt, UndoReport } from '../../api/run-types.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { runPath } from './run-query.ts';
import { UndoRun } from './UndoRun.tsx';
import { UndoTables } from './UndoTables.tsx';

const EDITED = {
  refuse: 'nothing is removed then',
  keep: 'they stay, and what they refer to',
  remove: 'they are removed too',
} as const;
type Edited = keyof typeof EDITED;

/** Takes the rows of a run back: shows first what that would remove, and removes it once that was seen. */
export function UndoPanel({ runId, receipt, onStarted }: { runId: string; receipt: Receipt; onStarted: () => void }) {
  const [edited, setEdited] = useState<Edited>('refuse');
  const look = useMutation({
    mutationFn: (choice: Edited) =>
      askJson<UndoReport>('POST', `${runPath(runId)}/undo`, { body: { dryRun: true, edited: choice } }),
  });
  const undo = useMutation({
    mutationFn: () => askJson<{ run_id: string }>('POST', `${runPath(runId)}/undo`, { body: { edited } }),
    onSuccess: () => {
      look.reset();
      onStarted();
    },
  });
  const { data: report } = look;
  const undoRun = undo.data?.run_id ?? receipt.undo?.runId;
  const changed = report?.tables.reduce((sum, table) => sum + table.edited, 0) ?? 0;
  const isRefused = report !== undefined && (report.uses.length > 0 || (changed > 0 && edited === 'refuse'));
  if (receipt.undoable != null) {
    return <p className="wrap-anywhere text-quiet">It cannot be taken back: {receipt.undoable.message}</p>;
  }
  return (
    <section aria-label="Undo" className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-3">
      {undoRun !== undefined && <UndoRun key={undoRun} id={undoRun} onEnded={onStarted} />}
      {receipt.undo?.undoneAt == null && (
        <div>
          <Button icon="history" busy={look.isPending} onClick={() => look.mutate(edited)}>
            See what an undo would remove
          </Button>
        </div>
      )}
      <ProblemNote error={look.error} />
      {report !== undefined && (
        <>
          <UndoTables report={report} />
          {(changed > 0 || edited !== 'refuse') && (
            <Labelled label={`Rows that were changed since: ${formatCount(changed)}`}>
              {(control) => (
                <select
                  {...control}
                  value={edited}
                  onChange={({ target }) => {
                    const choice = target.value as Edited;
                    setEdited(choice);
                    look.mutate(choice);
                  }}
                  className="control max-w-sm"
                >
                  {Object.entries(EDITED).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          )}
          <div>
            <Button
              look="danger"
              icon="trash"
              busy={undo.isPending || look.isPending}
              disabled={isRefused || report.removed === 0}
              onClick={() => undo.mutate()}
            >
              Remove {formatCount(report.removed)} rows
            </Button>
          </div>
        </>
      )}
      <ProblemNote error={undo.error} />
    </section>
  );
}
