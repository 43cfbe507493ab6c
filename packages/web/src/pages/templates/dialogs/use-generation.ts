import { useEffect, useRef, useState } from 'react';
import { askJson } from '../../../api/client.ts';
import { eventsOf } from '../../../api/events.ts';
import { Problem } from '../../../api/problem.ts';
import type { Run } from '../../../api/types.ts';
import { useRepeatKey } from '../../../api/use-repeat-key.ts';

const AGAIN_MS = 1000;

/** Whether it may be otherwise in a moment: a server that is away or busy, a stream that broke off. */
const mayPass = (error: unknown): boolean => !(error instanceof Problem) || error.status === 0 || error.status >= 500;

/**
 * A run until it has ended: told of by the server, and asked for again and again where it tells no more.
 * @throws Problem when it is refused, and what `signal` was aborted with
 */
async function* followed(id: string, signal: AbortSignal): AsyncGenerator<Run> {
  const path = `/runs/${id}`;
  let last = await askJson<Run>('GET', path, { signal });
  yield last;
  for (let isFirst = true; last.ended_at === null; isFirst = false) {
    try {
      if (isFirst) {
        for await (const { event, data } of eventsOf(`${path}/events`, { signal })) {
          if (event !== 'run') continue;
          last = JSON.parse(data) as Run;
          yield last;
        }
      } else {
        last = await askJson<Run>('GET', path, { signal });
        yield last;
      }
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
    }
    if (last.ended_at === null) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** A generation as a run of the server: started, followed, cancelled. @param onDone is given it when its output is there */
export function useGeneration(onDone: (run: Run) => Promise<void>) {
  const post = useRepeatKey();
  const [run, setRun] = useState<Run>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const following = useRef<AbortController>(undefined);
  // Who closes the dialog leaves the run to itself: it is among the runs.
  useEffect(() => () => following.current?.abort(), []);

  /** @param template its id, with the version that is meant */
  const start = async (template: string, body: object): Promise<void> => {
    const control = new AbortController();
    following.current = control;
    setError(undefined);
    setRun(undefined);
    setRunning(true);
    try {
      const { run_id } = await post<{ run_id: string }>(`/templates/${template}/generate`, { ...body, async: true });
      let last: Run | undefined;
      for await (last of followed(run_id, control.signal)) setRun(last);
      if (last?.state === 'done') await onDone(last);
    } catch (problem) {
      if (!control.signal.aborted) setError(problem);
    } finally {
      if (!control.signal.aborted) setRunning(false);
    }
  };
  const cancel = async (): Promise<void> => {
    if (run === undefined) return;
    await askJson('POST', `/runs/${run.id}/cancel`, { body: {} }).catch(setError);
  };
  return { run, error, isRunning, start, cancel };
}
