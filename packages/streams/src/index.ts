/** Rows at a rate: a pace says when rows are due, a target takes them, `runStream` sends them and counts what is acknowledged. */
export type { Message } from './messages/message.ts';
export { MessageMaker, type Shape } from './messages/message-maker.ts';
export { CLOCK, type Clock } from './pace/clock.ts';
export { Pace } from './pace/pace.ts';
export { runStream, type StreamOptions, type StreamReport, type StreamState } from './run/run-stream.ts';
export { fileTarget } from './sinks/file-sink.ts';
export { openTarget, schemeOf, type TargetOptions } from './sinks/open-target.ts';
export type { Sink, Target } from './sinks/sink.ts';
export { ANSWER_MS } from './sinks/within.ts';
export { StreamError, type StreamProblem } from './stream-error.ts';
