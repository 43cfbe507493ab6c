import { Link, useNavigate } from '@tanstack/react-router';
import { useList } from '../../api/queries.ts';
import type { Template } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';

/** The templates of the project. */
export function Templates() {
  const navigate = useNavigate();
  const list = useList<Template>('/templates');
  const start = (
    <Button look="primary" icon="plus" onClick={() => void navigate({ to: '/new' })}>
      New template
    </Button>
  );
  return (
    <PageFrame title="Templates" actions={start}>
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ id, name }) => (
              <Link to="/templates/$id" params={{ id }} className="font-medium hover:text-accent hover:underline">
                {name}
              </Link>
            ),
          },
          {
            title: 'Fields',
            minor: true,
            cell: ({ fields }) => <span className="text-quiet">{fieldNames(fields)}</span>,
          },
          { title: 'Version', narrow: true, right: true, minor: true, cell: ({ version }) => version },
          {
            title: 'Changed',
            right: true,
            cell: ({ updatedAt }) => <span className="text-quiet">{formatAgo(updatedAt)}</span>,
          },
        ]}
        empty={
          <EmptyState icon="template" title="Your first rows are a minute away" action={start}>
            Paste the names of your columns, a CSV, JSON or a schema, or start from a sample.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}

const fieldNames = (fields: Template['fields']): string => fields.map(({ name }) => name).join(', ');
