/** What is sent to a database: the text, and the values of its parameters in order. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}
