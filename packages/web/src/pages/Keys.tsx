import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../api/client.ts';
import { useList } from '../api/queries.ts';
import type { ApiKey } from '../api/types.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatAgo, formatTime } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';
import { NewKey } from './NewKey.tsx';

/** The API keys of whoever is signed in; administrators see those of all. */
export function Keys() {
  const list = useList<ApiKey>('/keys');
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => askJson('DELETE', `/keys/${id}`),
    onSuccess: () => list.refetch(),
  });
  const add = (
    <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
      New key
    </Button>
  );
  return (
    <PageFrame
      title="API keys"
      hint="Programs send one with each request. A key does what its holder may."
      actions={add}
    >
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
          {
            title: 'May',
            minor: true,
            narrow: true,
            cell: ({ readOnly }) => (readOnly ? <Badge>read only</Badge> : 'read and write'),
          },
          {
            title: 'Used',
            narrow: true,
            minor: true,
            cell: ({ lastUsedAt }) => (
              <span className="text-quiet">{lastUsedAt === null ? 'never' : formatAgo(lastUsedAt)}</span>
            ),
          },
          {
            title: 'Until',
            minor: true,
            cell: ({ expiresAt }) => (
              <span className="text-quiet">{expiresAt === null ? 'it is revoked' : formatTime(expiresAt)}</span>
            ),
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (key) => <IconButton label={`Revoke ${key.name}`} icon="trash" onClick={() => setRevoking(key)} />,
          },
        ]}
        empty={
          <EmptyState icon="lock" title="No keys" action={add}>
            A key lets a program in: curl, the Python package, a CI job.
          </EmptyState>
        }
      />
      {isAdding && (
        <NewKey
          onClose={() => {
            setAdding(false);
            void list.refetch();
          }}
        />
      )}
      {revoking !== undefined && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          action="Revoke"
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await revoke.mutateAsync(revoking);
          }}
        >
          The next request with it is refused. That cannot be taken back.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
