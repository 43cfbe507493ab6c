import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import { useList } from '../../api/queries.ts';
import type { Run } from '../../api/types.ts';
import { IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo, formatCount, formatDuration } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { StateBadge } from '../StateBadge.tsx';

/** How often the list is asked for while it is looked at: runs go on without anybody. */
const AGAIN_MS = 3000;
const say = (error: Error): void => notify(error.message);

/** What works or worked after its request was answered. */
export function Runs() {
  const list = useList<Run>('/runs', AGAIN_MS);
  const cancel = useMutation({
    mutationFn: ({ id }: Run) => askJson('POST', `/runs/${id}/cancel`, { body: {} }),
    onSuccess: () => list.refetch(),
    onError: say,
  });
  return (
    <PageFrame title="Runs" hint="Generations, scenarios, pushes and seeds that go on by themselves.">
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Kind',
            narrow: true,
            cell: ({ kind, id }) => (
              <Link to="/runs/$id" params={{ id }} title={id} className="font-medium hover:text-accent hover:underline">
                {kind}
              </Link>
            ),
          },
          {
            title: 'State',
            narrow: true,
            cell: ({ state, error }) => (
              <span title={error?.message}>
                <StateBadge state={state} />
              </span>
            ),
          },
          {
            title: 'Rows',
            narrow: true,
            right: true,
            cell: ({ progress: { rows, total } }) =>
              total === 0 ? '' : rows === total ? formatCount(rows) : `${formatCount(rows)} of ${formatCount(total)}`,
          },
          {
            title: 'Took',
            narrow: true,
            right: true,
            minor: true,
            cell: ({ started_at, ended_at }) =>
              started_at && ended_at ? formatDuration(Date.parse(ended_at) - Date.parse(started_at)) : '',
          },
          {
            title: 'Asked for',
            right: true,
            minor: true,
            cell: ({ created_at }) => <span className="text-quiet">{formatAgo(created_at)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (run) => {
              const url = run.output?.url;
              if (run.ended_at === null)
                return <IconButton label="Cancel this run" icon="close" onClick={() => cancel.mutate(run)} />;
              if (url == null) return null;
              const { name = 'rows' } = run.output ?? {};
              return (
                <IconButton
                  label={`Save ${name}`}
                  icon="download"
                  onClick={() => void download(url, name).catch(say)}
                />
              );
            },
          },
        ]}
        empty={
          <EmptyState icon="run" title="Nothing has run yet">
            “Generate” on a template makes a run, and so does running a scenario. They go on when you close the page.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
