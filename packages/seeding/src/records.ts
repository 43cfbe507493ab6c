/**
 * What there is to know of seeds that were made, without what plans, writes and removes them: that is large, and a server that starts
 * has no use for it yet.
 */
export {
  RECEIPT_KIND,
  type ReceiptDocument,
  readReceiptDocument,
  type SeedTarget,
  type WrittenTable,
  writtenTables,
} from './receipt/receipt-document.ts';
export { SeedError, type SeedProblem } from './seed-error.ts';
export { hashOf, identityText } from './verify/identity-text.ts';
