/** Asks the database. @returns the rows, with the names of the columns in lower case as keys */
export type Query = <Row>(text: string, values?: readonly string[]) => Promise<Row[]>;
