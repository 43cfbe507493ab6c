import { useMutation } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import type { Metadata } from '../../api/connection-types.ts';
import { queries } from '../../api/query-client.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.tsx';
import { connectionPath, metadataQuery } from './connection-queries.ts';

/** Asks the system for its tables anew: the server remembers them for an hour. */
export function MetadataActions({ id, busy }: { id: string; busy: boolean }) {
  const refresh = useMutation({
    mutationFn: () => askJson<Metadata>('GET', `${connectionPath(id)}/metadata?refresh=true`),
    onSuccess: (next) => {
      queries.setQueryData(metadataQuery(id).queryKey, next);
      notify('The tables are read again');
    },
    onError: (error) => notify(error.message),
  });
  return (
    <Button look="ghost" icon="history" busy={busy || refresh.isPending} onClick={() => refresh.mutate()}>
      Read again
    </Button>
  );
}
