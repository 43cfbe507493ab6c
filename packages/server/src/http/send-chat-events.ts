import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ChatReader } from '../services/chats/chat-reader.ts';
import type { RunSignals } from '../services/runs/run-signals.ts';
import { EventStream } from './event-stream.ts';

/** What other servers do is found by looking, where their news do not come. */
const LOOK_MS = 1000;

interface Followed {
  readonly reader: ChatReader;
  /** Number of the last event that was seen. */
  readonly after: string;
  /** The turn whose end is the end; undefined: that of the one that is open, if there is one. */
  readonly turnId: string | undefined;
  readonly signals: RunSignals;
}

/** Follows a chat: all that has happened behind a number, then what happens, to the end of a turn. What is sent comes from the store. */
export async function sendChatEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  { reader, after, turnId, signals }: Followed,
): Promise<FastifyReply> {
  const events = new EventStream(request, reply);
  let seen = after;
  try {
    for (let isOver = false; !isOver; ) {
      // Asked before the events: what comes in between is seen in the next round.
      const isOpen = turnId === undefined && (await reader.isOpen());
      const happened = signals.wait(reader.chatId, LOOK_MS, events.gone);
      for await (const batch of reader.after(seen)) {
        const frames = batch.map(({ type, data, seq }) => EventStream.frame(type, JSON.stringify(data), seq));
        await events.write(frames.join(''));
        seen = batch.at(-1)?.seq ?? seen;
        if (batch.some((one) => one.type === 'done' && one.turnId === turnId)) isOver = true;
      }
      isOver ||= turnId === undefined && !isOpen;
      if (signals.closed || events.isGone) break;
      if (!isOver) await happened;
    }
  } catch (error) {
    if (!events.isGone) request.log.warn({ err: error }, 'a chat could not be followed to its end');
  }
  events.end();
  return reply;
}
