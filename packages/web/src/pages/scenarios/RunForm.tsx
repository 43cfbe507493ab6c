import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { ScenarioRun } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { JsonBox } from '../templates/fields/JsonBox.tsx';

/** Runs a scenario with parameters; a dry run writes nothing anywhere. */
export function RunForm({
  scenarioId,
  isChanged,
  onStarted,
}: {
  scenarioId: string;
  isChanged: boolean;
  onStarted: (runId: string) => void;
}) {
  const [params, setParams] = useState<unknown>({});
  const run = useMutation({
    mutationFn: (dry: boolean) =>
      askJson<ScenarioRun>('POST', `/scenarios/${encodeURIComponent(scenarioId)}/run`, {
        body: { params: params ?? {}, ...(dry ? { dry_run: true } : {}) },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      }),
    onSuccess: ({ run_id }) => onStarted(run_id),
  });
  return (
    <section aria-label="Run" className="flex flex-col gap-2.5 rounded-lg border border-line bg-panel p-3">
      <Labelled label="Parameters" help="An object of JSON; the script finds it in dm.params.">
        {(control) => <JsonBox control={control} value={params} onValue={setParams} />}
      </Labelled>
      <ProblemNote error={run.error} />
      <div className="flex gap-2">
        <Button look="primary" icon="run" busy={run.isPending} disabled={isChanged} onClick={() => run.mutate(false)}>
          Run
        </Button>
        <Button busy={run.isPending} disabled={isChanged} onClick={() => run.mutate(true)}>
          Dry run
        </Button>
      </div>
      {isChanged && <p className="text-xs text-faint">Save first: the server runs what is saved.</p>}
    </section>
  );
}
