import { useMutation, useQuery } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { thingQuery } from '../../api/queries.ts';
import type { PushCheck, Receipt, SeedCheck } from '../../api/run-types.ts';
import type { Run } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { CountTable } from './CountTable.tsx';
import { CheckNote } from './PushOutcome.tsx';
import { runPath } from './run-query.ts';
import { UndoPanel } from './UndoPanel.tsx';

/** What a push or a seed that has ended has left in a system: its receipt, reading it back, taking it back. */
export function WrittenRows({ run: { id } }: { run: Run }) {
  const receipt = useQuery({ ...thingQuery<Receipt>(`${runPath(id)}/receipt`), retry: false, staleTime: 0 });
  const verify = useMutation({
    mutationFn: () => askJson<SeedCheck | PushCheck>('POST', `${runPath(id)}/verify`, { body: {} }),
  });
  const { data } = receipt;
  if (receipt.isPending) return <p className="text-faint">Reading the receipt …</p>;
  if (data === undefined) return <ProblemNote error={receipt.error} retry={() => void receipt.refetch()} />;
  const save = (): void =>
    saveAs(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }), `${id}.receipt.json`);
  return (
    <section aria-label="What is in the system" className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-64 wrap-anywhere">
          {formatCount(data.rows)} rows were written to <span className="font-mono text-xs">{data.target.url}</span>
        </p>
        <Button icon="file" onClick={save}>
          Save the receipt
        </Button>
        <Button icon="check" busy={verify.isPending} onClick={() => verify.mutate()}>
          Read back
        </Button>
      </div>
      <ProblemNote error={verify.error} />
      {verify.data !== undefined && <Check check={verify.data} />}
      <UndoPanel runId={id} receipt={data} onStarted={() => void receipt.refetch()} />
    </section>
  );
}

function Check({ check }: { check: SeedCheck | PushCheck }) {
  if (!('tables' in check)) return <CheckNote check={check} />;
  const { ok, tables, unchecked, uncompared } = check;
  return (
    <div className="flex flex-col gap-2">
      <p>
        <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'all rows are there' : 'not as it was written'}</Badge>
      </p>
      <CountTable
        caption="Rows that were read back"
        columns={['written', 'there', 'changed since']}
        rows={tables.map(({ table, expected, found, edited }) => [table, expected, found, edited])}
      />
      {unchecked.length > 0 && (
        <p className="wrap-anywhere text-quiet">Nothing tells rows apart in {unchecked.join(', ')}.</p>
      )}
      {uncompared.length > 0 && <p className="wrap-anywhere text-quiet">Not compared: {uncompared.join(', ')}.</p>}
    </div>
  );
}
