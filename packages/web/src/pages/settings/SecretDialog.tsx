import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import type { Secret } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { HostsField } from './HostsField.tsx';
import { secretHosts } from './secret-hosts.ts';
import { secretValue } from './secret-value.ts';

/** Makes a secret, or gives one another value. The value leaves the page with the request. */
export function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const save = useMutation({
    mutationFn: (body: object) =>
      secret === undefined
        ? askJson('POST', '/secrets', { body })
        : askJson('PATCH', `/secrets/${secret.id}`, { body }),
    // What was sent is not kept with the page.
    gcTime: 0,
    onSuccess: onClose,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { value, hosts, ...named } = Object.fromEntries(new FormData(event.currentTarget));
    const meant = hosts === undefined ? {} : { hosts: secretHosts(String(hosts)) };
    save.mutate({ ...named, ...meant, value: secretValue(String(value)) });
  };
  return (
    <Dialog title={secret === undefined ? 'New secret' : `Replace ${secret.name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        {secret === undefined && (
          <>
            <Labelled label="Name" help="Capital letters, digits and underscores, such as CRM_TOKEN.">
              {(control) => (
                <input
                  {...control}
                  name="name"
                  required
                  maxLength={64}
                  autoComplete="off"
                  className="control font-mono"
                />
              )}
            </Labelled>
            <Labelled label="For">
              {(control) => (
                <select {...control} name="reach" className="control">
                  <option value="project">this project</option>
                  <option value="workspace">all projects (administrators)</option>
                </select>
              )}
            </Labelled>
          </>
        )}
        <Labelled label="Value" help="It is encrypted, and nobody is shown it again.">
          {(control) => (
            // Not a field for passwords: those drop ends of lines, which keys have.
            <textarea
              {...control}
              name="value"
              required
              rows={3}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              className="control masked h-auto w-full resize-y py-1.5 font-mono"
            />
          )}
        </Labelled>
        {secret === undefined && <HostsField hosts={[]} />}
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
