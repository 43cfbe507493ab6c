import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { ConnectionFrame } from '../ConnectionFrame.tsx';
import { isOneSchema, metadataQuery, nameOfTable } from '../connection-queries.ts';
import { Diagram } from './Diagram.tsx';
import { drawnOf } from './drawn-tables.ts';
import { KeyTable } from './KeyTable.tsx';
import { keyOf, layOut } from './lay-out.ts';

const route = getRouteApi('/shell/connections/$id/diagram');

/** The tables of a system and the keys between them, as a picture and in words. */
export function DiagramPage() {
  const { id } = route.useParams();
  return <ConnectionFrame id={id}>{() => <Drawn id={id} />}</ConnectionFrame>;
}

function Drawn({ id }: { id: string }) {
  const navigate = useNavigate();
  const { table: name, schema } = route.useSearch();
  const metadata = useQuery(metadataQuery(id));
  const { tables: all = [] } = metadata.data ?? {};
  const { tables, middle, isPart } = drawnOf(all, name, schema);
  const isAlone = isOneSchema(all);
  const drawing = useQuery({
    queryKey: ['drawing', id, metadata.data?.readAt, tables.map(keyOf)],
    queryFn: () => layOut(tables),
    enabled: tables.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (metadata.isPending) return <p className="py-8 text-center text-faint">Asking the system for its tables …</p>;
  if (metadata.data === undefined) {
    return <ProblemNote error={metadata.error} retry={() => void metadata.refetch()} />;
  }
  if (all.length === 0) {
    return (
      <EmptyState icon="set" title="There is nothing to draw">
        This system describes no tables.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="max-w-sm">
        <Labelled
          label="Around"
          help={isPart && name === undefined ? 'There are too many tables for one picture: choose one.' : undefined}
        >
          {(control) => (
            <select
              {...control}
              value={middle === undefined ? '' : keyOf(middle)}
              onChange={({ target }) => {
                const chosen = all.find((table) => keyOf(table) === target.value);
                void navigate({
                  to: '/connections/$id/diagram',
                  params: { id },
                  search: chosen === undefined ? {} : { table: chosen.name, schema: chosen.schema },
                  replace: true,
                });
              }}
              className="control w-full"
            >
              <option value="">all tables</option>
              {all.map((table) => (
                <option key={keyOf(table)} value={keyOf(table)}>
                  {nameOfTable(table, isAlone)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <ProblemNote error={drawing.error} />
      {drawing.isPending && <p className="py-8 text-center text-faint">Drawing …</p>}
      {drawing.data !== undefined && <Diagram key={tables.map(keyOf).join()} id={id} drawing={drawing.data} />}
      <KeyTable id={id} tables={tables} />
    </div>
  );
}
