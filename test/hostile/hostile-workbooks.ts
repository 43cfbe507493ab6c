import {
  compressed,
  makeArchive,
  makeWorkbook,
  type Repeated,
  sheetOf,
} from '../../packages/engine/src/import/xlsx/testing/make-workbook.ts';
import { documents, type HostileDocument, MIB, utf8 } from './hostile-document.ts';
import { hostileXml, type Lures } from './hostile-xml.ts';

/** Spreadsheets in XLSX: archives, XML and cells. */
export function hostileWorkbooks(lures: Lures): HostileDocument[] {
  const { url, file } = lures;
  const GOOD = '<row><c t="inlineStr"><is><t>id</t></is></c></row><row><c><v>1</v></c></row>';
  const good = (others: Readonly<Record<string, string | Repeated>> = {}) => makeWorkbook({ sheets: [GOOD], others });
  const repeated = (piece: string, count: number): Repeated => ({
    before: '<worksheet><sheetData><row><c t="inlineStr"><is><t>id</t></is></c></row>',
    piece: utf8(piece.repeat(1000)),
    times: count / 1000,
    after: '</sheetData></worksheet>',
  });
  const bomb = (size = 4e9): Repeated => ({
    piece: new Uint8Array(MIB).fill(32),
    times: 4000,
    size,
    before: '<worksheet>',
  });
  const relation = (target: string, more = '', type = 'worksheet') =>
    `<Relationships><Relationship Id="rId1" Type="http://a/${type}" Target="${target}" ${more}/></Relationships>`;
  const PARTS = [
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/worksheets/sheet1.xml',
    'xl/styles.xml',
    '[Content_Types].xml',
  ];
  const xml = Object.entries(hostileXml(lures, '<worksheet>', '</worksheet>'));
  const names = [
    '../../evil',
    '/etc/evil',
    'C:\\evil',
    '..\\..\\evil',
    'xl/../../../evil',
    'xl/%2e%2e/%2e%2e/evil',
    'a\0b',
    'a'.repeat(60_000),
    'xl//worksheets/sheet1.xml',
    './xl/workbook.xml',
    'nul',
    '~/evil',
  ];
  return [
    ...documents('xlsx', {
      'ten million rows': () => makeWorkbook({ sheets: [repeated('<row><c><v>1</v></c></row>', 1e7)] }),
      'ten million rows of nothing': () => makeWorkbook({ sheets: [repeated('<row/>', 1e7)] }),
      'a row of number 1e9': makeWorkbook({
        sheets: [`${GOOD}<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>`],
      }),
      'a size of all cells': makeWorkbook({
        sheets: [
          `<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>${GOOD}</sheetData></worksheet>`,
        ],
      }),
      'a million columns': () =>
        makeWorkbook({ sheets: [compressed(sheetOf(`<row>${'<c><v>1</v></c>'.repeat(1e6)}</row>`))] }),
      'a bomb in its sheet': () => makeWorkbook({ sheets: [bomb()] }),
      'a bomb that says it is small': () => makeWorkbook({ sheets: [bomb(1000)] }),
      'a bomb in its texts': () => makeWorkbook({ sheets: ['<row><c t="s"><v>0</v></c></row>'], strings: bomb() }),
      'a bomb in its styles': () => good({ 'xl/styles.xml': bomb() }),
      'a bomb in its list of sheets': () => good({ 'xl/workbook.xml': bomb() }),
      'a bomb beside': () => good({ 'xl/media/image1.png': bomb() }),
      '20,000 entries': () => makeArchive(Array.from({ length: 20_000 }, (_, i) => [`e${i}`, ''] as const)),
      'an archive in an archive': () => good({ 'xl/embeddings/a.xlsx': Buffer.from(good()).toString('latin1') }),
      'links to a server': () =>
        good({
          'xl/externalLinks/externalLink1.xml': `<externalLink><externalBook r:id="rId1"/></externalLink>`,
          'xl/externalLinks/_rels/externalLink1.xml.rels': relation(
            `${url}/x.xlsx`,
            'TargetMode="External"',
            'externalLinkPath',
          ),
        }),
      'a sheet on a server': () =>
        good({ 'xl/_rels/workbook.xml.rels': relation(`${url}/sheet.xml`, 'TargetMode="External"') }),
      'a sheet in a file': () =>
        good({ 'xl/_rels/workbook.xml.rels': relation(`file://${file}`, 'TargetMode="External"') }),
      'a sheet outside': () => good({ 'xl/_rels/workbook.xml.rels': relation(`../../../../..${file}`) }),
      'a query of a server': () =>
        good({
          'xl/connections.xml': `<connections><connection id="1" type="4"><webPr url="${url}/q"/></connection></connections>`,
        }),
      'formulas that ask a server': () =>
        makeWorkbook({
          sheets: [`${GOOD}<row><c t="str"><f>WEBSERVICE("${url}/f")</f><v>=cmd|' /C calc'!A0</v></c></row>`],
        }),
      macros: () => good({ 'xl/vbaProject.bin': 'macro' }),
      'names of the prototype': () =>
        makeWorkbook({
          sheets: [
            '<row><c t="str"><v>__proto__</v></c><c t="str"><v>constructor</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>',
          ],
          names: ['__proto__'],
        }),
      'a sheet whose name leads out': () => makeWorkbook({ sheets: [GOOD], names: ['../../evil'] }),
    }),
    ...names.map((name) => ({
      name: `xlsx: an entry called ${name.slice(0, 30)}`,
      kind: 'xlsx' as const,
      bytes: () => good({ [name]: 'x' }),
    })),
    ...['xl/workbook.xml', 'xl/worksheets/sheet1.xml'].map((part) => ({
      name: `xlsx: ${part} is a link to a file`,
      kind: 'xlsx' as const,
      bytes: () => linked(good({ [part]: file }), part),
    })),
    ...Array.from({ length: 12 }, (_, i) => ({
      name: `xlsx: cut off after ${i + 1} thirteenths`,
      kind: 'xlsx' as const,
      bytes: () => good().subarray(0, Math.floor((good().length * (i + 1)) / 13)),
    })),
    ...Array.from({ length: 24 }, (_, i) => ({
      name: `xlsx: a byte changed, ${i}`,
      kind: 'xlsx' as const,
      bytes: () => flipped(good(), i),
    })),
    ...PARTS.flatMap((part) =>
      xml.map(([name, make]) => ({
        name: `xlsx: ${name} in ${part}`,
        kind: 'xlsx' as const,
        bytes: () => good({ [part]: compressed(make()) }),
      })),
    ),
  ];
}

/** An entry of the directory says that it is a symbolic link (PKWARE APPNOTE 4.4.15, Unix mode in the upper half). */
function linked(bytes: Uint8Array, part: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const record = copy.lastIndexOf(part) - 46;
  copy.writeUInt8(3, record + 5);
  copy.writeUInt32LE((0o120777 << 16) >>> 0, record + 38);
  return copy;
}

function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  const at = (index * 7919) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (index % 8));
  return copy;
}
