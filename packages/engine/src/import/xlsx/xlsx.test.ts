import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ImportRefused } from '../import-refused.ts';
import { type Cell, Workbook } from './index.ts';
import { kindOfFormat } from './number-format.ts';
import { toDated } from './serial-date.ts';
import { type Contents, compressed, makeWorkbook, sheetOf } from './testing/make-workbook.ts';

const LIMITS = { rows: 1000, cells: 100_000 };

/** The rows of the first sheet, by number, as lists of [column, value]. */
function rowsOf(bytes: Uint8Array, limits = LIMITS) {
  const workbook = new Workbook(bytes);
  const [found] = workbook.read(workbook.sheets.slice(0, 1), limits);
  return found?.rows.map(({ number, cells }) => [number, ...[...cells].map(([at, { value }]) => [at, value])]);
}
const cellsOf = (data: string, more: Omit<Contents, 'sheets'> = {}) =>
  rowsOf(makeWorkbook({ sheets: [`<row>${data}</row>`], ...more }))?.[0]?.slice(1);

describe('cells', () => {
  it('are texts, numbers, booleans and nothing, by their types', () => {
    const data =
      '<c t="inlineStr"><is><t>a</t></is></c><c><v>1.5</v></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>x</v></c>' +
      '<c/><c t="e"><v>#N/A</v></c><c t="n"><v/></c><c t="s"><v>1</v></c><c t="d"><v>2024-02-29</v></c>';
    const strings = '<sst><si><t>no</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r></si></sst>';
    expect(cellsOf(data, { strings })).toEqual([
      [0, 'a'],
      [1, 1.5],
      [2, true],
      [3, 'x'],
      [7, 'rich '],
      [8, '2024-02-29'],
    ]);
  });

  it('stand where they say, and next to the one before where they say nothing', () => {
    expect(cellsOf('<c r="B1"><v>1</v></c><c><v>2</v></c><c r="XFD1"><v>3</v></c>')).toEqual([
      [1, 1],
      [2, 2],
      [16_383, 3],
    ]);
  });

  it('lose phonetic hints and the spelling of characters', () => {
    const data = '<c t="inlineStr"><is><t>a_x000D_&amp;_x0041_</t><rPh sb="0" eb="1"><t>hint</t></rPh></is></c>';
    expect(cellsOf(data)).toEqual([[0, 'a\r&A']]);
  });

  it('keep the 15 digits that Excel keeps', () => {
    expect(cellsOf('<c><v>19.989999999999998</v></c>')).toEqual([[0, 19.99]]);
  });

  it('have prefixes and editions of the standard as they please', () => {
    const sheet =
      '<?xml version="1.0"?><x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(rowsOf(makeWorkbook({ sheets: [sheet] }))).toEqual([[1, [0, 7]]]);
  });

  it('are dates by the number format of their style', () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-409]d\\-mmm\\-yy;@"/></numFmts><cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="21"/></cellXfs></styleSheet>';
    const cell = (style: number, value: number) => `<c s="${style}"><v>${value}</v></c>`;
    const data = cell(0, 45351) + cell(1, 45351) + cell(2, 45351) + cell(3, 45351.5) + cell(4, 0.75) + cell(1, -1);
    expect(cellsOf(data, { styles })?.map((pair) => (pair as unknown[])[1])).toEqual([
      45351,
      '2024-02-29',
      '2024-02-29',
      '2024-02-29T12:00:00',
      '18:00:00',
      -1,
    ]);
  });
});

