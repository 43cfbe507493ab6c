import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { jsonInside } from './json-encoding.ts';
import { escapeXml } from './xml-encoding.ts';

/** Indices of the workbook's cell formats (file/xlsx/workbook.ts). */
export const XLSX_STYLES = { date: 1, datetime: 2, time: 3, header: 4 } as const;

/**
 * Text in a cell: as in XML, but `_x0041_` would be read as the character of that number (ECMA-376 part 1, 22.9.2.19,
 * ST_Xstring), so its underscore is written in that way itself.
 */
const escapeText = (text: string): string => escapeXml(text.replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'));

/** What another text might complete to the character of a number. */
const mayGoOn = (part: string): boolean => /_(x[0-9a-f]{0,4})?$/i.test(part);

/** Blanks at the ends of a text, and line ends, are dropped by some readers unless told to preserve them. */
const hasEdges = (text: string): boolean => /^\s|\s$|[\r\n\t]/.test(text);

const TEXT = { open: '<c t="inlineStr"><is><t>', close: '</t></is></c>' };
const EDGED = { open: '<c t="inlineStr"><is><t xml:space="preserve">', close: TEXT.close };
const text: TextForm = { ...TEXT, escape: escapeText };
const edged: TextForm = { ...EDGED, escape: escapeText };
const styled = (style: number): TextForm => ({
  open: `<c s="${style}"><v>`,
  close: '</v></c>',
  escape: (digits) => digits,
});
const number: TextForm = { open: '<c><v>', close: '</v></c>', escape: (digits) => digits };
const forms = {
  integer: number,
  decimal: number,
  date: styled(XLSX_STYLES.date),
  datetime: styled(XLSX_STYLES.datetime),
  time: styled(XLSX_STYLES.time),
} as const;

/** A cell of known text. */
export function xlsxText(value: string, style?: number): string {
  const { open, close } = hasEdges(value) ? EDGED : TEXT;
  return `${style === undefined ? open : open.replace('<c', `<c s="${style}"`)}${escapeText(value)}${close}`;
}

/** Cells of a sheet's XML (ECMA-376 part 1, 18.3.1.4). Dates and times are serial numbers; objects and lists are JSON. */
export const xlsxEncoding: CellEncoding = {
  null: '<c/>',
  boolean: ['<c t="b"><v>0</v></c>', '<c t="b"><v>1</v></c>'],
  framesTexts: true,
  serialDates: true,
  text: (kind, facts) => {
    if (kind === 'string' || kind === 'uuid') return facts.some(hasEdges) ? edged : text;
    return forms[kind];
  },
  mayGoOn,
  whole: (facts) => {
    if (facts.some((part) => /[\r\n\t]/.test(part) || mayGoOn(part))) return undefined;
    return facts.mayBeginWith((part) => /^\s/.test(part)) || facts.mayEndWith((part) => /\s$/.test(part))
      ? undefined
      : text;
  },
  value: (value) => {
    if (value === null || value === undefined) return '<c/>';
    if (typeof value === 'boolean') return xlsxEncoding.boolean[value ? 1 : 0];
    if (typeof value === 'number') return `<c><v>${value}</v></c>`;
    return xlsxText(typeof value === 'string' ? value : JSON.stringify(value));
  },
  structure: jsonInside(TEXT.open, TEXT.close, escapeText),
};
