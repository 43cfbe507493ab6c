/** Parts of the contract that not every system can keep: what can be said of those that can. */
export const PARTS = {
  transactions: 'several writes are kept together or not at all',
  copy: 'CSV goes in as it is',
  upsert: 'a row whose key is there changes the row that is there',
  whole_batches: 'a batch is written as a whole or not at all',
  one_doubt: 'a connection that breaks while rows are kept leaves a doubt about one batch, and only then',
  one_connection: 'a session whose connection broke stays broken',
  version: 'the system says which version it is',
  databases: 'a connection names a database',
  known_tables: 'which tables there are is known',
  known_columns: 'which columns a row may have is known, and what their values are',
  described_keys: 'primary and unique keys are described',
  unique_keys: 'there are unique keys besides the primary one',
  composite_keys: 'a key may have several columns',
  removal_by_any: 'rows are removed by any of their columns',
  empty_rows: 'a row may be nothing but what the system makes',
  order: 'rows come in the order of columns',
  conditions: 'rows are chosen by comparisons',
  null_conditions: 'rows are chosen by having no value',
} as const;

export type Part = keyof typeof PARTS;
