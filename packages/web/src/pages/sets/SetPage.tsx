import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { thingQuery } from '../../api/queries.ts';
import type { LoadedSet, Page, SavedSet } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { SetDifference } from './SetDifference.tsx';
import { SetRows } from './SetRows.tsx';

const route = getRouteApi('/shell/sets/$name');
const PAGE = 100;

/** A set: the rows of one of its versions, and how that differs from another one. */
export function SetPage() {
  const { name } = route.useParams();
  const { version, from = 0, against } = route.useSearch();
  const navigate = useNavigate({ from: '/sets/$name' });
  const path = `/sets/${encodeURIComponent(name)}`;
  const versions = useQuery(thingQuery<Page<SavedSet>>(`${path}/versions?limit=100`));
  const asked = `${path}?offset=${from}&limit=${PAGE}${version === undefined ? '' : `&version=${version}`}`;
  const rows = useQuery({ ...thingQuery<LoadedSet>(asked), placeholderData: keepPreviousData });
  const set = rows.data;
  const go = (search: { version?: number; from?: number; against?: number | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, ...search }), resetScroll: false });
  const shown = version ?? set?.version;
  return (
    <PageFrame
      title={name}
      hint={set === undefined ? '' : `${formatCount(set.row_count)} rows, saved ${formatTime(set.created_at)}`}
      actions={
        <Link to="/sets" className="text-accent underline underline-offset-2">
          All sets
        </Link>
      }
    >
      <ProblemNote error={rows.error ?? versions.error} retry={() => rows.refetch()} />
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <label className="flex items-center gap-2">
          Version
          <select
            value={shown ?? ''}
            onChange={({ target }) => go({ version: Number(target.value), from: 0 })}
            className="control"
          >
            {versions.data?.items.map((one) => (
              <option key={one.version}>{one.version}</option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-2">
          compared with
          <select
            value={against ?? ''}
            onChange={({ target }) => go({ against: target.value === '' ? undefined : Number(target.value) })}
            className="control"
          >
            <option value="">none</option>
            {versions.data?.items
              .filter((one) => one.version !== shown)
              .map((one) => (
                <option key={one.version}>{one.version}</option>
              ))}
          </select>
        </label>
      </div>
      {against !== undefined && shown !== undefined ? (
        <SetDifference name={name} from={against} to={shown} />
      ) : (
        set !== undefined && (
          <>
            <SetRows rows={set.rows} first={set.offset} label={`Rows of ${name}`} />
            <footer className="mt-2 flex items-center gap-2 text-xs text-faint">
              <span className="flex-1">
                {set.rows.length === 0
                  ? 'No rows'
                  : `${formatCount(set.offset + 1)} to ${formatCount(set.offset + set.rows.length)} of ${formatCount(set.row_count)}`}
              </span>
              <Button disabled={from === 0} onClick={() => go({ from: Math.max(0, from - PAGE) })}>
                Previous
              </Button>
              <Button disabled={set.next_offset === null} onClick={() => go({ from: set.next_offset ?? 0 })}>
                Next
              </Button>
            </footer>
          </>
        )
      )}
    </PageFrame>
  );
}
