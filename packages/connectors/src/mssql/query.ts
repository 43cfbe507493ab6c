/** Asks the database. @param values are texts, `@p1` and on @returns the rows, with the names of the columns as keys */
export type Query = <Row>(text: string, values?: readonly (string | null)[]) => Promise<Row[]>;
