import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { Secret } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { HostsDialog } from './HostsDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';

/** Secrets by their names; their values are set and replaced, and never shown. */
export function Secrets() {
  const list = useList<Secret>('/secrets');
  const [editing, setEditing] = useState<Secret | 'new'>();
  const [meaning, setMeaning] = useState<Secret>();
  const [deleting, setDeleting] = useState<Secret>();
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
      New secret
    </Button>
  );
  return (
    <PageFrame
      title="Secrets"
      hint="Scenarios find them in their environment; connections take them by name, and send them only to their hosts. Values are never shown."
      actions={add}
    >
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Name', cell: ({ name }) => <span className="font-mono text-xs font-medium">{name}</span> },
          { title: 'For', narrow: true, minor: true, cell: ({ reach }) => reach },
          {
            title: 'Hosts',
            minor: true,
            cell: ({ hosts }) => (
              <span className="font-mono text-xs wrap-anywhere text-quiet">
                {hosts.length === 0 ? 'none' : hosts.slice(0, 3).join(', ')}
                {hosts.length > 3 && ` and ${hosts.length - 3} more`}
              </span>
            ),
          },
          { title: 'Version', narrow: true, right: true, minor: true, cell: ({ version }) => version },
          {
            title: 'Used',
            narrow: true,
            minor: true,
            cell: ({ lastUsedAt }) => (
              <span className="text-quiet">{lastUsedAt === null ? 'never' : formatAgo(lastUsedAt)}</span>
            ),
          },
          {
            title: 'Actions',
            right: true,
            cell: (secret) => (
              <span className="inline-flex gap-1">
                <Button look="ghost" aria-label={`Replace ${secret.name}`} onClick={() => setEditing(secret)}>
                  Replace
                </Button>
                <Button look="ghost" aria-label={`Hosts of ${secret.name}`} onClick={() => setMeaning(secret)}>
                  Hosts
                </Button>
                <IconButton label={`Delete ${secret.name}`} icon="trash" onClick={() => setDeleting(secret)} />
              </span>
            ),
          },
        ]}
        empty={
          <EmptyState icon="lock" title="No secrets yet" action={add}>
            A secret is a password or a token that scripts and connections use by its name.
          </EmptyState>
        }
      />
      {editing !== undefined && (
        <SecretDialog
          secret={editing === 'new' ? undefined : editing}
          onClose={() => {
            setEditing(undefined);
            void list.refetch();
          }}
        />
      )}
      {meaning !== undefined && (
        <HostsDialog
          secret={meaning}
          onClose={() => {
            setMeaning(undefined);
            void list.refetch();
          }}
        />
      )}
      {deleting !== undefined && (
        <ConfirmDialog
          title={`Delete ${deleting.name}?`}
          action="Delete"
          onClose={() => setDeleting(undefined)}
          onConfirm={async () => {
            await askJson('DELETE', `/secrets/${deleting.id}`);
            await list.refetch();
          }}
        >
          Scenarios and connections that use it fail from then on. That cannot be taken back.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
