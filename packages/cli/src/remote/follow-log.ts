import { setTimeout as wait } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { CommandError } from '../errors/command-error.ts';
import type { RemoteScenarioRun } from './remote-run.ts';
import { type ServerApi, unreachable } from './server-api.ts';
import { ServerError } from './server-error.ts';

/** How long a server may be away until nobody comes again, and how long between two tries, in milliseconds. */
const AWAY_MS = 5 * 60_000;
const PAUSE_MS = 500;

/**
 * Hands on each line of a log, also those to come, until the run has ended. A connection that breaks is made again, behind the last line
 * that was there: none is missed, and none comes twice.
 * @param query where to begin, such as `tail=10`
 * @returns the run, which has ended
 * @throws CommandError when the server stays away
 */
export async function followLog(
  api: ServerApi,
  logsUrl: string,
  onLine: (line: string) => void | Promise<void>,
  { query = '', signal }: { readonly query?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<RemoteScenarioRun> {
  let last: string | undefined;
  let awaySince: number | undefined;
  let isHandedOn = true;
  for (;;) {
    try {
      const headers = { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) };
      const path = `${logsUrl}?follow=true${query === '' ? '' : `&${query}`}`;
      const answer = await api.open(path, { headers, signal });
      if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw new CommandError(1, 'invalid_answer', `${api.url} sent no events: is it a DataMaker server?`);
      }
      const events = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>)
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream());
      for await (const { event, data, id } of events) {
        awaySince = undefined;
        if (event === 'end') return JSON.parse(data) as RemoteScenarioRun;
        // Of a line that has not ended, more comes.
        if (event !== undefined) continue;
        isHandedOn = false;
        await onLine(data);
        isHandedOn = true;
        if (id !== undefined) last = id;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!isHandedOn) throw error;
      if (error instanceof CommandError && !isPassing(error)) throw error;
      if (awaySince !== undefined && performance.now() - awaySince > AWAY_MS) {
        throw error instanceof CommandError ? error : unreachable(api.url, error);
      }
    }
    awaySince ??= performance.now();
    await wait(PAUSE_MS, undefined, signal && { signal });
  }
}

const isPassing = (error: CommandError): boolean =>
  error instanceof ServerError ? error.status >= 500 || error.status === 429 : error.code === 'server_unreachable';
