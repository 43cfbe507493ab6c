import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import type { Secret } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { HostsField } from './HostsField.tsx';
import { secretHosts } from './secret-hosts.ts';

/** Says anew where a secret may go; its value stays. */
export function HostsDialog({ secret: { id, name, hosts }, onClose }: { secret: Secret; onClose: () => void }) {
  const save = useMutation({
    mutationFn: (body: object) => askJson('PATCH', `/secrets/${id}`, { body }),
    onSuccess: onClose,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate({ hosts: secretHosts(String(new FormData(event.currentTarget).get('hosts'))) });
  };
  return (
    <Dialog title={`Hosts of ${name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <HostsField hosts={hosts} />
        <p className="text-xs text-quiet">
          A connection to another host is refused. What is taken out counts the next time that a connection is opened.
        </p>
        <ProblemNote error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
