import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import type { Connection } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { connectionQuery } from './connection-queries.ts';
import { seeds } from './form/systems.ts';
import { useVerify } from './use-verify.ts';

const PAGES = [
  { to: '/connections/$id', label: 'Tables' },
  { to: '/connections/$id/diagram', label: 'Diagram' },
  { to: '/connections/$id/push', label: 'Push' },
  { to: '/connections/$id/seed', label: 'Seed' },
  { to: '/connections/$id/edit', label: 'Settings' },
] as const;

/** What stands above each page of a connection: its name, whether it is reached, and its other pages. */
export function ConnectionFrame({ id, children }: { id: string; children: (connection: Connection) => ReactNode }) {
  return (
    <Suspense fallback={<p className="p-8 text-center text-faint">Loading …</p>}>
      <Loaded key={id} id={id}>
        {children}
      </Loaded>
    </Suspense>
  );
}

function Loaded({ id, children }: { id: string; children: (connection: Connection) => ReactNode }) {
  const { data: connection } = useSuspenseQuery(connectionQuery(id));
  const verify = useVerify();
  const { name, type, readOnly, verification } = connection;
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col px-4 py-5 sm:px-8">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="text-lg font-semibold tracking-tight wrap-anywhere">{name}</h1>
          <p className="flex flex-wrap gap-1.5">
            <Badge>{type}</Badge>
            {readOnly && <Badge tone="warn">read only</Badge>}
            <span className="font-mono text-xs wrap-anywhere text-faint">{connection.url}</span>
          </p>
        </div>
        <div className="flex min-w-0 items-start gap-3">
          <ConnectionState verification={verification} />
          <Button busy={verify.isPending} onClick={() => verify.mutate(connection)}>
            Verify
          </Button>
        </div>
      </header>
      <nav aria-label="Pages of the connection" className="mt-3 mb-4 flex flex-wrap border-b border-line">
        {PAGES.filter(({ label }) => label !== 'Seed' || seeds(type)).map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            params={{ id }}
            activeOptions={{ exact: true, includeSearch: false }}
            className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-quiet hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      {children(connection)}
    </div>
  );
}
