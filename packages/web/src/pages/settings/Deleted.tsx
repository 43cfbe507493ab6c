import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { thingQuery } from '../../api/queries.ts';
import type { Page } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatTime } from '../../ui/format.ts';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

interface Gone {
  readonly id?: string;
  readonly name: string;
  readonly purgeAt?: string;
  readonly purge_at?: string;
}

/** What can be restored: where it is listed, and where that is asked for. */
const KINDS = [
  { kind: 'template', path: '/templates/deleted', restore: ({ id = '' }: Gone) => [`/templates/${id}/restore`, {}] },
  { kind: 'scenario', path: '/scenarios/deleted', restore: ({ id = '' }: Gone) => [`/scenarios/${id}/restore`, {}] },
  {
    kind: 'set',
    path: '/sets?deleted=true&limit=100',
    restore: ({ id, name }: Gone) => [`/sets/${encodeURIComponent(name)}/restore`, { id }],
  },
] as const;

/** What was deleted in the project in the last 30 days. */
export function Deleted() {
  const lists = [
    useQuery(thingQuery<Page<Gone>>(KINDS[0].path)),
    useQuery(thingQuery<Page<Gone>>(KINDS[1].path)),
    useQuery(thingQuery<Page<Gone>>(KINDS[2].path)),
  ];
  const restore = useMutation({
    mutationFn: ({ at, one }: { at: number; one: Gone }) => {
      const [path, body] = KINDS[at]?.restore(one) ?? ['', {}];
      return askJson('POST', path as string, { body });
    },
    onSuccess: (_, { one }) => notify(`${one.name} is there again`),
    onError: (error) => notify(error.message),
    onSettled: (_, __, { at }) => lists[at]?.refetch(),
  });
  const gone = KINDS.flatMap(({ kind }, at) => (lists[at]?.data?.items ?? []).map((one) => ({ kind, at, one })));
  const failed = lists.filter((list) => list.isError);
  const isLoading = lists.some((list) => list.isPending);
  return (
    <div className="flex flex-col gap-3">
      {failed.length > 0 && (
        <ProblemNote error={failed[0]?.error} retry={() => void Promise.all(failed.map((list) => list.refetch()))} />
      )}
      {gone.length > 0 ? (
        <List gone={gone} busy={restore.isPending} onRestore={(which) => restore.mutate(which)} />
      ) : isLoading ? (
        <p className="py-8 text-center text-faint">Loading …</p>
      ) : (
        failed.length === 0 && (
          <EmptyState icon="trash" title="Nothing was deleted">
            Templates, scenarios and sets that are deleted are here for 30 days, and can be restored.
          </EmptyState>
        )
      )}
      <p className="text-quiet">
        Connections have a{' '}
        <Link to="/connections/deleted" className="text-accent underline underline-offset-2">
          list of their own
        </Link>
        .
      </p>
    </div>
  );
}

interface Listed {
  readonly kind: string;
  readonly at: number;
  readonly one: Gone;
}

function List({
  gone,
  busy,
  onRestore,
}: {
  gone: readonly Listed[];
  busy: boolean;
  onRestore: (which: Listed) => void;
}) {
  return (
    <ul className="rounded-lg border border-line bg-panel">
      {gone.map(({ kind, at, one }) => (
        <li
          key={`${kind} ${one.id}`}
          className="flex items-center gap-3 border-b border-line px-3 py-1.5 last:border-0"
        >
          <span className="w-20 text-faint">{kind}</span>
          <span className="min-w-0 flex-1 truncate font-medium">{one.name}</span>
          <span className="hidden text-xs text-faint sm:inline">
            until {formatTime(one.purgeAt ?? one.purge_at ?? '')}
          </span>
          <Button aria-label={`Restore ${one.name}`} busy={busy} onClick={() => onRestore({ kind, at, one })}>
            Restore
          </Button>
        </li>
      ))}
    </ul>
  );
}
