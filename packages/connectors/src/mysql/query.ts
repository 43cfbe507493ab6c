/** Asks the database. @returns the rows, with values as text in the order of the columns */
export type Query = (text: string) => Promise<readonly (readonly (string | null)[])[]>;
