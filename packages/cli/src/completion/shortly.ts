import { cut } from '../output/cut.ts';

/** A summary in a menu: what stands before its first semicolon or bracket. */
export const shortly = (summary: string): string => cut(summary.split(/; | \(/)[0] ?? '', 70);
