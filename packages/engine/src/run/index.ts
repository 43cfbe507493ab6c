/** Running plans on Node: worker threads over ranges, in order, with back-pressure. */
export { type RunResult, run, type Sink } from './run.ts';
export type { Progress, RunOptions } from './run-options.ts';
export { pump, type StreamOptions, stream } from './stream.ts';
