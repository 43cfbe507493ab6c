import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import { identityQuery, workspaceQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { isAdministrator } from './roles.ts';

const PLANS = ['free', 'pro', 'enterprise', 'self-hosted'];

/** The name and the plan of the workspace: administrators rename it, owners change the plan. */
export function WorkspaceForm() {
  const { data: workspace, error } = useQuery(workspaceQuery);
  const { data: identity } = useQuery(identityQuery);
  const role = identity?.person.role;
  const save = useMutation({
    mutationFn: (body: object) => askJson('PATCH', '/workspace', { body }),
    onSuccess: async () => {
      notify('Saved');
      await queries.invalidateQueries({ queryKey: workspaceQuery.queryKey });
    },
  });
  if (workspace === undefined) return <ProblemNote error={error} />;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { plan, ...rest } = Object.fromEntries(new FormData(event.currentTarget));
    // As it is it may be one that only whoever runs the server gives.
    save.mutate(plan === workspace.plan ? rest : { ...rest, plan });
  };
  return (
    <form onSubmit={submit} className="flex max-w-md flex-col gap-3">
      <Labelled label="Name of the workspace">
        {(control) => (
          <input
            {...control}
            name="name"
            required
            maxLength={200}
            defaultValue={workspace.name}
            disabled={!isAdministrator(role)}
            autoComplete="off"
            className="control"
          />
        )}
      </Labelled>
      <Labelled label="Plan" help="What limits there are; self-hosted has none. Owners change it.">
        {(control) => (
          <select
            {...control}
            name="plan"
            defaultValue={workspace.plan}
            disabled={role !== 'owner'}
            className="control"
          >
            {[...new Set([...PLANS, workspace.plan])].map((plan) => (
              <option key={plan}>{plan}</option>
            ))}
          </select>
        )}
      </Labelled>
      <ProblemNote error={save.error} />
      {isAdministrator(role) && (
        <Button look="primary" type="submit" busy={save.isPending} className="self-start">
          Save
        </Button>
      )}
    </form>
  );
}
