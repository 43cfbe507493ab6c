import { useEffect, useRef, useState } from 'react';
import { askJson } from '../../../api/client.ts';
import { eventsOf } from '../../../api/events.ts';
import type { Run } from '../../../api/types.ts';
import { useRepeatKey } from '../../../api/use-repeat-key.ts';

/** A generation as a run of the server: started, followed, cancelled. @param onDone is given it when its output is there */
export function useGeneration(onDone: (run: Run) => Promise<void>) {
  const post = useRepeatKey();
  const [run, setRun] = useState<Run>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const following = useRef<AbortController>(undefined);
  // Who closes the dialog leaves the run to itself: it is among the runs.
  useEffect(() => () => following.current?.abort(), []);

  const start = async (templateId: string, body: object): Promise<void> => {
    const control = new AbortController();
    following.current = control;
    setError(undefined);
    setRun(undefined);
    setRunning(true);
    try {
      const { run_id } = await post<{ run_id: string }>(`/templates/${templateId}/generate`, { ...body, async: true });
      let last = await askJson<Run>('GET', `/runs/${run_id}`, { signal: control.signal });
      setRun(last);
      if (last.ended_at === null) {
        for await (const { event, data } of eventsOf(`/runs/${run_id}/events`, { signal: control.signal })) {
          if (event !== 'run') continue;
          last = JSON.parse(data) as Run;
          setRun(last);
        }
      }
      if (last.state === 'done') await onDone(last);
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
