import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { ListedChat } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';

/** The chats of the project, the newest first. */
export function Chats() {
  const navigate = useNavigate();
  const list = useList<ListedChat>('/chats');
  const [deleting, setDeleting] = useState<ListedChat>();
  const create = useMutation({
    mutationFn: () => askJson<ListedChat>('POST', '/chats', { body: {} }),
    onSuccess: ({ id }) => navigate({ to: '/chats/$id', params: { id } }),
    onError: (error) => notify(error.message),
  });
  const add = (
    <Button look="primary" icon="plus" busy={create.isPending} onClick={() => create.mutate()}>
      New chat
    </Button>
  );
  return (
    <PageFrame title="Chats" hint="Say what you need; the agent does it with your rights." actions={add}>
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ id, name }) => (
              <Link to="/chats/$id" params={{ id }} className="font-medium hover:text-accent hover:underline">
                {name}
              </Link>
            ),
          },
          {
            title: 'Mode',
            narrow: true,
            minor: true,
            cell: ({ mode }) => mode !== null && <Badge>{mode === 'agent' ? 'Agent' : 'Chat'}</Badge>,
          },
          {
            title: 'Changed',
            narrow: true,
            right: true,
            cell: ({ updatedAt }) => <span className="text-quiet">{formatAgo(updatedAt)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (chat) => <IconButton label={`Delete ${chat.name}`} icon="trash" onClick={() => setDeleting(chat)} />,
          },
        ]}
        empty={
          <EmptyState icon="chat" title="No chats yet" action={add}>
            In a chat you say in plain English what you need, see each step, and let what matters wait for your word.
          </EmptyState>
        }
      />
      {deleting !== undefined && (
        <ConfirmDialog
          title={`Delete ${deleting.name}?`}
          action="Delete"
          onConfirm={async () => {
            await askJson('DELETE', `/chats/${encodeURIComponent(deleting.id)}`);
            await list.refetch();
          }}
          onClose={() => setDeleting(undefined)}
        >
          What is under way in it ends. It can be restored for 30 days.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
