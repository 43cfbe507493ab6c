import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { identityQuery, useList } from '../../api/queries.ts';
import type { Person } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { Invites } from './Invites.tsx';
import { NewInvite } from './NewInvite.tsx';
import { isAdministrator, rolesUpTo } from './roles.ts';

/** Who is in the workspace, with which role; administrators invite others, change roles and let people go. */
export function People() {
  const list = useList<Person>('/people');
  const { data: identity } = useQuery(identityQuery);
  const me = identity?.person;
  const mayChange = isAdministrator(me?.role);
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Person>();
  const [rising, setRising] = useState<{ readonly person: Person; readonly role: string }>();
  const change = useMutation({
    // One after the other, so that the last one stays.
    scope: { id: 'roles' },
    mutationFn: ({ id, role }: { id: string; role: string }) => askJson('PATCH', `/people/${id}`, { body: { role } }),
    onSuccess: () => notify('The role is changed'),
    onError: (error) => notify(error.message),
    onSettled: () => list.refetch(),
  });
  const roles = rolesUpTo(me?.role);
  const mayTouch = (person: Person): boolean => mayChange && person.id !== me?.id && roles.includes(person.role);
  return (
    <PageFrame
      title="People"
      hint="Viewers look, members work, administrators let people in, owners may do all."
      actions={
        mayChange && (
          <Button look="primary" icon="plus" onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ id, name }) => (
              <span className="font-medium">
                {name}
                {id === me?.id && <span className="font-normal text-faint"> (you)</span>}
              </span>
            ),
          },
          { title: 'E-mail address', minor: true, cell: ({ email }) => <span className="text-quiet">{email}</span> },
          {
            title: 'Role',
            narrow: true,
            cell: (person) =>
              mayTouch(person) ? (
                <select
                  aria-label={`Role of ${person.name}`}
                  value={change.isPending && change.variables.id === person.id ? change.variables.role : person.role}
                  onChange={({ target: { value: role } }) => {
                    if (role === 'admin' || role === 'owner') setRising({ person, role });
                    else change.mutate({ id: person.id, role });
                  }}
                  className="control w-full"
                >
                  {roles.map((role) => (
                    <option key={role}>{role}</option>
                  ))}
                </select>
              ) : (
                person.role
              ),
          },
          {
            title: 'Joined',
            narrow: true,
            minor: true,
            cell: ({ createdAt }) => <span className="text-quiet">{formatAgo(createdAt)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (person) =>
              mayTouch(person) && (
                <IconButton label={`Remove ${person.name}`} icon="trash" onClick={() => setLeaving(person)} />
              ),
          },
        ]}
        empty={null}
      />
      {mayChange && <Invites />}
      {isInviting && <NewInvite roles={roles} onClose={() => setInviting(false)} />}
      {rising !== undefined && (
        <ConfirmDialog
          title={`Make ${rising.person.name} ${rising.role}?`}
          action={`Make ${rising.role}`}
          onClose={() => setRising(undefined)}
          onConfirm={async () => change.mutate({ id: rising.person.id, role: rising.role })}
        >
          {rising.role === 'owner'
            ? 'Owners may do all that you may, and change your role.'
            : 'Administrators let people in and out, and set what others may.'}
        </ConfirmDialog>
      )}
      {leaving !== undefined && (
        <ConfirmDialog
          title={`Remove ${leaving.name}?`}
          action="Remove"
          onClose={() => setLeaving(undefined)}
          onConfirm={async () => {
            await askJson('DELETE', `/people/${leaving.id}`);
            await list.refetch();
          }}
        >
          Their keys and sessions end at once. What they made stays.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
