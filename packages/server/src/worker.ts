/** What works on runs of servers that are elsewhere. */
export { type RunningWorker, startWorker, type WorkerOptions } from './start-worker.ts';
