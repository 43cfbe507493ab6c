import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { askJson } from './client.ts';
import { chosenProject } from './project.ts';
import type { Identity, Named, Page, Template } from './types.ts';

/** Who is signed in. */
export const identityQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => askJson<Identity>('GET', '/session'),
  staleTime: 60_000,
});

export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: () => askJson<Named & { readonly plan: string }>('GET', '/workspace'),
  staleTime: 60_000,
});

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: () => askJson<Page<Named>>('GET', '/projects?limit=100'),
  staleTime: 60_000,
});

/** One thing that a path of the chosen project answers. */
export const thingQuery = <T>(path: string) =>
  queryOptions({ queryKey: [chosenProject(), path], queryFn: () => askJson<T>('GET', path) });

export const templateQuery = (id: string) => thingQuery<Template>(`/templates/${encodeURIComponent(id)}`);

/** A list of the chosen project, page after page. @param path with a query of its own or without */
export function useList<T>(path: string, refetchMs?: number) {
  return useInfiniteQuery({
    queryKey: [chosenProject(), 'list', path],
    queryFn: ({ pageParam }) =>
      askJson<Page<T>>(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=50${pageParam === '' ? '' : `&cursor=${pageParam}`}`,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
  });
}
