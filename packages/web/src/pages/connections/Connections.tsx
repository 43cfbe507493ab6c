import { Link, useNavigate } from '@tanstack/react-router';
import { useList } from '../../api/queries.ts';
import type { Connection } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatCount } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { useVerify } from './use-verify.ts';

/** The systems that rows go to and come from. */
export function Connections() {
  const navigate = useNavigate();
  const list = useList<Connection>('/connections');
  const verify = useVerify();
  const add = (
    <Button look="primary" icon="plus" onClick={() => void navigate({ to: '/connections/new' })}>
      New connection
    </Button>
  );
  return (
    <PageFrame
      title="Connections"
      hint="Databases, REST and SAP OData services."
      actions={
        <>
          <Link to="/connections/deleted" className="self-center text-accent underline underline-offset-2">
            Deleted ones
          </Link>
          {add}
        </>
      }
    >
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ id, name, url }) => (
              <>
                <Link
                  to="/connections/$id"
                  params={{ id }}
                  className="block truncate font-medium hover:text-accent hover:underline"
                >
                  {name}
                </Link>
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
          { title: 'State', cell: ({ verification }) => <ConnectionState verification={verification} /> },
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
                onClick={() => verify.mutate(one, { onSuccess: () => void list.refetch() })}
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
    </PageFrame>
  );
}
