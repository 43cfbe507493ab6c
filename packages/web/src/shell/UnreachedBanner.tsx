import { useEffect } from 'react';
import { ask } from '../api/client.ts';
import { queries } from '../api/query-client.ts';
import { Icon } from '../ui/Icon.tsx';

const AGAIN_MS = 2000;

/** Says that the server is away, asks until it is there, and then has the page ask anew for what it shows. */
export function UnreachedBanner() {
  useEffect(() => {
    // Whatever it answers, it is there, and this is gone.
    const timer = setInterval(() => void ask('GET', '/session').catch(() => undefined), AGAIN_MS);
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries();
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
