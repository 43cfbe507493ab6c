import { useEffect } from 'react';
import { ask } from '../api/client.ts';
import { queries } from '../api/query-client.ts';
import { Icon } from '../ui/Icon.tsx';

const AGAIN_MS = 2000;
const PATIENCE_MS = 5000;
/** What the engine made here: the server has nothing new to say of it. */
const MADE_HERE: ReadonlySet<unknown> = new Set(['rows', 'profile', 'catalogue']);

/** Says that the server is away, asks until it is there, and then has the page ask anew for what it shows. */
export function UnreachedBanner() {
  useEffect(() => {
    let isAsking = false;
    const askAgain = async (): Promise<void> => {
      if (isAsking) return;
      isAsking = true;
      // Whatever it answers, it is there, and this is gone.
      await ask('GET', '/session', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
      isAsking = false;
    };
    const timer = setInterval(() => void askAgain(), AGAIN_MS);
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => !MADE_HERE.has(first) });
    };
  }, []);
  return (
    <p
      role="alert"
      className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-ink"
    >
      <Icon name="warning" className="text-warn" />
      The server cannot be reached. What you have typed is kept; this page goes on once it is there again.
    </p>
  );
}