describe('number formats', () => {
  it.each([
    ['General', 'number'],
    ['0.00', 'number'],
    ['#,##0 "days"', 'number'],
    ['0\\d', 'number'],
    ['[Red]0.0', 'number'],
    ['[h]:mm:ss', 'number'],
    ['yyyy\\-mm\\-dd', 'date'],
    ['mmm yyyy', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['yyyy\\-mm\\-dd\\ hh:mm:ss.000', 'datetime'],
    ['m/d/yy h:mm AM/PM', 'datetime'],
    ['hh:mm', 'time'],
    ['mm:ss', 'time'],
    ['0.00;[Red]-d', 'number'],
  ])('%s is of a %s', (code, kind) => {
    expect(kindOfFormat(code)).toBe(kind);
  });
});

describe('dates', () => {
  const value = (serial: number, kind: 'date' | 'datetime' | 'time', is1904 = false): Cell['value'] =>
    toDated(serial, kind, is1904).value;

  it('count from 1900 with its day that was not, or from 1904', () => {
    expect(value(1, 'date')).toBe('1900-01-01');
    expect(value(59, 'date')).toBe('1900-02-28');
    expect(value(61, 'date')).toBe('1900-03-01');
    expect(value(2_958_465, 'date')).toBe('9999-12-31');
    expect(value(0, 'date', true)).toBe('1904-01-01');
    expect(value(2_957_003, 'date', true)).toBe('9999-12-31');
  });

  it('beyond the calendar of spreadsheets stay numbers', () => {
    for (const serial of [-1, 0.5, 2_958_466, 1e300]) expect(value(serial, 'date')).toBe(serial);
  });

  it('are those that JavaScript counts, for every day and second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), fc.integer({ min: 1, max: 86_399 }), (day, second) => {
        const moment = new Date(Date.UTC(1899, 11, 30 + day, 0, 0, second)).toISOString().slice(0, 19);
        expect(value(day + second / 86_400, 'datetime')).toBe(moment);
        expect(value(day, 'date')).toBe(new Date(Date.UTC(1899, 11, 30 + day)).toISOString().slice(0, 10));
      }),
    );
  });
});

describe('a workbook', () => {
  it('gives what was written, whatever the texts, the numbers and the compression', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
    // XML has no other control characters, and _xHHHH_ stands for one.
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 300 })
      .map((given) => given.replaceAll('_x', '_'));
    const cell = fc.oneof(text, fc.integer(), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 30 }),
        fc.nat(9),
        (rows, level) => {
          const strings: string[] = [];
          const xml = rows.map((cells) => {
            const inner = cells.map((given) => {
              if (typeof given === 'string') return `<c t="s"><v>${strings.push(given) - 1}</v></c>`;
              return typeof given === 'boolean' ? `<c t="b"><v>${Number(given)}</v></c>` : `<c><v>${given}</v></c>`;
            });
            return `<row>${inner.join('')}</row>`;
          });
          const shared = `<sst>${strings.map((given) => `<si><t>${escaped(given)}</t></si>`).join('')}</sst>`;
          const packed = { strings: compressed(shared), sheets: [compressed(sheetOf(xml.join('')))] };
          const expected = rows.map((cells, i) => [i + 1, ...cells.map((given, at) => [at, given])]);
          expect(rowsOf(makeWorkbook(packed))).toEqual(expected);
          expect(
            rowsOf(zipped(makeWorkbook({ ...packed, sheets: [sheetOf(xml.join(''))], strings: shared }), level)),
          ).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is read no further than is asked for', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `<row r="${i * 2 + 1}"><c><v>${i}</v></c><c><v>1</v></c></row>`);
    const bytes = makeWorkbook({ sheets: [`<row/>${rows.join('')}`] });
    const workbook = new Workbook(bytes);
    expect(workbook.read(workbook.sheets, { rows: 3, cells: 100 })).toMatchObject([
      { isCut: true, rows: { length: 3 } },
    ]);
    expect(workbook.read(workbook.sheets, { rows: 50, cells: 100 })).toMatchObject([{ isCut: false }]);
    expect(workbook.read(workbook.sheets, { rows: 50, cells: 7 })).toMatchObject([
      { isCut: true, rows: { length: 3 } },
    ]);
  });
});

/** The entries of a stored archive, compressed by another writer. */
function zipped(stored: Uint8Array, level: number): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  const view = new DataView(stored.buffer);
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const [size, length] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)];
    const name = new TextDecoder().decode(stored.subarray(at + 30, at + 30 + length));
    entries[name] = stored.slice(at + 30 + length, at + 30 + length + size);
    at += 30 + length + size;
  }
  return zipSync(entries, { level: level as 0 });
}

describe('bytes of any kind', () => {
  it('end in rows or in a named refusal', () => {
    const good = makeWorkbook({
      sheets: [compressed(sheetOf('<row><c t="s"><v>0</v></c><c><v>1</v></c></row>'))],
      strings: '<sst><si><t>a</t></si></sst>',
    });
    const change = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    const spoilt = fc.tuple(change, fc.nat(good.length)).map(([changes, length]) => {
      const bytes = good.slice(0, length % 3 === 0 ? length : good.length);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(spoilt, (bytes) => {
        try {
          rowsOf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ImportRefused);
        }
      }),
      { numRuns: 600 },
    );
  });
});
