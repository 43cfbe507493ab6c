/**
 * What row functions and those who call them agree on about the kernel's memory. Apart from the compiler, which threads that
 * only run a kernel need not load.
 */

/** Where a call of the row function leaves the number of rows it wrote. */
export const ROWS_DONE = 0;
/** Address of the current row's entries in the table of JavaScript columns. */
export const COLUMN_CURSOR = 8;
/** Where a call of the seed function finds the seed's word (random/field-key.ts). */
export const SEED_WORD = 16;

/** Pages that a shared memory may grow to: 1 GiB of addresses, which cost nothing until they are used. */
export const SHARED_PAGES = 16_384;
