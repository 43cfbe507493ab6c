import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../api/client.ts';
import type { Diagnostic } from '../../../api/problem.ts';
import type { Template } from '../../../api/types.ts';
import type { Rows } from '../../../engine/protocol.ts';

/** What is only wrong where no server is: values of sets, files and systems, and those that Python makes. */
const AT_THE_SERVER = new Set(['needs_a_worker', 'resource_not_found']);

/** Whether nothing is wrong with a template but that the browser alone cannot make its rows. */
export const needsServer = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.length > 0 && diagnostics.every(({ code }) => AT_THE_SERVER.has(code));

/** The first three rows of a saved template, made by the server; undefined until they are there, or when it refuses. */
export function useServerPreview(
  template: Template,
  seed: string,
  isWanted: boolean,
): Extract<Rows, { ok: true }> | undefined {
  const { data } = useQuery({
    queryKey: ['server preview', template.id, template.version, seed],
    queryFn: () =>
      askJson<readonly Record<string, unknown>[]>('POST', `/templates/${template.id}@v${template.version}/preview`, {
        body: { seed },
      }),
    enabled: isWanted,
    retry: false,
    staleTime: 60_000,
  });
  if (!isWanted || data === undefined) return undefined;
  return { ok: true, rows: data, text: `${JSON.stringify(data, null, 1)}\n`, ms: 0, capacity: data.length };
}
