import type { Options } from '../../options.ts';
import { median, quantile } from '../../statistics.ts';
import { below, exactly } from '../../targets.ts';
import { count, textTable } from '../../text-table.ts';
import { type Figure, megabytes } from '../figure.ts';
import { KeepAlive } from '../keep-alive.ts';
import { residentBytes } from '../process-usage.ts';
import { startServerProcess } from '../server-process.ts';
import { type AuditEntries, addAuditEntries } from './audit-entries.ts';
import { bundledDatabaseUrl, inDatabase } from './bundled-database.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const DAY_MS = 86_400_000;

/** Beside the lists, a read of one row: what a request takes without one. */
const SMALL = 'no list: the workspace';

/** Lists of a large audit, and the whole of it as a stream. */
export async function auditLists({ quick }: Options): Promise<Figure> {
  const entries = quick ? 50_000 : 1_000_000;
  const server = await startServerProcess(KEY);
  const client = await KeepAlive.to(new URL(server.url), KEY);
  try {
    const made = await inDatabase(bundledDatabaseUrl(server.dataDirectory), (db) => addAuditEntries(db, entries));
    const lists = await listsOf(made, client);
    const times = new Map(Object.keys(lists).map((name): [string, number[]] => [name, []]));
    // One of each in turn, so that a busy moment of the machine falls on all.
    for (let round = quick ? -2 : -20; round < (quick ? 10 : 300); round++) {
      for (const [name, query] of Object.entries(lists)) {
        const start = performance.now();
        await read(client, query);
        if (round >= 0) times.get(name)?.push(performance.now() - start);
      }
    }
    const figures = [...times].map(([name, of]) => ({ name, median: median(of), p99: quantile(of, 0.99) }));
    const worst = Math.max(...figures.filter(({ name }) => name !== SMALL).map(({ p99 }) => p99));
    const exported = await exportAll(server.url, server.pid);
    const table = textTable(
      ['audit, lists of 100', 'median ms', 'p99 ms'],
      figures.map((figure) => [figure.name, figure.median.toFixed(1), figure.p99.toFixed(1)]),
    );
    return {
      text: `${table}\naudit, export of ${count(exported.lines)} entries: ${count(exported.lines / exported.seconds)} a second, server ${megabytes(exported.before)} before and ${megabytes(exported.most)} at most`,
      data: { entries, lists: figures, exported },
      targets: [
        below(`audit of ${count(entries)} entries, p99 of the slowest list`, 50, worst, (ms) => `${ms.toFixed(1)} ms`),
        below(
          `audit of ${count(entries)} entries, memory that an export adds`,
          100e6,
          exported.most - exported.before,
          megabytes,
        ),
        exactly(`audit of ${count(entries)} entries, lines of the export`, entries, exported.lines),
      ],
    };
  } finally {
    client.close();
    await server.stop();
  }
}

/** Queries by what they show. */
async function listsOf(
  { busy, rare, first, last }: AuditEntries,
  client: KeepAlive,
): Promise<Readonly<Record<string, string>>> {
  const at = (share: number): string =>
    new Date(first.getTime() + share * (last.getTime() - first.getTime())).toISOString();
  const range = (from: string, to: string): string => `from=${from}&to=${to}`;
  const middle = range(at(0.5), new Date(Date.parse(at(0.5)) + DAY_MS / 24).toISOString());
  const oldHalf = `to=${at(0.5)}`;
  const lists = {
    'first page': '',
    'a common action': 'action=template.changed',
    'a rare action': 'action=workspace.changed',
    'an action that nobody did': 'action=secret.read',
    'somebody busy': `person=${busy}`,
    'somebody rare': `person=${rare}`,
    'a subject': 'subject=tmpl_bench77',
    'an hour long ago': middle,
    'the older half': oldHalf,
    'the oldest hour': `to=${new Date(first.getTime() + DAY_MS / 24).toISOString()}`,
    'a common action in an hour long ago': `action=template.changed&${middle}`,
    'a common action in the older half': `action=template.changed&${oldHalf}`,
    'somebody busy in the older half': `person=${busy}&${oldHalf}`,
    'a rare action of somebody busy': `action=workspace.changed&person=${busy}`,
    'a common action of somebody rare': `action=template.created&person=${rare}`,
    'a common action that somebody busy never did': `action=template.deleted&person=${busy}`,
  };
  const deep = await deepCursor(client, '');
  const deepOfAction = await deepCursor(client, 'action=template.changed');
  return {
    [SMALL]: '/workspace',
    ...Object.fromEntries(Object.entries(lists).map(([name, filter]) => [name, queryOf(filter)])),
    'a page 10,000 entries down': `${queryOf('')}&cursor=${deep}`,
    'a common action, 10,000 entries down': `${queryOf('action=template.changed')}&cursor=${deepOfAction}`,
  };
}

const queryOf = (filter: string): string => `/audit?limit=100${filter === '' ? '' : `&${filter}`}`;

async function deepCursor(client: KeepAlive, filter: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < 100; page++) {
    const { next_cursor } = await read(client, `${queryOf(filter)}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    if (next_cursor === null) break;
    cursor = next_cursor;
  }
  return cursor;
}

async function read(client: KeepAlive, path: string): Promise<{ next_cursor: string | null }> {
  const { status, body } = await client.get(path);
  if (status !== 200) throw new Error(`${path} was answered with ${status}: ${body}`);
  return JSON.parse(body) as { next_cursor: string | null };
}

/** Reads the whole export and looks at the memory of the server meanwhile. */
async function exportAll(
  url: string,
  pid: number,
): Promise<{ lines: number; seconds: number; before: number; most: number }> {
  const before = residentBytes(pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentBytes(pid));
  }, 50);
  const start = performance.now();
  try {
    const response = await fetch(`${url}/audit/export`, { headers: { authorization: `Bearer ${KEY}` } });
    let lines = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
    }
    return { lines, seconds: (performance.now() - start) / 1000, before, most };
  } finally {
    clearInterval(watch);
  }
}
