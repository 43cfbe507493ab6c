import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { askJson } from '../../../api/client.ts';
import type { TableName } from '../../../api/connection-types.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { connectionPath } from '../connection-queries.ts';
import type { Mapping } from './mapping-state.ts';

const ON_CONFLICT = {
  fail: 'stop at the first',
  skip: 'leave them as they are',
  update: 'change them; that cannot be taken back',
} as const;

/** How many rows and how, and the start. @param mapping undefined: fields go in as they are called */
export function PushForm({
  connection,
  templateId,
  table: { schema, name },
  mapping,
}: {
  connection: Connection;
  templateId: string;
  table: TableName;
  mapping: Mapping | undefined;
}) {
  const navigate = useNavigate();
  const push = useMutation({
    mutationFn: (body: object) =>
      askJson<{ run_id: string }>('POST', `${connectionPath(connection.id)}/push`, {
        body,
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      }),
    onSuccess: async ({ run_id }) => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('/runs') });
      await navigate({ to: '/runs/$id', params: { id: run_id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (field: string): string => String(form.get(field) ?? '').trim();
    push.mutate({
      template_id: templateId,
      table: name,
      ...(schema === '' ? {} : { schema }),
      count: Number(of('count')),
      on_conflict: of('on_conflict'),
      ...(mapping === undefined ? {} : { mapping }),
      ...(of('seed') === '' ? {} : { seed: of('seed') }),
      ...(of('from') === '' ? {} : { from: Number(of('from')) }),
      ...(of('batch_size') === '' ? {} : { batch_size: Number(of('batch_size')) }),
      ...(of('batch_key') === '' ? {} : { batch_key: of('batch_key') }),
    });
  };
  const number = (
    label: string,
    field: string,
    more: Readonly<Record<string, number | boolean | string>>,
    help = '',
  ) => (
    <Labelled label={label} help={help === '' ? undefined : help}>
      {(control) => <input {...control} name={field} type="number" min={0} {...more} className="control" />}
    </Labelled>
  );
  return (
    <form onSubmit={submit} aria-label="Push" className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {number('Rows', 'count', { required: true, min: 1, defaultValue: 100 })}
        <Labelled label="Seed" help="The same seed gives the same rows; without one, another is drawn.">
          {(control) => <input {...control} name="seed" maxLength={200} autoComplete="off" className="control" />}
        </Labelled>
        <Labelled label="Rows whose key is there already">
          {(control) => (
            <select {...control} name="on_conflict" className="control">
              {Object.entries(ON_CONFLICT).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {number('First row', 'from', { placeholder: '0' }, 'Of the template.')}
        {number('Rows sent together', 'batch_size', { min: 1, max: 10_000 }, 'Empty: as suits the system.')}
        {connection.type === 'rest' && (
          <Labelled label="Property of the list" help="Rows go in lists under it; empty: as the connection says.">
            {(control) => (
              <input {...control} name="batch_key" maxLength={200} autoComplete="off" className="control" />
            )}
          </Labelled>
        )}
      </div>
      <ProblemNote error={push.error} />
      <div>
        <Button look="primary" icon="run" type="submit" busy={push.isPending} disabled={connection.readOnly}>
          Push the rows
        </Button>
      </div>
    </form>
  );
}
