import { queryOptions } from '@tanstack/react-query';
import type { Call, EngineCalls, Reply } from './protocol.ts';

interface Waiting {
  readonly call: Call;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | undefined;
let calls = 0;
/** What the worker is at. */
let current: Waiting | undefined;
/** What it has not been sent yet: it is given one call at a time, so that what nobody wants any more is never begun. */
let waiting: Waiting[] = [];
let patience: ReturnType<typeof setTimeout> | undefined;

/** A template that takes longer than this for a page of rows is given up, so that the next key press is answered. */
const PATIENCE_MS = 30_000;

/** The worker, which is loaded when something is first asked of it. */
function startedWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if (data.id !== current?.call.id) return;
    const { resolve, reject } = current;
    current = undefined;
    clearTimeout(patience);
    sendNext();
    if (data.error === undefined) resolve(data.value);
    else reject(new Error(data.error));
  });
  worker.addEventListener('error', () => restart('The engine could not be loaded. Reload the page.'));
  return worker;
}

function sendNext(): void {
  if (current !== undefined) return;
  current = waiting.shift();
  if (current === undefined) return;
  if (current.signal?.aborted) {
    current.reject(new DOMException('nobody waits for it', 'AbortError'));
    current = undefined;
    sendNext();
    return;
  }
  patience = setTimeout(
    () => restart('These rows take too long to be made here: ask for fewer, or generate them.'),
    PATIENCE_MS,
  );
  startedWorker().postMessage(current.call);
}

/** Ends what the worker does, and has the next call start another. */
function restart(why: string): void {
  worker?.terminate();
  worker = undefined;
  clearTimeout(patience);
  const all = current === undefined ? waiting : [current, ...waiting];
  current = undefined;
  waiting = [];
  for (const { reject } of all) reject(new Error(why));
}

/** Calls the engine in its worker. @throws Error when it cannot be loaded, or takes too long */
export const engine = <Name extends keyof EngineCalls>(name: Name, ...args: Parameters<EngineCalls[Name]>) =>
  engineUntil(undefined, name, ...args);

/** The same, unless a signal says before its turn that nobody waits for it. @throws DOMException AbortError then */
export function engineUntil<Name extends keyof EngineCalls>(
  signal: AbortSignal | undefined,
  name: Name,
  ...args: Parameters<EngineCalls[Name]>
): Promise<Awaited<ReturnType<EngineCalls[Name]>>> {
  return new Promise<unknown>((resolve, reject) => {
    waiting.push({ call: { id: ++calls, name, args }, signal, resolve, reject });
    sendNext();
  }) as Promise<Awaited<ReturnType<EngineCalls[Name]>>>;
}

/** The catalogue of field types, which does not change while the page is open. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: () => engine('catalogue'),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});
