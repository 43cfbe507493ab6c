import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { askJson } from '../../../api/client.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { connectionPath } from '../connection-queries.ts';

/** Asks for the name of a connection before it is deleted: templates, schedules and scripts may need it. */
export function DeleteConnection({
  connection: { id, name },
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => askJson('DELETE', connectionPath(id)),
    onSuccess: async () => {
      notify(`${name} is deleted`);
      await navigate({ to: '/connections', ignoreBlocker: true });
      await queries.invalidateQueries();
    },
  });
  const isSame = typed.trim() === name.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSame) remove.mutate();
  };
  return (
    <Dialog title="Delete the connection?" onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <p className="text-quiet wrap-anywhere">
          Templates, scenarios and schedules that use <strong className="text-ink">{name}</strong> fail without it.
        </p>
        <Labelled label="Its name, to confirm">
          {(control) => (
            <input
              {...control}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              className="control"
            />
          )}
        </Labelled>
        <ProblemNote error={remove.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" type="submit" disabled={!isSame} busy={remove.isPending}>
            Delete
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
