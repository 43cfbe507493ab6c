import type { OptionsOf } from './format-options.ts';
import type { Framing } from './framing.ts';
import { XLSX_STYLES, xlsxText } from './xlsx-encoding.ts';

/** Rows of a sheet, its header among them (Excel specifications and limits). */
const SHEET_ROWS = 1_048_576;

/** Rows as the XML of sheets; a batch is a sheet. Cells and rows stand in order, so none says where it is. */
export function xlsxFraming(options: OptionsOf<'xlsx'>, fields: readonly string[]): Framing {
  const { header = true, freeze = true } = options;
  const pane =
    header && freeze
      ? '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
      : '';
  const names = `<row>${fields.map((name) => xlsxText(name, XLSX_STYLES.header)).join('')}</row>`;
  return {
    head: '',
    tail: '',
    cells: fields.map((_, field) => ({ before: field === 0 ? '<row>' : '', field })),
    rowClose: '</row>',
    rowSeparator: '',
    batch: {
      rows: header ? SHEET_ROWS - 1 : SHEET_ROWS,
      head: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${pane}<sheetData>${header ? names : ''}`,
      tail: '</sheetData></worksheet>',
    },
  };
}
