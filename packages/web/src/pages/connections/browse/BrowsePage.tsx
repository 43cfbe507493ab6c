import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { TableName } from '../../../api/connection-types.ts';
import type { Connection } from '../../../api/types.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatAgo } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { ConnectionFrame } from '../ConnectionFrame.tsx';
import { metadataQuery } from '../connection-queries.ts';
import { MetadataActions } from '../MetadataActions.tsx';
import { pathOf, takesAnyPath } from '../rest-path.ts';
import { MakeTemplates } from './MakeTemplates.tsx';
import { PathForm } from './PathForm.tsx';
import { TableDetail } from './TableDetail.tsx';
import { TableList } from './TableList.tsx';

const route = getRouteApi('/shell/connections/$id');

/** What is in a system: its tables, the columns and keys of one, and some rows of it. */
export function BrowsePage() {
  const { id } = route.useParams();
  return <ConnectionFrame id={id}>{(connection) => <Browse connection={connection} />}</ConnectionFrame>;
}

function Browse({ connection }: { connection: Connection }) {
  const { id } = connection;
  const { table: name, schema } = route.useSearch();
  const { data, error, isPending, isFetching, refetch } = useQuery(metadataQuery(id));
  const [making, setMaking] = useState<readonly TableName[]>();
  if (isPending) return <p className="py-8 text-center text-faint">Asking the system for its tables …</p>;
  if (data === undefined) return <ProblemNote error={error} retry={() => void refetch()} />;
  const { tables, notices, readAt } = data;
  const isPathOnly = takesAnyPath(connection);
  const shown =
    tables.find((one) => one.name === name && (schema === undefined || one.schema === schema)) ??
    (name === undefined ? tables[0] : undefined);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-faint">Read {formatAgo(readAt)}</p>
        <MetadataActions id={id} busy={isFetching} />
      </div>
      {/* What was read before stays in sight. */}
      <ProblemNote error={error} />
      {notices.length > 0 && (
        <details className="rounded-md border border-line bg-panel px-3 py-2">
          <summary className="w-fit text-quiet">What is not described: {notices.length}</summary>
          <ul className="mt-1.5 list-disc space-y-1 pl-5 text-quiet">
            {notices.slice(0, 100).map(({ subject, message }) => (
              <li key={`${subject} ${message}`} className="wrap-anywhere">
                {subject}: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      {isPathOnly && <PathForm id={id} path={name ?? pathOf(connection)} />}
      {!isPathOnly && tables.length === 0 && (
        <EmptyState icon="set" title="No tables are seen">
          The user of the connection may see none, or they are in another schema: name it in the settings.
        </EmptyState>
      )}
      {!isPathOnly && tables.length > 0 && (
        <div className="grid min-w-0 gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
          <TableList id={id} tables={tables} shown={shown} onMake={setMaking} />
          {shown === undefined ? (
            <p role="alert" className="py-8 text-center text-quiet wrap-anywhere">
              There is no table {name} any more. Choose another one, or read the tables again.
            </p>
          ) : (
            <TableDetail id={id} table={shown} onMake={() => setMaking([shown])} />
          )}
        </div>
      )}
      {making !== undefined && (
        <MakeTemplates connection={connection} tables={making} known={tables} onClose={() => setMaking(undefined)} />
      )}
    </div>
  );
}
