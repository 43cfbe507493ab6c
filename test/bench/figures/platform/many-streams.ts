import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Options } from '../../options.ts';
import { below, exactly } from '../../targets.ts';
import { count } from '../../text-table.ts';
import { type Figure, megabytes } from '../figure.ts';
import { type TreeBytes, treeBytes } from '../process-tree.ts';
import { cpuSeconds, peakBytes } from '../process-usage.ts';
import { startServerProcess } from '../server-process.ts';
import { createTemplate } from './create-template.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
const STREAMS = 100;
const TEMPLATES = 10;
/**
 * Line breaks beside those of rows, which hold none in this template: CSV has one after its header, JSON after the bracket that
 * begins it and the one that ends it, where the last row has one for a comma.
 */
const FORMATS = [
  { format: 'csv', otherLines: 1 },
  { format: 'json', otherLines: 2 },
] as const;

/** A hundred generations at once. Nobody reads on before all have begun, so that the server has all of them open. */
export async function manyStreams({ quick }: Options): Promise<Figure> {
  const rows = quick ? 10_000 : 100_000;
  const server = await startServerProcess(KEY);
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  try {
    const paths: string[] = [];
    for (let i = 0; i < TEMPLATES; i++) {
      paths.push(`${server.url}/templates/${await createTemplate(server.url, KEY, `customers ${i}`)}/generate`);
    }
    const before = cpuSeconds(server.pid);
    const start = performance.now();
    const most = { server: 0, database: 0 };
    const watch = setInterval(() => raise(most, treeBytes(server.pid)), 100);
    const begun = Promise.withResolvers<void>();
    let waiting = STREAMS;
    let bytes = 0;
    let secondsUntilBegun = Number.NaN;
    const one = async (stream: number): Promise<string | undefined> => {
      const { format, otherLines } = FORMATS[stream % FORMATS.length] as (typeof FORMATS)[number];
      const path = paths[Math.floor(stream / FORMATS.length) % TEMPLATES] as string;
      const answer = await post(agent, path, { count: rows, format, seed: `stream ${stream}` });
      if (--waiting === 0) {
        secondsUntilBegun = (performance.now() - start) / 1000;
        begun.resolve();
      }
      await begun.promise;
      let counted = -otherLines;
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        counted += linesIn(chunk);
        bytes += chunk.length;
      }
      if (answer.statusCode !== 200) return `status ${answer.statusCode}`;
      return counted === rows ? undefined : `${format}: ${counted} rows`;
    };
    const faults = (
      await Promise.all(
        Array.from({ length: STREAMS }, (_, stream) => one(stream).catch((error: Error) => error.message)),
      ).finally(() => clearInterval(watch))
    ).filter((fault) => fault !== undefined);
    const seconds = (performance.now() - start) / 1000;
    const cpu = cpuSeconds(server.pid) - before;
    raise(most, treeBytes(server.pid));
    // The system keeps the peak of the process; between two looks there may have been more.
    most.server = Math.max(most.server, peakBytes(server.pid));
    const total = STREAMS * rows;
    return {
      text: `${STREAMS} streams of ${count(rows)} rows at once, CSV and JSON of ${TEMPLATES} templates: ${count(total / seconds)} rows/s, ${megabytes(bytes / seconds)}/s, ${count(total / cpu)} rows per second of the server's processor time, all begun after ${secondsUntilBegun.toFixed(1)} s; server ${megabytes(most.server)}, with its PostgreSQL ${megabytes(most.server + most.database)}${faults.length > 0 ? `; faults: ${[...new Set(faults)].join(', ')}` : ''}`,
      data: { streams: STREAMS, rows, seconds, secondsUntilBegun, cpuSeconds: cpu, bytes, most, faults },
      targets: [
        exactly(`${STREAMS} generate streams at once that were whole`, STREAMS, STREAMS - faults.length),
        below(`${STREAMS} generate streams at once, memory of the server`, 600e6, most.server, megabytes),
      ],
    };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

function raise(most: { server: number; database: number }, now: TreeBytes): void {
  most.server = Math.max(most.server, now.server);
  most.database = Math.max(most.database, now.database);
}

async function post(agent: Agent, url: string, body: unknown): Promise<IncomingMessage> {
  const headers = { 'x-api-key': KEY, 'content-type': 'application/json' };
  const asked = request(url, { method: 'POST', headers, agent });
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}
