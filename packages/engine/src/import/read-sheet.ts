import { failure, type Result, success } from '../template/diagnostic.ts';
import { ImportRefused } from './import-refused.ts';
import { MAX_XLSX_CELLS } from './limits.ts';
import { type SheetRow, Workbook } from './xlsx/index.ts';

export interface SheetOptions {
  /** Name of the sheet; default: the first that is not hidden. */
  readonly sheet?: string;
  /** Most rows that are read. */
  readonly rows: number;
}

/** The first rows of a sheet that have a value. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}

/**
 * Reads the beginning of a sheet of a spreadsheet (.xlsx), no further than is asked for.
 * @param bytes at most 10 MiB
 * @returns diagnostics with `invalid_source`, `empty_source`, `encrypted_source`, `unsupported_workbook`, `doctype_refused`,
 *   `import_too_large` or (of `/sheet`) `sheet_not_found`
 */
export function readSheet(bytes: Uint8Array, { sheet: wanted, rows }: SheetOptions): Result<Sheet> {
  try {
    const workbook = new Workbook(bytes);
    const { sheets } = workbook;
    const sheet =
      wanted === undefined ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0]) : workbook.find(wanted, NOT_FOUND);
    if (sheet === undefined) throw new ImportRefused('invalid_source', 'there is no sheet in the spreadsheet');
    const [found] = workbook.read([sheet], { rows, cells: MAX_XLSX_CELLS });
    return success({ name: sheet.name, rows: found?.rows ?? [] });
  } catch (error) {
    if (error instanceof ImportRefused) return failure(error.diagnostic);
    throw error;
  }
}

const NOT_FOUND = { code: 'sheet_not_found', pointer: '/sheet' };
