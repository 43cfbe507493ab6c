import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Connection } from '../../../api/types.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { ConnectionFrame } from '../ConnectionFrame.tsx';
import { metadataQuery } from '../connection-queries.ts';
import { pathOf, takesAnyPath } from '../rest-path.ts';
import { MappedPush } from './MappedPush.tsx';
import { PushForm } from './PushForm.tsx';
import { TargetField } from './TargetField.tsx';
import { TemplateField } from './TemplateField.tsx';

const route = getRouteApi('/shell/connections/$id/push');

/** Puts rows of a template into a table: which, where to, which field into which column, and how. */
export function PushPage() {
  const { id } = route.useParams();
  return <ConnectionFrame id={id}>{(connection) => <Push connection={connection} />}</ConnectionFrame>;
}

function Push({ connection }: { connection: Connection }) {
  const navigate = useNavigate();
  const { id, readOnly } = connection;
  const { template, table: given, schema } = route.useSearch();
  const { data, error, isPending, refetch } = useQuery(metadataQuery(id));
  // What is typed is where rows go, whatever the address says by then.
  const [typed, setTyped] = useState<string>();
  const go = (search: { template?: string; table?: string; schema?: string }): void =>
    void navigate({
      to: '/connections/$id/push',
      params: { id },
      search: (before) => ({ ...before, ...search }),
      replace: true,
    });
  if (isPending) return <p className="py-8 text-center text-faint">Asking the system for its tables …</p>;
  if (data === undefined) return <ProblemNote error={error} retry={() => void refetch()} />;
  const { tables } = data;
  const isPathOnly = takesAnyPath(connection);
  const shown = isPathOnly ? (typed ?? given ?? pathOf(connection)) : given;
  const name = shown?.trim();
  const table = tables.find((one) => one.name === name && (schema === undefined || one.schema === schema));
  const isReady = template !== undefined && (isPathOnly ? name !== undefined : table !== undefined);
  return (
    <div className="flex flex-col gap-4">
      {readOnly && (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2">
          This connection is read only: nothing is pushed through it. Its settings change that.
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <TemplateField value={template} onChoose={(next) => go({ template: next })} />
        <TargetField
          tables={tables}
          isPathOnly={isPathOnly}
          name={shown}
          schema={table?.schema}
          onPath={setTyped}
          onChoose={go}
        />
      </div>
      {isReady && table !== undefined && (
        <MappedPush
          key={`${template} ${table.schema} ${table.name}`}
          connection={connection}
          templateId={template}
          table={table}
        />
      )}
      {isReady && table === undefined && name !== undefined && (
        <PushForm connection={connection} templateId={template} table={{ schema: '', name }} mapping={undefined} />
      )}
      {!isReady && <p className="text-quiet">Choose a template, and where its rows go.</p>}
    </div>
  );
}
