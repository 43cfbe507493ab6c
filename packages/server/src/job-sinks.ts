/** Where parts of a job go: kept in the file store, or counted and dropped. */
export const JOB_SINKS = ['files', 'hash'] as const;
export type JobSink = (typeof JOB_SINKS)[number];
