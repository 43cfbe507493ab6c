import type { Capabilities } from '../connector.ts';

/** What relational systems can do. */
export const SQL_CAPABILITIES: Capabilities = {
  transactions: true,
  copy: false,
  execute: true,
  upsert: true,
  deepInsert: false,
  foreignKeys: true,
  rowOutcomes: false,
};
