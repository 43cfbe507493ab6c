import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Options } from '../options.ts';
import { median, quantile } from '../statistics.ts';
import { below, exactly } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, megabytes, milliseconds } from './figure.ts';
import { residentBytes } from './process-usage.ts';
import { startServerProcess } from './server-process.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const SESSIONS = 200;

/** What a tool takes beside the request of the API that it makes, and many clients that call tools at once. */
export async function mcp({ quick }: Options): Promise<Figure> {
  const server = await startServerProcess(KEY);
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const connect = async (): Promise<Client> => {
    const client = new Client({ name: 'bench', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit: { headers } }));
    return client;
  };
  const clients: Client[] = [];
  try {
    const body = JSON.stringify({ name: 'bench', fields: [{ name: 'id', type: 'sequence' }] });
    const made = await fetch(`${server.url}/templates`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { id: string };
    const read = async (): Promise<void> => {
      const answer = await fetch(`${server.url}/templates/${id}`, { headers });
      if (!answer.ok || !(await answer.text()).includes(id)) throw new Error(`the API answered ${answer.status}`);
    };
    const call = async (client: Client): Promise<void> => {
      const result = await client.callTool({ name: 'get_template', arguments: { template: id } });
      if (result.isError === true) throw new Error(`a tool answered ${JSON.stringify(result.content)}`);
    };
    const timed = async (what: () => Promise<void>): Promise<number> => {
      const start = performance.now();
      await what();
      return performance.now() - start;
    };
    const alone = await connect();
    clients.push(alone);
    const [reads, calls]: [number[], number[]] = [[], []];
    const rounds = quick ? 200 : 3000;
    // By turns, so that both have the same neighbours; the optimising compiler does its work first.
    for (let round = -rounds / 5; round < rounds; round++) {
      const [one, other] = [await timed(read), await timed(() => call(alone))];
      if (round >= 0) {
        reads.push(one);
        calls.push(other);
      }
    }
    const overhead = quantile(calls, 0.99) - median(reads);
    for (let i = 0; i < SESSIONS; i += 20) clients.push(...(await Promise.all(Array.from({ length: 20 }, connect))));
    const sessions = clients.slice(1);
    const each = quick ? 2 : 20;
    const start = performance.now();
    let failed = 0;
    const times = await Promise.all(
      sessions.map(async (client) => {
        const own: number[] = [];
        for (let i = 0; i < each; i++) {
          await timed(() => call(client)).then(
            (ms) => own.push(ms),
            () => failed++,
          );
        }
        return own;
      }),
    );
    const rate = (SESSIONS * each - failed) / ((performance.now() - start) / 1000);
    const p99 = quantile(times.flat(), 0.99);
    const resident = residentBytes(server.pid);
    return {
      text: [
        `a tool that reads a template: median ${median(calls).toFixed(1)} ms, p99 ${quantile(calls, 0.99).toFixed(1)} ms; the API alone: median ${median(reads).toFixed(1)} ms, p99 ${quantile(reads, 0.99).toFixed(1)} ms`,
        `${SESSIONS} sessions at once: ${count(rate)} calls/s, p99 ${milliseconds(p99)}, ${failed} failed, server ${megabytes(resident)}`,
      ].join('\n'),
      data: { reads: median(reads), calls: median(calls), overhead, sessions: { rate, p99, failed, resident } },
      targets: [
        below('a tool beside the API, p99 less the median of the API', 20, overhead, milliseconds),
        exactly(`failed calls of ${SESSIONS} sessions at once`, 0, failed),
      ],
    };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await server.stop();
  }
}
