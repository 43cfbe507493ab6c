/** Reads workbooks (.xlsx) within bounds. */
export type { Cell, SheetRow } from './cell.ts';
export { looksLikeWorkbook } from './file-signature.ts';
export { type SheetInfo, type SheetRows, Workbook } from './workbook.ts';
