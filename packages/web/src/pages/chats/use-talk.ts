import { useEffect, useReducer, useRef, useState } from 'react';
import { eventsOf, type ServerEvent } from '../../api/events.ts';
import { Problem } from '../../api/problem.ts';
import { setSignedOut } from '../../api/signed-out.ts';
import type { ChatMode } from '../../api/types.ts';
import { addEvent, NOTHING, type Talk } from './talk.ts';

const SHORTEST_MS = 500;
const LONGEST_MS = 10_000;

export interface FollowedTalk {
  readonly talk: Talk;
  /** The connection is broken: what happens is not seen until it is there again. */
  readonly isAway: boolean;
  /** Why it cannot be followed. */
  readonly error: unknown;
  /** Says something. Resolves once the server has it; what comes of it is followed. @throws Problem when it is refused */
  readonly send: (text: string, mode: ChatMode | undefined) => Promise<void>;
}

/** What happened in a chat and what happens, each event once and in order, over breaks of the connection. @param path of the chat */
export function useTalk(path: string): FollowedTalk {
  const [talk, take] = useReducer(addEvent, NOTHING);
  const [isAway, setAway] = useState(false);
  const [error, setError] = useState<unknown>();
  const last = useRef(0);
  const isOpen = useRef(false);
  const control = useRef<AbortController>(undefined);
  const isGone = useRef(false);

  const see = (event: ServerEvent): void => {
    setAway(false);
    const seq = Number(event.id);
    if (!(seq > last.current)) return;
    last.current = seq;
    if (event.event === 'message' || event.event === 'done') isOpen.current = event.event === 'message';
    take(event);
  };
  const follow = async (signal: AbortSignal): Promise<void> => {
    for (let pause = SHORTEST_MS; ; pause = Math.min(pause * 2, LONGEST_MS)) {
      const before = last.current;
      try {
        const headers = { 'Last-Event-ID': String(before) };
        for await (const event of eventsOf(`${path}/events`, { headers, signal })) see(event);
        setAway(false);
        if (!isOpen.current) return;
      } catch (problem) {
        if (signal.aborted) return;
        if (problem instanceof Problem && problem.status > 0 && problem.status < 500) throw problem;
        setAway(true);
      }
      if (last.current > before) pause = SHORTEST_MS;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (signal.aborted) return;
    }
  };
  /** Whatever was followed before is left. */
  const begin = (mine: AbortController, what: () => Promise<void>): void => {
    control.current?.abort();
    control.current = mine;
    setError(undefined);
    what().catch((problem: unknown) => {
      if (mine.signal.aborted) return;
      if (problem instanceof Problem && problem.code === 'unauthorized') setSignedOut(true);
      setError(problem);
    });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is another one for another chat
  useEffect(() => {
    isGone.current = false;
    const mine = new AbortController();
    begin(mine, () => follow(mine.signal));
    return () => {
      isGone.current = true;
      control.current?.abort();
    };
  }, [path]);

  const send = async (text: string, mode: ChatMode | undefined): Promise<void> => {
    const mine = new AbortController();
    const body = { text, ...(mode === undefined ? {} : { mode }) };
    const stream = eventsOf(`${path}/messages`, { method: 'POST', body, signal: mine.signal });
    let next = await stream.next();
    if (isGone.current) return mine.abort();
    begin(mine, async () => {
      try {
        // Something that was not seen lies before it, where another page has spoken meanwhile: then all is followed from there.
        for (; !next.done && Number(next.value.id) <= last.current + 1; next = await stream.next()) see(next.value);
        await stream.return(undefined);
      } catch (problem) {
        if (mine.signal.aborted) throw problem;
      }
      await follow(mine.signal);
    });
  };
  return { talk, isAway, error, send };
}
