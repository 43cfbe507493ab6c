import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { TableName } from '../../../api/connection-types.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { useRepeatKey } from '../../../api/use-repeat-key.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { connectionPath, nameOfTable } from '../connection-queries.ts';
import type { Mapping } from './mapping-state.ts';

const ON_CONFLICT = {
  fail: 'stop at the first',
  skip: 'leave them as they are',
  update: 'change them; that cannot be taken back',
} as const;

/**
 * How many rows and how, and the start. A push that changes rows which are there is asked about first: Enter in a box starts it as well.
 * @param mapping undefined: fields go in as they are called
 */
export function PushForm({
  connection,
  templateId,
  table,
  mapping,
}: {
  connection: Connection;
  templateId: string;
  table: TableName;
  mapping: Mapping | undefined;
}) {
  const { schema, name } = table;
  const place = nameOfTable(table, false);
  const navigate = useNavigate();
  const post = useRepeatKey();
  const [count, setCount] = useState('100');
  const [asked, setAsked] = useState<object>();
  const push = useMutation({
    mutationFn: (body: object) => post<{ run_id: string }>(`${connectionPath(connection.id)}/push`, body),
    onSuccess: async ({ run_id }) => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('/runs') });
      await navigate({ to: '/runs/$id', params: { id: run_id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (field: string): string => String(form.get(field) ?? '').trim();
    const body = {
      template_id: templateId,
      table: name,
      ...(schema === '' ? {} : { schema }),
      count: Number(count),
      on_conflict: of('on_conflict'),
      ...(mapping === undefined ? {} : { mapping }),
      ...(of('seed') === '' ? {} : { seed: of('seed') }),
      ...(of('from') === '' ? {} : { from: Number(of('from')) }),
      ...(of('batch_size') === '' ? {} : { batch_size: Number(of('batch_size')) }),
      ...(of('batch_key') === '' ? {} : { batch_key: of('batch_key') }),
      ...(namesOf(of('key')).length === 0 ? {} : { key: namesOf(of('key')) }),
      ...(of('rate_limit') === '' ? {} : { rate_limit: Number(of('rate_limit')) }),
      ...(of('retries') === '' ? {} : { retries: Number(of('retries')) }),
    };
    if (body.on_conflict === 'update') setAsked(body);
    else push.mutate(body);
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
        <Labelled label="Rows">
          {(control) => (
            <input
              {...control}
              type="number"
              required
              min={1}
              value={count}
              onChange={({ target }) => setCount(target.value)}
              className="control"
            />
          )}
        </Labelled>
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
      <details
        onInvalidCapture={({ currentTarget }) => {
          currentTarget.open = true;
        }}
      >
        <summary className="mb-2 w-fit text-xs font-medium text-quiet hover:text-ink">More settings</summary>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <Labelled label="Key" help="Columns that tell rows apart, commas between them; empty: the primary key.">
            {(control) => <input {...control} name="key" maxLength={2000} autoComplete="off" className="control" />}
          </Labelled>
          {number('Rows a second, at most', 'rate_limit', { min: 0.1, max: 1_000_000, step: 'any' })}
          {number('Attempts after the first', 'retries', { max: 10, placeholder: '4' })}
        </div>
      </details>
      <ProblemNote error={push.error} />
      <div>
        <Button
          look="primary"
          icon="run"
          type="submit"
          busy={push.isPending}
          disabled={connection.readOnly || name === ''}
          className="max-w-full"
        >
          <span className="truncate">
            Push {formatCount(Number(count))} rows{place === '' ? '' : ` into ${place}`}
          </span>
        </Button>
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title="Change rows that are there?"
          action="Push and change"
          onConfirm={async () => {
            await push.mutateAsync(asked);
          }}
          onClose={() => setAsked(undefined)}
        >
          Rows of {place} that have the key of one that is pushed are changed. That cannot be taken back.
        </ConfirmDialog>
      )}
    </form>
  );
}

const namesOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
