import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { Connection } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatCount } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { NewConnection } from './NewConnection.tsx';

/** The systems that rows go to and come from. */
export function Connections() {
  const list = useList<Connection>('/connections');
  const [isAdding, setAdding] = useState(false);
  const verify = useMutation({
    mutationFn: ({ id }: Connection) => askJson<Connection>('POST', `/connections/${id}/verify`, { body: {} }),
    onSuccess: async ({ name, verification }) => {
      await list.refetch();
      notify(verification.status === 'verified' ? `${name} can be reached` : `${name}: ${verification.message}`);
    },
    onError: (error) => notify(error.message),
  });
  const add = (
    <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
      New connection
    </Button>
  );
  return (
    <PageFrame title="Connections" hint="Databases, REST and SAP OData services." actions={add}>
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ name, url }) => (
              <>
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate font-mono text-xs text-faint">{url}</span>
              </>
            ),
          },
          {
            title: 'System',
            narrow: true,
            minor: true,
            cell: ({ type, readOnly }) => (
              <>
                {type} {readOnly && <Badge>read only</Badge>}
              </>
            ),
          },
          { title: 'State', cell: ({ verification }) => <State verification={verification} /> },
          {
            title: 'Tables',
            narrow: true,
            right: true,
            minor: true,
            cell: ({ metadata }) =>
              metadata === null ? '' : formatCount((metadata.tables ?? metadata.entitySets ?? []).length),
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (one) => (
              <Button
                look="ghost"
                busy={verify.isPending && verify.variables?.id === one.id}
                onClick={() => verify.mutate(one)}
              >
                Try again
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState icon="connection" title="No connections yet" action={add}>
            A connection is a database or service that rows are read from and pushed to. It is tried as soon as it is
            made.
          </EmptyState>
        }
      />
      {isAdding && (
        <NewConnection
          onClose={() => {
            setAdding(false);
            void list.refetch();
          }}
        />
      )}
    </PageFrame>
  );
}

const State = ({ verification: { status, message, hint, server } }: Pick<Connection, 'verification'>) =>
  status === 'verified' ? (
    <span className="flex flex-col gap-0.5">
      <span>
        <Badge tone="good">reached</Badge>
      </span>
      {server !== null && (
        <span className="truncate text-xs text-faint">
          {server.product} {server.version}
        </span>
      )}
    </span>
  ) : (
    <span className="flex flex-col gap-0.5 wrap-anywhere whitespace-normal">
      <span>
        <Badge tone="warn">not reached</Badge>
      </span>
      {message !== null && (
        <span className="text-xs text-quiet">
          {message}
          {hint !== null && ` — ${hint}`}
        </span>
      )}
    </span>
  );
