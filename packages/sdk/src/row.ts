/** A row: fields and their values, as JSON has them. */
export type Row = Readonly<Record<string, unknown>>;
