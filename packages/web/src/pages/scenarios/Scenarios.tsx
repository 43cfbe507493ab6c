import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { ListedScenario, Scenario } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';

const FIRST = `from datamaker import DataMaker

dm = DataMaker()
size = int(dm.params.get("size", 3))
print(f"Hello from a scenario, with size {size}")
`;

/** The scenarios of the project. */
export function Scenarios() {
  const navigate = useNavigate();
  const list = useList<ListedScenario>('/scenarios');
  const create = useMutation({
    mutationFn: () => askJson<Scenario>('POST', '/scenarios', { body: { name: 'Untitled', code: FIRST } }),
    onSuccess: ({ id }) => navigate({ to: '/scenarios/$id', params: { id } }),
    onError: (error) => notify(error.message),
  });
  const add = (
    <Button look="primary" icon="plus" busy={create.isPending} onClick={() => create.mutate()}>
      New scenario
    </Button>
  );
  return (
    <PageFrame title="Scenarios" hint="Python that does several things in a row: generate, push, check." actions={add}>
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Name',
            cell: ({ id, name }) => (
              <Link to="/scenarios/$id" params={{ id }} className="font-medium hover:text-accent hover:underline">
                {name}
              </Link>
            ),
          },
          {
            title: 'Code',
            minor: true,
            cell: ({ problem }) =>
              problem === null ? (
                <span className="text-faint">well-formed</span>
              ) : (
                <Badge tone="bad">line {problem.line}</Badge>
              ),
          },
          { title: 'Version', narrow: true, right: true, minor: true, cell: ({ version }) => version },
          {
            title: 'Changed',
            right: true,
            cell: ({ updated_at }) => <span className="text-quiet">{formatAgo(updated_at)}</span>,
          },
        ]}
        empty={
          <EmptyState icon="scenario" title="No scenarios yet" action={add}>
            A scenario is a Python script that runs in a sandbox of the server, with your templates, sets and
            connections at hand.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
