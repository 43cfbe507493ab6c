import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Dialer, loadConnector, OutboundPolicy, type Rows } from '@datamaker/connectors';
import { Agent, request } from 'undici';
import { median } from '../statistics.ts';
import { atLeast, percent } from '../targets.ts';
import { count, ratio, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';

const CONCURRENCY = 8;
const LISTED = 100;

interface Way {
  readonly name: string;
  readonly bodies: readonly unknown[];
  readonly mode: string;
}

interface Line {
  readonly name: string;
  readonly rate: number;
  /** Beside undici with bytes that were made beforehand, and beside undici that makes each body as it is sent. */
  readonly ofReady: number;
  readonly ofMaking: number;
}

/**
 * Rows over HTTP: beside undici alone, which sends the same bodies by as many requests at a time; in turns, to a server that parses
 * them and does no more.
 */
export async function insertsOverRest(made: readonly Rows[], rounds: number): Promise<Figure> {
  const rows = made.flat();
  const child = spawn(process.execPath, [fileURLToPath(new URL('./take-rows.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${String(said).trim()}`;
    const lists = Array.from({ length: Math.ceil(rows.length / LISTED) }, (_, i) =>
      rows.slice(i * LISTED, (i + 1) * LISTED),
    );
    const ways: readonly Way[] = [
      { name: 'a request for each row', bodies: rows, mode: 'row' },
      { name: `a request for ${LISTED} rows`, bodies: lists, mode: 'batch' },
    ];
    const table: Line[] = [];
    for (const { name, bodies, mode } of ways) {
      const ready = bodies.map((body) => Buffer.from(JSON.stringify(body)));
      const seconds: Record<'ready' | 'making' | 'ours', number>[] = [];
      for (let round = 0; round < rounds; round++) {
        seconds.push({
          ready: await byDriver(url, ready, (body) => body),
          making: await byDriver(url, bodies, (body) => JSON.stringify(body)),
          ours: await timed(() => byConnector(url, made, mode)),
        });
      }
      const line = (way: string, key: keyof (typeof seconds)[number]): Line => ({
        name: `${way}, ${name}`,
        rate: rows.length / median(seconds.map((one) => one[key])),
        ofReady: median(seconds.map((one) => one.ready / one[key])),
        ofMaking: median(seconds.map((one) => one.making / one[key])),
      });
      table.push(line('undici alone, bytes made beforehand', 'ready'));
      table.push(line('undici alone, JSON made on the way', 'making'));
      table.push(line('insert', 'ours'));
    }
    const [, , each, , , listed] = table;
    return {
      text: textTable(
        ['REST, 18 columns', 'rows/s', 'x undici, bytes ready', 'x undici, making JSON'],
        table.map(({ name, rate, ofReady, ofMaking }) => [name, count(rate), ratio(ofReady), ratio(ofMaking)]),
      ),
      data: { ways: table },
      targets: [
        atLeast(
          'REST: insert, a request for each row, beside undici with bytes made beforehand',
          0.8,
          each?.ofReady ?? Number.NaN,
          percent,
        ),
        atLeast(
          'REST: insert, a request for many rows, beside undici that makes JSON',
          0.8,
          listed?.ofMaking ?? Number.NaN,
          percent,
        ),
      ],
    };
  } finally {
    child.kill();
  }
}

/** Workers that each send the next body when the last is answered. */
async function byDriver<Body>(
  url: string,
  bodies: readonly Body[],
  write: (body: Body) => Buffer | string,
): Promise<number> {
  const dispatcher = new Agent({ connections: CONCURRENCY, pipelining: 1 });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = write(bodies[next++] as Body);
      const answer = await request(url, { dispatcher, method: 'POST', headers, body });
      if (answer.statusCode !== 201) throw new Error(`${answer.statusCode}`);
      await answer.body.arrayBuffer();
    }
  };
  const seconds = await timed(() => Promise.all(Array.from({ length: CONCURRENCY }, worker)));
  await dispatcher.close();
  return seconds;
}

async function byConnector(url: string, made: readonly Rows[], mode: string): Promise<void> {
  const connector = await loadConnector('rest');
  const { config, secrets } = connector.parse({ url, options: { mode, concurrency: CONCURRENCY } });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
  const session = await connector.open(config, { dialer, secrets, readOnly: false });
  const report = await session.insert({ schema: '', name: '' }, made);
  await session.close();
  if (report.failed > 0) throw new Error(`${report.failed} rows were refused`);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}
