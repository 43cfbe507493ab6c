import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';
import { setSignedOut } from './signed-out.ts';

const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.code === 'unauthorized';

const onError = (error: unknown): void => {
  if (isSignedOut(error)) setSignedOut(true);
};

// A timer comes some milliseconds late where there is much to do, and rows are waited for at each key press.
notifyManager.setScheduler(queueMicrotask);

/** What was asked, kept: a page that is opened again shows what it had while it asks anew. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // A browser that takes itself for offline still reaches a server on the same machine or network.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // A refusal stays one; a server that is away may be back.
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});
