/** Kernels that a worker thread keeps at most, for jobs that may come back: those of many streams at once. */
export const KEPT_JOBS = 32;
/** What they may take together, in bytes; the one in use is kept whatever it takes. */
export const KEPT_BYTES = 48 * 1024 * 1024;
