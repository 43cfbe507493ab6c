import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../../api/client.ts';
import type { ColumnMapping, Table } from '../../../api/connection-types.ts';
import { thingQuery } from '../../../api/queries.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { nameOfTable } from '../connection-queries.ts';
import { MappingTable } from './MappingTable.tsx';
import type { Mapping } from './mapping-state.ts';
import { PushForm } from './PushForm.tsx';

/** Which field goes into which column, as it was saved or as names suggest; and the push. */
export function MappedPush({
  connection,
  templateId,
  table,
}: {
  connection: Connection;
  templateId: string;
  table: Table;
}) {
  const { schema, name } = table;
  const path = `/templates/${encodeURIComponent(templateId)}/mappings/${encodeURIComponent(connection.id)}`;
  const place = { table: name, ...(schema === '' ? {} : { schema }) };
  const query = { ...thingQuery<ColumnMapping>(`${path}?${new URLSearchParams(place)}`), retry: false };
  const { data, error, isPending, refetch } = useQuery({ ...query, refetchOnWindowFocus: false });
  // There is one for each template and connection: it may be for another table.
  const keptQuery = { ...thingQuery<ColumnMapping>(path), retry: false };
  const kept = useQuery({ ...keptQuery, enabled: data?.saved === false });
  const [edited, setEdited] = useState<Mapping>();
  const save = useMutation({
    mutationFn: (columns: Mapping) => askJson<ColumnMapping>('PUT', path, { body: { ...place, columns } }),
    onSuccess: (next) => {
      queries.removeQueries({ queryKey: keptQuery.queryKey, exact: true });
      queries.setQueryData(query.queryKey, next);
      setEdited(undefined);
      notify('The mapping is saved for this template and connection');
    },
  });
  const forget = useMutation({
    mutationFn: () => askJson('DELETE', path),
    onSuccess: async () => {
      setEdited(undefined);
      await refetch();
    },
  });
  if (isPending) return <p className="py-6 text-center text-faint">Comparing names …</p>;
  if (data === undefined) return <ProblemNote error={error} retry={() => void refetch()} />;
  const mapping = edited ?? data.columns;
  return (
    <>
      <section aria-label="Mapping" className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="font-semibold">Which field goes into which column</h2>
          <Badge tone={edited === undefined ? 'quiet' : 'warn'}>
            {edited !== undefined ? 'changed' : data.saved ? 'saved' : 'suggested by names'}
          </Badge>
          <span className="flex-1" />
          {data.saved && (
            <Button look="ghost" busy={forget.isPending} onClick={() => forget.mutate()}>
              Suggest by names
            </Button>
          )}
          <Button
            busy={save.isPending}
            disabled={edited === undefined && data.saved}
            onClick={() => save.mutate(mapping)}
          >
            Save the mapping
          </Button>
        </div>
        <ProblemNote error={save.error ?? forget.error} />
        {!data.saved && kept.data?.saved && (
          <p className="wrap-anywhere text-quiet">
            Saving it replaces the one for {nameOfTable(kept.data.table, false)}: there is one for each template and
            connection.
          </p>
        )}
        {edited === undefined && data.saved && data.problems.length > 0 && (
          <ul role="alert" className="wrap-anywhere text-bad">
            {data.problems.map(({ code, pointer, message }) => (
              <li key={`${code} ${pointer} ${message}`}>{message}</li>
            ))}
          </ul>
        )}
        <MappingTable mapping={mapping} table={table} onChange={setEdited} />
      </section>
      <PushForm connection={connection} templateId={templateId} table={table} mapping={mapping} />
    </>
  );
}
