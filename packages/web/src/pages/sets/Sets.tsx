import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import { useList } from '../../api/queries.ts';
import type { SavedSet } from '../../api/types.ts';
import { IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatAgo, formatCount } from '../../ui/format.ts';
import { ListTable } from '../../ui/ListTable.tsx';
import { notify } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';

const pathOf = (name: string): string => `/sets/${encodeURIComponent(name)}`;
const say = (error: Error): void => notify(error.message);

/** The saved sets of the project. */
export function Sets() {
  const list = useList<SavedSet>('/sets');
  const verify = useMutation({
    mutationFn: ({ name }: SavedSet) => askJson<{ matches: boolean }>('POST', `${pathOf(name)}/verify`, { body: {} }),
    onSuccess: ({ matches }, { name }) =>
      notify(matches ? `${name} is as it was saved` : `${name} is NOT as it was saved`),
    onError: say,
  });
  return (
    <PageFrame title="Sets" hint="Rows with a name, in versions that never change.">
      <ListTable
        list={list}
        keyOf={({ name }) => name}
        columns={[
          {
            title: 'Name',
            cell: ({ name }) => (
              <Link to="/sets/$name" params={{ name }} className="font-medium hover:text-accent hover:underline">
                {name}
              </Link>
            ),
          },
          { title: 'Version', narrow: true, right: true, minor: true, cell: ({ version }) => version },
          { title: 'Rows', narrow: true, right: true, cell: ({ row_count }) => formatCount(row_count) },
          {
            title: 'Kept as',
            minor: true,
            cell: ({ stored_as, seed }) => (
              <span className="text-quiet">{stored_as === 'recipe' ? `recipe, seed ${seed}` : 'rows'}</span>
            ),
          },
          {
            title: 'Saved',
            right: true,
            minor: true,
            cell: ({ created_at }) => <span className="text-quiet">{formatAgo(created_at)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: (set) => (
              <span className="inline-flex">
                <IconButton label={`Verify ${set.name}`} icon="check" onClick={() => verify.mutate(set)} />
                <IconButton
                  label={`Save ${set.name} as CSV`}
                  icon="download"
                  onClick={() => void download(`${pathOf(set.name)}?format=csv`, `${set.name}.csv`).catch(say)}
                />
              </span>
            ),
          },
        ]}
        empty={
          <EmptyState icon="set" title="No sets yet">
            A set keeps rows under a name, so that a test finds the same ones tomorrow. Programs save one with{' '}
            <code className="font-mono text-xs">POST /sets</code>, scenarios with{' '}
            <code className="font-mono text-xs">dm.save_set</code>.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
