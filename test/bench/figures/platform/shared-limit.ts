import { setTimeout as delay } from 'node:timers/promises';
import type { Options } from '../../options.ts';
import { below } from '../../targets.ts';
import type { Figure } from '../figure.ts';
import { KeepAlive } from '../keep-alive.ts';
import { type ServerProcess, startServerProcess } from '../server-process.ts';
import { bundledDatabaseUrl, inDatabase } from './bundled-database.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const PROCESSES = 4;
const CLIENTS_OF_EACH = 4;
/** Of the plan `pro`. */
const REQUESTS_A_MINUTE = 600;
/** A client that is refused asks again so long after: all together many times as often as the plan allows. */
const PAUSE_MS = 80;

/** One workspace asks four servers on one database for more than its plan gives. */
export async function sharedLimit({ quick }: Options): Promise<Figure> {
  const seconds = quick ? 5 : 180;
  const servers: ServerProcess[] = [];
  const clients: KeepAlive[] = [];
  try {
    const first = await startServerProcess(KEY);
    servers.push(first);
    const databaseUrl = bundledDatabaseUrl(first.dataDirectory);
    const { dataDirectory } = first;
    const others = Array.from({ length: PROCESSES - 1 }, () => startServerProcess(KEY, { dataDirectory, databaseUrl }));
    servers.push(...(await Promise.all(others)));
    for (const { url } of servers) {
      for (let i = 0; i < CLIENTS_OF_EACH; i++) clients.push(await KeepAlive.to(new URL(url), KEY));
    }
    await inDatabase(databaseUrl, (db) => db.query(`UPDATE workspace SET plan = 'pro'`));
    const start = performance.now();
    // When allowed requests were answered, and what was asked in all.
    const allowed: number[] = [];
    let asked = 0;
    let last = start;
    // Only a limit that is reached says anything.
    let reached = false;
    await Promise.all(
      clients.map(async (client) => {
        while (!reached || performance.now() - start < seconds * 1000) {
          const { status } = await client.get('/templates?limit=1');
          asked++;
          last = performance.now();
          if (status === 200) allowed.push(last);
          else if (status !== 429) throw new Error(`answered ${status}`);
          else {
            reached = true;
            await delay(PAUSE_MS);
          }
        }
      }),
    );
    const took = (last - start) / 1000;
    const plan = REQUESTS_A_MINUTE + (REQUESTS_A_MINUTE / 60) * took;
    const deviation = Math.abs(allowed.length - plan) / plan;
    const most = mostWithin(allowed, 60_000);
    return {
      text: `limit of ${REQUESTS_A_MINUTE} requests a minute, ${PROCESSES} servers on one PostgreSQL, ${asked} requests in ${took.toFixed(1)} s: ${allowed.length} allowed, ${plan.toFixed(1)} by the plan; at most ${most} within any minute, of ${2 * REQUESTS_A_MINUTE} that may be`,
      data: { processes: PROCESSES, seconds: took, asked, allowed: allowed.length, plan, mostWithinAMinute: most },
      targets: [
        below(
          `limit held by ${PROCESSES} processes, off by`,
          0.01,
          Math.max(deviation, most / (2 * REQUESTS_A_MINUTE) - 1),
          (share) => `${(share * 100).toFixed(2)} %`,
        ),
      ],
    };
  } finally {
    for (const client of clients) client.close();
    // The first one has the database.
    for (const server of servers.toReversed()) await server.stop();
  }
}

/** The most of these moments that lie within a span of so many milliseconds. */
function mostWithin(moments: readonly number[], span: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [index, moment] of sorted.entries()) {
    while (moment - (sorted[from] as number) > span) from++;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
