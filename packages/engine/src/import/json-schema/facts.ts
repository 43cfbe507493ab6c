import type { ImportedColumn } from '../imported-column.ts';

/** What a schema says of a value, without the name of the column that holds it. */
export type Facts = Omit<ImportedColumn, 'name'>;
