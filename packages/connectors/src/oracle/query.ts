/** Asks the database. @param values by their names, `:only` @returns the rows, with the names of the columns in lower case as keys */
export type Query = <Row>(text: string, values?: Readonly<Record<string, string | null>>) => Promise<Row[]>;
