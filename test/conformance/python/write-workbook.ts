import { execFileSync } from 'node:child_process';
import { here, python } from './python.ts';

/** Writes a workbook with openpyxl: write_workbook.py says what is in it. */
export const writeWorkbook = (path: string): void => void execFileSync(python(), [here('write_workbook.py'), path]);
