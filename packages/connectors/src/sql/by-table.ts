/** A row of a catalogue that says something of a table. */
export interface Placed {
  readonly schema: string;
  readonly table_name: string;
}

/** Rows of a catalogue by `tableId` of what they speak of. */
export const byTable = <Row extends Placed>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, (row) => tableId(row.schema, row.table_name));

/** One text for a table, whatever signs are in the names. */
export const tableId = (schema: string, name: string): string => JSON.stringify([schema, name]);
