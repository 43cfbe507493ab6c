/** Kernels that a worker thread keeps, for jobs that may come back. */
export const KEPT_JOBS = 8;
