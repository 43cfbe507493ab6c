import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { thingQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Scenario } from '../../api/types.ts';

export const scenarioPath = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;
export const scenarioQuery = (id: string) => thingQuery<Scenario>(scenarioPath(id));

/**
 * A scenario while it is edited: the version that it began with, as it is on the page, and how it is saved.
 * @param read as it was read last: while nothing is typed, a newer version takes the place of the one on the page
 */
export function useScenarioDraft(read: Scenario) {
  const [base, setBase] = useState(read);
  const [code, setCode] = useState(read.code);
  const [name, setName] = useState(read.name);
  const [taken, setTaken] = useState(0);
  const isChanged = code !== base.code || name !== base.name;

  /** Goes on from another version, without what was changed on the page. */
  const take = (theirs: Scenario): void => {
    setBase(theirs);
    setCode(theirs.code);
    setName(theirs.name);
    setTaken((count) => count + 1);
  };
  if (read.version > base.version && !isChanged) take(read);

  const save = useMutation({
    /** @param over the version in whose place it is saved: none but that */
    mutationFn: ({ over }: { over: number }) =>
      askJson<Scenario>('PUT', `${scenarioPath(base.id)}?force=true`, {
        body: { name, code },
        headers: { 'If-Match': `"${base.id}@v${over}"` },
      }),
    onSuccess: (next) => {
      setBase(next);
      queries.setQueryData(scenarioQuery(base.id).queryKey, next);
    },
  });
  const isConflict = save.error instanceof Problem && save.error.code === 'version_conflict';
  /** `taken`: how often what is on the page was replaced by what others have saved. */
  return { base, code, setCode, name, setName, isChanged, take, taken, save, isConflict };
}
