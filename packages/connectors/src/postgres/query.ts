/** Asks the database. @returns the rows, with the names of the columns as keys */
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
