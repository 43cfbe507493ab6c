import { useEffect } from 'react';
import { useList } from '../../../api/queries.ts';
import type { Secret } from '../../../api/types.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { secretHelp } from './secret-help.ts';

/** Chooses a secret by its name in place of a password or token that is typed; not there where there are none. */
export function SecretField({
  reference,
  onChoose,
}: {
  /** The id of the one that is chosen. */
  reference: string | undefined;
  /** @param id empty: none, what is typed counts */
  onChoose: (id: string) => void;
}) {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useList<Secret>('/secrets');
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const secrets = data?.pages.flatMap(({ items }) => items) ?? [];
  if (secrets.length === 0 && reference === undefined) return null;
  const isListed = reference === undefined || secrets.some(({ id }) => id === reference);
  return (
    <Labelled label="From a secret" help={secretHelp(secrets.find(({ id }) => id === reference))}>
      {(control) => (
        <select
          {...control}
          value={reference ?? ''}
          onChange={({ target }) => onChoose(target.value)}
          className="control"
        >
          <option value="">none: as typed</option>
          {!isListed && <option value={reference}>{reference}</option>}
          {secrets.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
