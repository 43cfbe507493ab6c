import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { hasEnded, type RunService } from '../services/run-service.ts';
import type { RunSignals } from '../services/runs/run-signals.ts';
import { linesOf } from '../services/scenarios/logs/lines-of.ts';
import type { LogReader } from '../services/scenarios/logs/log-reader.ts';
import type { StoredRun } from '../store/runs.ts';
import { EventStream } from './event-stream.ts';
import { presentScenarioRun } from './schemas/scenario-run.ts';

/** A line that has not ended is sent as it grows, up to this. */
const MOST_PART = 8192;
/** Events of so many lines are one write. */
const MOST_TOGETHER = 200;

interface Followed {
  readonly run: StoredRun;
  readonly reader: LogReader;
  /** A byte of the log. */
  readonly from: number;
  readonly service: RunService;
  readonly signals: RunSignals;
}

/** Follows a log: an event for each line, then `end` with the run. What is sent comes from the store, so that nobody misses anything. */
export async function sendLogEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  { run, reader, from, service, signals }: Followed,
): Promise<FastifyReply> {
  const events = new EventStream(request, reply);
  const endedAt = async (): Promise<Date | undefined> => {
    const found = await service.find(run.id);
    return hasEnded(found) ? (found.endedAt ?? undefined) : undefined;
  };
  let last: { readonly text: string; readonly end: number } | undefined;
  try {
    for await (const lines of linesOf(reader.follow(from, signals, endedAt, events.gone))) {
      let frames = '';
      let count = 0;
      last = undefined;
      for (const { bytes, end, isWhole } of lines) {
        if (isWhole) frames += EventStream.frame(undefined, bytes.toString('utf8', 0, bytes.length - 1), String(end));
        else last = { text: bytes.toString(), end };
        if (++count % MOST_TOGETHER !== 0) continue;
        await events.write(frames);
        frames = '';
      }
      if (last !== undefined && last.text.length <= MOST_PART) frames += EventStream.frame('part', last.text);
      if (frames !== '') await events.write(frames);
    }
    // A server that stops ends the stream without it: clients come again.
    if (!signals.closed && !events.isGone) {
      if (last !== undefined) await events.write(EventStream.frame(undefined, last.text, String(last.end)));
      await events.send('end', JSON.stringify(presentScenarioRun(await service.find(run.id))));
    }
  } catch (error) {
    // One that was deleted has come to its end.
    const isOver = events.isGone || error instanceof ApiError;
    if (!isOver) request.log.warn({ err: error }, 'a log could not be followed to its end');
  }
  events.end();
  return reply;
}
