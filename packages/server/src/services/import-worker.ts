import { parentPort, workerData } from 'node:worker_threads';
import { type ImportOptions, importSchema } from '@datamaker/engine/import';

/** The thread of one import: reads the source it was started with and answers with the result. */
const { source, options } = workerData as { source: string; options: ImportOptions };
parentPort?.postMessage(await importSchema(source, options));
