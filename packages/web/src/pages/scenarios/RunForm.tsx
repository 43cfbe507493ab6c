import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useList } from '../../api/queries.ts';
import type { SavedSet, ScenarioRun } from '../../api/types.ts';
import { useRepeatKey } from '../../api/use-repeat-key.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Labelled } from '../../ui/Labelled.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { JsonBox } from '../templates/fields/JsonBox.tsx';

/** Runs a scenario with parameters, once or for each row of a set; a dry run writes nothing anywhere. */
export function RunForm({
  scenarioId,
  version,
  isChanged,
  params,
  onParams,
  onStarted,
}: {
  scenarioId: string;
  /** The one on the page; others may have saved a newer one meanwhile. */
  version: number;
  isChanged: boolean;
  params: unknown;
  onParams: (params: unknown) => void;
  onStarted: (runId: string) => void;
}) {
  const path = `/scenarios/${encodeURIComponent(scenarioId)}@v${version}`;
  const [set, setSet] = useState('');
  const sets = useList<SavedSet>('/sets');
  const names = [...new Set((sets.data?.pages ?? []).flatMap(({ items }) => items.map(({ name }) => name)))];
  const post = useRepeatKey();
  const run = useMutation({
    mutationFn: async (dry: boolean) => {
      if (set === '') {
        const body = { params: params ?? {}, ...(dry ? { dry_run: true } : {}) };
        return [await post<ScenarioRun>(`${path}/run`, body)];
      }
      const body = { params: params ?? {}, set: { name: set } };
      return (await post<{ readonly items: readonly ScenarioRun[] }>(`${path}/runs`, body)).items;
    },
    onSuccess: (runs) => {
      if (runs.length > 1) notify(`${runs.length} runs have begun`);
      if (runs[0] !== undefined) onStarted(runs[0].run_id);
    },
  });
  const rows = sets.data?.pages.flatMap(({ items }) => items).find(({ name }) => name === set)?.row_count;
  return (
    <form
      aria-label="Run"
      // Submitted as a form: while the parameters are no JSON the browser refuses, and shows why.
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        run.mutate((submitter as HTMLButtonElement | null)?.value === 'dry');
      }}
      className="flex flex-col gap-2.5"
    >
      <Labelled label="Parameters" help="An object of JSON; the script finds it in dm.params.">
        {(control) => <JsonBox control={control} value={params} onValue={onParams} />}
      </Labelled>
      {names.length > 0 && (
        <Labelled label="Once for each row of" help="Columns of the set come before the parameters above.">
          {(control) => (
            <select {...control} value={set} onChange={({ target }) => setSet(target.value)} className="control">
              <option value="">no set: once</option>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <ProblemNote error={run.error} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" icon="run" busy={run.isPending} disabled={isChanged}>
          {rows === undefined ? 'Run' : `Run for each of ${formatCount(rows)} rows`}
        </Button>
        {set === '' && (
          <Button type="submit" value="dry" busy={run.isPending} disabled={isChanged}>
            Dry run
          </Button>
        )}
      </div>
      {isChanged && <p className="text-xs text-faint">Save first: the server runs what is saved.</p>}
    </form>
  );
}
