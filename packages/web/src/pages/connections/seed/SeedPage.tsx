import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { askJson } from '../../../api/client.ts';
import type { SeedPlan } from '../../../api/connection-types.ts';
import { chosenProject } from '../../../api/project.ts';
import { randomText } from '../../../api/random-text.ts';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { ConnectionFrame } from '../ConnectionFrame.tsx';
import { connectionPath } from '../connection-queries.ts';
import { seeds } from '../form/systems.ts';
import { ApplySeed } from './ApplySeed.tsx';
import { PlanTable } from './PlanTable.tsx';
import { SeedForm } from './SeedForm.tsx';
import { type RowsByTable, readTables, type SeedSearch, saysSame, seedOptionsOf } from './seed-search.ts';

const route = getRouteApi('/shell/connections/$id/seed');

/** Fills a whole database: the plan first, then the rows. */
export function SeedPage() {
  const { id } = route.useParams();
  return (
    <ConnectionFrame id={id}>
      {(connection) =>
        seeds(connection.type) ? (
          <Seed connection={connection} />
        ) : (
          <EmptyState icon="set" title="Systems of this kind are not filled as a whole">
            PostgreSQL, MySQL and MariaDB are. Into others, push the templates of their tables one after the other.
          </EmptyState>
        )
      }
    </ConnectionFrame>
  );
}

const planQuery = (id: string, search: SeedSearch) =>
  queryOptions({
    queryKey: [chosenProject(), connectionPath(id), 'plan', search],
    queryFn: ({ signal }) =>
      askJson<SeedPlan>('POST', `${connectionPath(id)}/seed/plan`, { body: seedOptionsOf(search), signal }),
    retry: false,
    refetchOnWindowFocus: false,
  });

function Seed({ connection }: { connection: Connection }) {
  const { id } = connection;
  const navigate = useNavigate();
  const search = route.useSearch();
  const go = (next: SeedSearch): void =>
    void navigate({ to: '/connections/$id/seed', params: { id }, search: next, replace: true });
  const { seed } = search;
  // Drawn here, so that the same plan comes of a reload.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for an address that has none
  useEffect(() => {
    if (seed === undefined) go({ ...search, seed: randomText().slice(0, 8) });
  }, [seed]);
  const { data, error, isFetching, refetch } = useQuery({ ...planQuery(id, search), enabled: seed !== undefined });
  // The last one stays in sight while another is made, and when that is refused: its rows are mended there.
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  const plan = data ?? last;
  const [rows, setRows] = useState<RowsByTable>(() => readTables(search.tables));
  const isEdited = !saysSame(rows, readTables(search.tables));
  const planAgain = (next: SeedSearch): void => {
    const tables = Object.keys(rows).length === 0 ? {} : { tables: JSON.stringify(rows) };
    if (saysSame({ ...next, ...tables }, search)) void refetch();
    else go({ ...next, ...tables });
  };
  const withoutTables = (): void => {
    const { tables: _, ...others } = search;
    setRows({});
    go(others);
  };
  return (
    <div className="flex flex-col gap-4">
      {seed !== undefined && <SeedForm key={seed} search={search} busy={isFetching} onPlan={planAgain} />}
      <ProblemNote error={error} retry={() => void refetch()} />
      {plan === undefined && error !== null && search.tables !== undefined && (
        <div>
          <Button busy={isFetching} onClick={withoutTables}>
            Plan without the rows of single tables
          </Button>
        </div>
      )}
      {plan === undefined && isFetching && <p className="py-6 text-center text-faint">Reading the schema …</p>}
      {plan !== undefined && (
        <>
          <PlanTable plan={plan} rows={rows} onRows={setRows} />
          {isEdited && <p className="text-quiet">Rows were changed: plan again to see what comes of it.</p>}
          {!isEdited && error === null && (
            <ApplySeed
              connection={connection}
              plan={plan}
              options={seedOptionsOf(search)}
              busy={isFetching || data === undefined}
              onChanged={() => void refetch()}
            />
          )}
        </>
      )}
    </div>
  );
}
