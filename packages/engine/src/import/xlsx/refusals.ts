import { ImportRefused } from '../import-refused.ts';

/** The refusal of a file that is no whole workbook. */
export const damaged = (reason: string): ImportRefused =>
  new ImportRefused(
    'invalid_source',
    `the spreadsheet is damaged: ${reason}`,
    'open it in a spreadsheet program and save it anew as .xlsx',
  );

/** The refusal of what could be read, but is not. */
export const unsupported = (reason: string): ImportRefused =>
  new ImportRefused('unsupported_workbook', reason, 'open it in a spreadsheet program and save it anew as .xlsx');

/** The refusal of a workbook with a password. */
export const encrypted = (): ImportRefused =>
  new ImportRefused(
    'encrypted_source',
    'the spreadsheet is protected by a password',
    'open it in a spreadsheet program, take the password away and save it as .xlsx',
  );
