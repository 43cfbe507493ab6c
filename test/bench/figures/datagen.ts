import type { Options } from '../options.ts';
import { median, quantile } from '../statistics.ts';
import { below } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, milliseconds } from './figure.ts';
import { KeepAlive } from './keep-alive.ts';
import { cpuSeconds } from './process-usage.ts';
import { startServerProcess } from './server-process.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const CLIENTS = 50;
const ROWS = 100;
/** Agents ask for the same tables again and again. */
const TABLES = [
  ['customer_id', 'first_name', 'last_name', 'email', 'phone', 'city', 'country', 'signup_date'],
  ['order_id', 'customer_id', 'ordered_at', 'status', 'quantity', 'unit_price', 'total', 'currency'],
  ['employee_id', 'full_name', 'department', 'job_title', 'salary', 'hired_on', 'is_manager', 'office'],
  ['sku', 'product_name', 'category', 'price', 'stock', 'weight_kg', 'created_at', 'updated_at'],
];

/** AI mode under load: 50 clients, each of which asks for 100 rows and, when it has them, for the next. */
export async function datagen(options: Options): Promise<Figure> {
  const server = await startServerProcess(KEY);
  const url = new URL(`${server.url}/api/v1/generate-ai`);
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => KeepAlive.to(url, KEY)));
  try {
    const requests = TABLES.map((names) => ({
      body: JSON.stringify({ field_names: names, count: ROWS }),
      row: `{${JSON.stringify(names[0])}:`,
    }));
    const load = async (total: number): Promise<{ times: number[]; seconds: number }> => {
      let left = total;
      const times: number[] = [];
      const start = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          while (left-- > 0) {
            const { body, row } = requests[left % requests.length] as (typeof requests)[number];
            const asked = performance.now();
            const answer = await client.post(body);
            times.push(performance.now() - asked);
            if (answer.status !== 200) throw new Error(`a request was answered with ${answer.status}`);
            const rows = answer.body.split(row).length - 1;
            if (rows !== ROWS) throw new Error(`a request for ${ROWS} rows was answered with ${rows}`);
          }
        }),
      );
      return { times, seconds: (performance.now() - start) / 1000 };
    };
    // The optimising compiler does its work first.
    await load(options.quick ? 1000 : 5000);
    const before = cpuSeconds(server.pid);
    const { times, seconds } = await load(options.quick ? 3000 : 20_000);
    const cpu = ((cpuSeconds(server.pid) - before) / times.length) * 1000;
    const p99 = quantile(times, 0.99);
    const rate = times.length / seconds;
    return {
      text: `AI mode, ${ROWS} rows, ${CLIENTS} clients at once: ${count(rate)} requests/s, median ${milliseconds(median(times))}, p99 ${milliseconds(p99)}; ${cpu.toFixed(2)} ms of the server's processor time each`,
      data: { requestsPerSecond: rate, cpuMilliseconds: cpu, median: median(times), p99, longest: Math.max(...times) },
      targets: [below(`AI mode, ${ROWS} rows, p99 of ${CLIENTS} clients at once`, 50, p99, milliseconds)],
    };
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}
