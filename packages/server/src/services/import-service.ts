import { Worker } from 'node:worker_threads';
import type { Imported, ImportOptions } from '@datamaker/engine/import';
import { validationError } from '../errors.ts';

type Answer = { ok: true; value: Imported } | { ok: false; diagnostics: Parameters<typeof validationError>[0] };

/** Imports at the same time; further ones wait. */
const AT_ONCE = 2;
const MAX_MEGABYTES = 768;
const MAX_SECONDS = 30;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Makes templates of a schema or a sample. What somebody sends may take seconds to read: each import has a thread of its own,
 * with bounded memory and time, and requests of others go on meanwhile.
 * @throws ApiError validation_error, with the diagnostics of the engine
 */
export async function importTemplates(source: string, options: ImportOptions): Promise<Imported> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    const answer = await inThread(source, options);
    if (answer.ok) return answer.value;
    throw validationError(answer.diagnostics);
  } finally {
    // The place is handed on, or given back.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

function inThread(source: string, options: ImportOptions): Promise<Answer> {
  // From sources Node runs TypeScript itself; packages resolve to sources then as well.
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(`./import-worker.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    name: 'datamaker-import',
    workerData: { source, options },
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
    execArgv: isSource ? ['--conditions=datamaker-source'] : [],
  });
  return new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(tooMuch(`reading it takes more than ${MAX_SECONDS} seconds`));
      void worker.terminate();
    }, MAX_SECONDS * 1000);
    worker.once('message', resolve);
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        resolve(tooMuch(`reading it takes more than ${MAX_MEGABYTES} MB of memory`));
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread of an import ended without an answer'));
    });
  });
}

const tooMuch = (message: string): Answer => ({
  ok: false,
  diagnostics: [{ code: 'import_too_large', pointer: '/source', message, hint: 'import it in parts' }],
});
