import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { askJson } from '../../../api/client.ts';
import { queries } from '../../../api/query-client.ts';
import type { Connection } from '../../../api/types.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { notify } from '../../../ui/notices.tsx';
import { PageFrame } from '../../../ui/PageFrame.tsx';
import { connectionQuery } from '../connection-queries.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { bodyOf, type ConnectionDraft, emptyDraft } from './connection-draft.ts';
import { savedWords } from './saved-words.ts';
import { isSystem, SYSTEMS } from './systems.ts';

const route = getRouteApi('/shell/connections/new');

/** A form for a connection. When it is made, its own page says whether the system was reached, and else what is in the way. */
export function NewConnection() {
  const navigate = useNavigate();
  const { type: asked } = route.useSearch();
  const type = isSystem(asked) ? asked : 'postgres';
  const create = useMutation({
    // It may hold a password.
    gcTime: 0,
    mutationFn: (draft: ConnectionDraft) => askJson<Connection>('POST', '/connections', { body: bodyOf(draft) }),
    onSuccess: async (made) => {
      queries.setQueryData(connectionQuery(made.id).queryKey, made);
      notify(savedWords(made, 'created'));
      await navigate({ to: '/connections/$id', params: { id: made.id } });
    },
  });
  return (
    <PageFrame title="New connection" hint="It is tried at once, and is there also when that fails.">
      <ConnectionForm
        first={emptyDraft(type)}
        action="Create and try"
        busy={create.isPending}
        error={create.error}
        onSubmit={create.mutate}
      >
        <Labelled label="System">
          {(control) => (
            <select
              {...control}
              value={type}
              onChange={({ target }) =>
                void navigate({ to: '/connections/new', search: { type: target.value }, replace: true })
              }
              className="control"
            >
              {Object.entries(SYSTEMS).map(([key, { label }]) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </ConnectionForm>
    </PageFrame>
  );
}
