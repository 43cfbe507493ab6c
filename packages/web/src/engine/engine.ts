import { queryOptions } from '@tanstack/react-query';
import type { Call, EngineCalls, Reply } from './protocol.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | undefined;
let calls = 0;
const waiting = new Map<number, Waiting>();

/** The worker, which is loaded when something is first asked of it. */
function startedWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) call?.resolve(data.value);
    else call?.reject(new Error(data.error));
  });
  worker.addEventListener('error', () => restart('The engine could not be loaded. Reload the page.'));
  return worker;
}

/** Ends what the worker does, and has the next call start another. */
function restart(why: string): void {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new Error(why));
  waiting.clear();
}

/** A template that takes longer than this for a page of rows is given up, so that the next key press is answered. */
const PATIENCE_MS = 30_000;

/** Calls the engine in its worker. @throws Error when it cannot be loaded, or takes too long */
export function engine<Name extends keyof EngineCalls>(
  name: Name,
  ...args: Parameters<EngineCalls[Name]>
): Promise<Awaited<ReturnType<EngineCalls[Name]>>> {
  const id = ++calls;
  const answer = new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    startedWorker().postMessage({ id, name, args } satisfies Call);
  });
  const patience = setTimeout(
    () => restart('These rows take too long to be made here: ask for fewer, or generate them.'),
    PATIENCE_MS,
  );
  return answer.finally(() => clearTimeout(patience)) as Promise<Awaited<ReturnType<EngineCalls[Name]>>>;
}

/** The catalogue of field types, which does not change while the page is open. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: () => engine('catalogue'),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});
