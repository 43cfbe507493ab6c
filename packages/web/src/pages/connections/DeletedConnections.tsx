import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Connection } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatTime } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { connectionPath } from './connection-queries.ts';

type Deleted = Connection & { readonly deletedAt: string; readonly purgeAt: string };

/** Connections that were deleted and can be restored. */
export function DeletedConnections() {
  const list = useList<Deleted>('/connections?deleted=true');
  const restore = useMutation({
    mutationFn: ({ id }: Deleted) => askJson<Connection>('POST', `${connectionPath(id)}/restore`, { body: {} }),
    onSuccess: async ({ name }) => {
      notify(`${name} is restored`);
      await queries.invalidateQueries();
    },
    onError: (error) => notify(error.message),
  });
  return (
    <PageFrame
      title="Deleted connections"
      hint="Each can be restored for 30 days."
      actions={
        <Link to="/connections" className="text-accent underline underline-offset-2">
          All connections
        </Link>
      }
    >
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
          { title: 'System', narrow: true, minor: true, cell: ({ type }) => type },
          {
            title: 'Gone for good',
            right: true,
            cell: ({ purgeAt }) => <span className="text-quiet">{formatTime(purgeAt)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (one) => (
              <Button
                busy={restore.isPending && restore.variables?.id === one.id}
                aria-label={`Restore ${one.name}`}
                onClick={() => restore.mutate(one)}
              >
                Restore
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState icon="connection" title="Nothing was deleted">
            What is deleted from the connections stands here until it can no longer be restored.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
