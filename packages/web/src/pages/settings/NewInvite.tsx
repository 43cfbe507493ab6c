import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** Makes an invite, and shows its link the one time that it can be seen. */
export function NewInvite({ roles, onClose }: { roles: readonly string[]; onClose: () => void }) {
  const create = useMutation({
    mutationFn: (body: object) => askJson<{ token: string }>('POST', '/invites', { body }),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries(),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    create.mutate({ role: form.get('role'), ...(email === '' ? {} : { email }) });
  };
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      {create.data === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Labelled label="Role">
            {(control) => (
              <select {...control} name="role" defaultValue="member" className="control">
                {roles.map((role) => (
                  <option key={role}>{role}</option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label="E-mail address" help="The only one that it is for. Empty: whoever has the link.">
            {(control) => <input {...control} name="email" type="email" autoComplete="off" className="control" />}
          </Labelled>
          <ProblemNote error={create.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={create.isPending}>
              Make a link
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <p>Send them this link. It is shown only this once, works once, and for seven days.</p>
          <CodeBlock label="the link" text={`${location.origin}/app/invites/${create.data.token}`} wrap />
          <div className="flex justify-end">
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
