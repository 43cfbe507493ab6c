import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { askJson } from '../../../api/client.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { notify } from '../../../ui/notices.tsx';
import { ConnectionFrame } from '../ConnectionFrame.tsx';
import { connectionPath, connectionQuery, metadataQuery } from '../connection-queries.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { type ConnectionDraft, changeOf, draftOf } from './connection-draft.ts';
import { DeleteConnection } from './DeleteConnection.tsx';
import { savedWords } from './saved-words.ts';

const route = getRouteApi('/shell/connections/$id/edit');

/** What is said of a connection, to change it or to delete it. */
export function EditConnection() {
  const { id } = route.useParams();
  return <ConnectionFrame id={id}>{(connection) => <Edit connection={connection} />}</ConnectionFrame>;
}

function Edit({ connection }: { connection: Connection }) {
  const { id } = connection;
  const [isDeleting, setDeleting] = useState(false);
  // Only an own change begins the form anew: what somebody else saves meanwhile takes nothing away that was typed.
  const [base, setBase] = useState(connection);
  const save = useMutation({
    // It may hold a password.
    gcTime: 0,
    mutationFn: (draft: ConnectionDraft) => {
      const body = changeOf(draft, base);
      // With nothing to save it is tried all the same.
      return Object.keys(body).length === 0
        ? askJson<Connection>('POST', `${connectionPath(id)}/verify`, { body })
        : askJson<Connection>('PATCH', connectionPath(id), { body });
    },
    onSuccess: (next) => {
      queries.setQueryData(connectionQuery(id).queryKey, next);
      queries.removeQueries({ queryKey: metadataQuery(id).queryKey });
      setBase(next);
      notify(savedWords(next, 'saved'));
    },
  });
  return (
    <div className="flex flex-col gap-8">
      <ConnectionForm
        key={base.version}
        first={draftOf(base)}
        connection={base}
        action="Save and try"
        busy={save.isPending}
        error={save.error}
        onSubmit={save.mutate}
      />
      <section aria-label="Delete the connection" className="max-w-2xl border-t border-line pt-4">
        <p className="mb-2 text-quiet">
          A deleted connection can be restored for 30 days. What was written through it stays in the system.
        </p>
        <Button look="danger" icon="trash" onClick={() => setDeleting(true)}>
          Delete the connection
        </Button>
      </section>
      {isDeleting && <DeleteConnection connection={connection} onClose={() => setDeleting(false)} />}
    </div>
  );
}
