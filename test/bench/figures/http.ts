import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { compileTemplate, parseTemplateText } from '@datamaker/engine';
import { run } from '@datamaker/engine/run';
import { templateFile } from '../contenders/contenders.ts';
import type { Options } from '../options.ts';
import { median } from '../statistics.ts';
import { atLeast, below, percent } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, megabytes } from './figure.ts';
import { cpuSeconds, peakBytes } from './process-usage.ts';
import { readSocket } from './read-socket.ts';
import { startServerProcess } from './server-process.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const ROWS = 1_000_000;
const MILLION_ROWS = { count: ROWS, format: 'csv', seed: 'bench' };
/** More than any buffer holds. */
const ENDLESS = 100_000_000;

/** A million rows over loopback beside the same in this process, and what a slow reader does to the server. */
export async function http(options: Options): Promise<Figure> {
  const server = await startServerProcess(KEY);
  try {
    const { url, pid } = server;
    const path = `${url}${await createTemplate(url)}/generate`;
    const ratios: number[] = [];
    const rates: number[] = [];
    const clientRates: number[] = [];
    // Both are warm from the second round on.
    for (let round = 0; round <= (options.quick ? 2 : 7); round++) {
      const rate = ROWS / (await seconds(() => readSocket(new URL(path), KEY, JSON.stringify(MILLION_ROWS))));
      const client = ROWS / (await seconds(() => readAll(path)));
      const here = ROWS / (await seconds(generateHere));
      if (round < 2) continue;
      rates.push(rate);
      clientRates.push(client);
      ratios.push(rate / here);
    }
    const idle = await cpuShareWhileUnread(path, pid);
    const memory = peakBytes(pid);
    return {
      text: `HTTP, 1 million rows of CSV over loopback: ${count(median(rates))} rows/s; with Node's HTTP client ${count(median(clientRates))}`,
      data: { rates, clientRates, ratios, cpuShareWhileUnread: idle, memory },
      targets: [
        atLeast('HTTP, 1 million rows, beside the same in process', 0.5, median(ratios), percent),
        below('HTTP, memory of the server, also with a slow reader', 400e6, memory, megabytes),
        below('HTTP, processor share of the server while nobody reads', 0.1, idle, percent),
      ],
    };
  } finally {
    await server.stop();
  }
}

function post(url: string, body: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    request(url, { method: 'POST', headers }, resolve).on('error', reject).end(JSON.stringify(body));
  });
}

async function createTemplate(url: string): Promise<string> {
  const response = await post(`${url}/templates`, JSON.parse(readFileSync(templateFile, 'utf8')));
  let text = '';
  for await (const chunk of response) text += chunk;
  if (response.statusCode !== 201) throw new Error(`the template was not created: ${text}`);
  return `/templates/${(JSON.parse(text) as { id: string }).id}`;
}

async function seconds(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1000;
}

async function readAll(path: string): Promise<void> {
  const response = await post(path, MILLION_ROWS);
  let last = 0;
  response.on('data', (chunk: Buffer) => {
    last = chunk.at(-1) ?? 0;
  });
  await once(response, 'end');
  if (response.statusCode !== 200 || last !== 10) throw new Error(`generation ended with ${response.statusCode}`);
}

/** The same work without a server: compile, run, drop the bytes. */
async function generateHere(): Promise<void> {
  const template = parseTemplateText(readFileSync(templateFile, 'utf8'));
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed: 'bench' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  await run(plan.value, { format: { format: 'csv' }, to: ROWS }, () => undefined);
}

/** The share of a core that the server uses while a client has stopped reading. */
async function cpuShareWhileUnread(path: string, pid: number): Promise<number> {
  const response = await post(path, { count: ENDLESS, format: 'csv', seed: 'bench' });
  await once(response, 'readable');
  response.pause();
  // What is on its way fills the buffers of the system first.
  await delay(1000);
  const before = cpuSeconds(pid);
  await delay(1000);
  const used = cpuSeconds(pid) - before;
  response.destroy();
  return used;
}
