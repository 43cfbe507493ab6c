import type { Format } from './format-table.ts';

const FILES: ReadonlySet<Format> = new Set(['xlsx', 'parquet', 'avro']);

/** Whether a format is a file of parts that must be joined, rather than the bytes of its rows one after the other. */
export const isFile = (format: Format): boolean => FILES.has(format);
