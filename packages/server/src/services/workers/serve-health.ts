import { timingSafeEqual } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../../start-error.ts';
import { pingStore, type Store } from '../../store/open-store.ts';
import type { Lane } from '../../store/queue/run-queue.ts';
import { tally } from '../../tally.ts';

/** How a worker is doing. */
export interface WorkerStatus {
  readonly isDraining: boolean;
  readonly lanes: Readonly<
    Partial<Record<Lane, { readonly working: number; readonly atOnce: number; readonly taken: number }>>
  >;
}

interface HealthPlace {
  readonly host: string;
  readonly port: number;
  /** Whoever has it may read `/metrics`; without, everybody who comes here may. */
  readonly metricsToken?: string | undefined;
}

/**
 * `GET /healthz`: it runs; `GET /readyz`: it takes runs; `GET /metrics`: figures for Prometheus. Nothing else, and nothing of any workspace.
 * @throws StartError
 */
export async function serveHealth(
  { host, port, metricsToken }: HealthPlace,
  store: Store,
  status: () => WorkerStatus,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const send = (response: ServerResponse, code: number, body: object): void => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  };
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (request.method !== 'GET') return send(response, 405, { status: 'method_not_allowed' });
    if (path === '/healthz') return send(response, 200, { status: 'ok', ...status() });
    if (path === '/readyz') {
      if (status().isDraining) return send(response, 503, { status: 'draining' });
      const isReached = await pingStore(store).then(
        () => true,
        () => false,
      );
      return send(response, isReached ? 200 : 503, { status: isReached ? 'ready' : 'database_unavailable' });
    }
    if (path !== '/metrics') return send(response, 404, { status: 'not_found' });
    if (metricsToken !== undefined && !isSame(request.headers.authorization, `Bearer ${metricsToken}`)) {
      return send(response, 401, { status: 'unauthorized' });
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(metricsOf(status()));
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: Error) => {
      reject(new StartError(`Health cannot be told on ${host}, port ${port}: ${error.message}`));
    });
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isSame(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const METRICS = {
  working: ['datamaker_worker_runs_running', 'gauge', 'Runs that are being worked on.'],
  atOnce: ['datamaker_worker_runs_limit', 'gauge', 'Runs that may be worked on at a time.'],
  taken: ['datamaker_worker_runs_taken_total', 'counter', 'Runs that were begun with since the start.'],
} as const;

function metricsOf({ isDraining, lanes }: WorkerStatus): string {
  const blocks = Object.entries(METRICS).map(([key, [name, type, help]]) => {
    const lines = Object.entries(lanes).map(
      ([lane, figures]) => `${name}{lane="${lane}"} ${figures[key as keyof typeof METRICS]}`,
    );
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
  });
  const draining = 'datamaker_worker_draining';
  const own = [
    `# HELP ${draining} Whether it takes no more runs, since it was told to stop.`,
    `# TYPE ${draining} gauge`,
    `${draining} ${isDraining ? 1 : 0}`,
  ];
  const [rows, ended] = ['datamaker_generated_rows_total', 'datamaker_runs_ended_total'];
  const done = [
    `# HELP ${rows} Rows of outputs that this process has made.`,
    `# TYPE ${rows} counter`,
    `${rows} ${tally.rows}`,
    `# HELP ${ended} Runs that this process has seen to their end.`,
    `# TYPE ${ended} counter`,
    ...tally.runs.map(({ kind, state, count }) => `${ended}{kind="${kind}",state="${state}"} ${count}`),
  ];
  return `${[...blocks.flat(), ...own, ...done].join('\n')}\n`;
}
