import { queryOptions } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import { chosenProject } from '../../api/project.ts';
import type { Run } from '../../api/types.ts';

/** How often a run is asked for while it goes on. Asked anew, not streamed: a server that was away is found again by itself. */
const AGAIN_MS = 1000;

/** The path of a run in the API. */
export const runPath = (id: string): string => `/runs/${encodeURIComponent(id)}`;

/** A run, again and again until it has ended. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [chosenProject(), runPath(id)],
    queryFn: ({ signal }) => askJson<Run>('GET', runPath(id), { signal }),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.ended_at !== null ? false : AGAIN_MS),
  });
