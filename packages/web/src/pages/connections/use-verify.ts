import { useMutation } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import type { Connection } from '../../api/types.ts';
import { notify } from '../../ui/notices.tsx';
import { connectionPath, connectionQuery } from './connection-queries.ts';

/** Tries a connection again; what comes of it is in its state. */
export const useVerify = () =>
  useMutation({
    mutationFn: ({ id }: Pick<Connection, 'id'>) =>
      askJson<Connection>('POST', `${connectionPath(id)}/verify`, { body: {} }),
    onSuccess: (next) => {
      queries.setQueryData(connectionQuery(next.id).queryKey, next);
      const { status, message } = next.verification;
      notify(status === 'verified' ? `${next.name} can be reached` : `${next.name}: ${message}`);
    },
    onError: (error) => notify(error.message),
  });
