import type { Options } from '../../options.ts';
import { median, quantile } from '../../statistics.ts';
import { below } from '../../targets.ts';
import type { Figure } from '../figure.ts';
import { cpuSeconds } from '../process-usage.ts';
import { startServerProcess } from '../server-process.ts';
import { createTemplate } from './create-template.ts';
import { openLoop } from './open-loop.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const TEMPLATES = 300;
const RATE = 200;
/** Beside them, answers that need neither key nor database: what the machine does to any server meanwhile. */
const BARE_RATE = 20;

/** Reads of templates by their ids at 200 a second. */
export async function templateReads({ quick }: Options): Promise<Figure> {
  const server = await startServerProcess(KEY);
  try {
    const { url } = server;
    const ids: string[] = [];
    const templates = quick ? TEMPLATES / 10 : TEMPLATES;
    for (let i = 0; i < templates; i++) ids.push(await createTemplate(url, KEY, `customers ${i}`));
    // Each in turn, in an order without neighbours.
    const path = (request: number): string => `/templates/${ids[(request * 7919) % templates]}`;
    await openLoop({ url, key: KEY, rate: RATE, seconds: quick ? 1 : 5, path });
    const before = cpuSeconds(server.pid);
    const seconds = quick ? 3 : 30;
    const [times, bare] = await Promise.all([
      openLoop({ url, key: KEY, rate: RATE, seconds, path }),
      openLoop({ url, key: KEY, rate: BARE_RATE, seconds, path: () => '/' }),
    ]);
    const cpu = ((cpuSeconds(server.pid) - before) / times.length) * 1000;
    const [p50, p99, longest] = [median(times), quantile(times, 0.99), Math.max(...times)];
    const barely = quantile(bare, 0.99);
    return {
      text: `templates read by id at ${RATE}/s for ${seconds} s: median ${precise(p50)}, p99 ${precise(p99)} (of answers without database meanwhile ${precise(barely)}), longest ${precise(longest)}; ${cpu.toFixed(2)} ms of the server's processor time each`,
      data: {
        rate: RATE,
        seconds,
        templates: TEMPLATES,
        median: p50,
        p99,
        longest,
        p99OfBareAnswers: barely,
        cpuMilliseconds: cpu,
      },
      targets: [below(`template read, p99 at ${RATE} requests/s`, 10, p99, precise)],
    };
  } finally {
    await server.stop();
  }
}

const precise = (value: number): string => `${value.toFixed(1)} ms`;
