import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { askJson } from '../../../api/client.ts';
import type { Table, TableName } from '../../../api/connection-types.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { connectionPath } from '../connection-queries.ts';
import { type Made, MadeTemplates } from './MadeTemplates.tsx';

const REFERENCES = {
  templates: 'rows of the templates made here',
  rows: 'rows that are in the system',
  none: 'nowhere: null where that may be',
} as const;

/** Makes templates of tables. A single one of which there is nothing to say is opened at once. */
export function MakeTemplates({
  connection,
  tables,
  known,
  onClose,
}: {
  connection: Connection;
  tables: readonly TableName[];
  known: readonly Table[];
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [expand, setExpand] = useState<readonly string[]>([]);
  const make = useMutation({
    mutationFn: (more: object) =>
      askJson<Made>('POST', `${connectionPath(connection.id)}/templates`, {
        body: {
          ...more,
          tables: tables.map(({ schema, name }) => ({ table: name, ...(schema === '' ? {} : { schema }) })),
        },
      }),
    onSuccess: async ({ templates: [first, ...others], leftOut }) => {
      void queries.invalidateQueries();
      if (first === undefined || others.length > 0 || first.notices.length > 0 || leftOut.length > 0) return;
      await navigate({ to: '/templates/$id', params: { id: first.template.id } });
    },
  });
  const [one, ...others] = tables;
  const nested =
    others.length === 0
      ? (known.find(({ schema, name }) => schema === one?.schema && name === one.name)?.nested ?? [])
      : [];
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    make.mutate({
      references: form.get('references'),
      rows: Number(form.get('rows')),
      ...(expand.length === 0 ? {} : { expand }),
    });
  };
  return (
    <Dialog
      title={others.length === 0 ? `A template of ${one?.name}` : `Templates of ${tables.length} tables`}
      onClose={onClose}
    >
      {make.data === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Labelled label="Foreign keys take their values from">
            {(control) => (
              <select
                {...control}
                name="references"
                defaultValue={others.length === 0 ? 'rows' : 'templates'}
                className="control"
              >
                {Object.entries(REFERENCES).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label="Rows that others refer to" help="Push at least as many of each, with one seed.">
            {(control) => (
              <input
                {...control}
                name="rows"
                type="number"
                required
                min={1}
                max={1_000_000_000}
                defaultValue={100}
                className="control"
              />
            )}
          </Labelled>
          {nested.length > 0 && (
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1 text-xs font-medium text-quiet">Rows that go in within each row</legend>
              {nested.map(({ name }) => (
                <label key={name} className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={expand.includes(name)}
                    onChange={({ target }) =>
                      setExpand(target.checked ? [...expand, name] : expand.filter((other) => other !== name))
                    }
                  />
                  {name}
                </label>
              ))}
            </fieldset>
          )}
          <ProblemNote error={make.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={make.isPending}>
              Make {others.length === 0 ? 'the template' : 'the templates'}
            </Button>
          </div>
        </form>
      ) : (
        <MadeTemplates made={make.data} onClose={onClose} />
      )}
    </Dialog>
  );
}
