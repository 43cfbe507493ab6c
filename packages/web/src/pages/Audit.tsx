import { useList } from '../api/queries.ts';
import type { Act } from '../api/types.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatTime, formatValue } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';

/** Who did what; for administrators. */
export function Audit() {
  const list = useList<Act>('/audit');
  return (
    <PageFrame title="Audit" hint="What was done in the workspace. Entries are never changed.">
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          { title: 'When', cell: ({ at }) => <span className="text-quiet">{formatTime(at)}</span> },
          { title: 'What', cell: ({ action }) => <span className="font-medium">{action}</span> },
          { title: 'Who', minor: true, cell: ({ personId }) => <span className="font-mono text-xs">{personId}</span> },
          {
            title: 'To what',
            minor: true,
            cell: ({ subjectId }) => <span className="font-mono text-xs">{subjectId}</span>,
          },
          {
            title: 'Details',
            cell: ({ details }) => (
              <span className="font-mono text-xs text-quiet" title={formatValue(details)}>
                {formatValue(details)}
              </span>
            ),
          },
        ]}
        empty={
          <EmptyState icon="audit" title="Nothing is noted yet">
            What people and programs change, and every export of sensitive fields, is noted here.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
