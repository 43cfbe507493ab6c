import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { importSchema } from '../import-schema.ts';
import { type Contents, compressed, makeArchive, makeWorkbook, sheetOf } from './testing/make-workbook.ts';

const GOOD = '<row><c t="inlineStr"><is><t>id</t></is></c></row><row><c><v>1</v></c></row>';
const good = (more: Partial<Contents> = {}) => makeWorkbook({ sheets: [GOOD], ...more });

/** What an import ends in: `ok`, or the code and message of its refusal. */
async function endOf(source: Uint8Array | string, kind?: string): Promise<string> {
  const result = await importSchema(source, kind === undefined ? {} : { kind });
  return result.ok ? 'ok' : result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

/** The bytes with 16 or 32 bits changed: behind the end of the directory, its first record, that of an entry, or the first entry. */
function changed(bytes: Uint8Array, from: string, at: number, value: number, width: 16 | 32 = 16): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const end = copy.length - 22;
  const places: Record<string, number> = { end, local: 0, record: view.getUint32(end + 16, true) };
  const start = places[from] ?? Buffer.from(copy).lastIndexOf(from) - 46;
  if (width === 16) view.setUint16(start + at, value, true);
  else view.setUint32(start + at, value, true);
  return copy;
}
const compound = (text: string): Uint8Array =>
  Uint8Array.from([
    0xd0,
    0xcf,
    0x11,
    0xe0,
    0xa1,
    0xb1,
    0x1a,
    0xe1,
    ...Buffer.alloc(504),
    ...Buffer.from(text, 'utf16le'),
  ]);
const SHEET = 'xl/worksheets/sheet1.xml';
const laughs =
  '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><worksheet><sheetData><row><c t="str"><v>&lol1;</v></c></row></sheetData></worksheet>';

describe('hostile and broken workbooks', () => {
  it('are told from good ones', async () => {
    expect(await endOf(good())).toBe('ok');
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['no archive', Buffer.from('id,name\n1,a\n'), /^invalid_source: the source is not a spreadsheet/],
    ['empty', new Uint8Array(0), /^empty_source/],
    ['a compound file', compound('Workbook'), /^unsupported_workbook: .*old Office file/],
    ['with a password', compound('EncryptedPackage'), /^encrypted_source/],
    ['an archive of something else', makeArchive([['a.txt', 'a']]), /^invalid_source: the archive holds no workbook/],
    ['cut in the middle', good().subarray(0, 1500), /^invalid_source: .*directory.* missing/],
    ['cut at the end', good().subarray(0, -1), /^invalid_source: .*directory.* missing/],
    ['with bytes before it', Buffer.concat([Buffer.from('PK\u0003\u0004'), good()]), /^invalid_source: .*directory/],
    ['with entries that lead out', good({ others: { '../../etc/passwd': 'x' } }), /leads out of it/],
    ['with absolute entries', good({ others: { 'C:\\x': 'x' } }), /leads out of it/],
    ['with entries of one name', good({ others: { 'XL/Workbook.xml': '<a/>' } }), /two entries have the name/],
    ['with an encrypted entry', changed(good(), 'record', 8, 1), /^encrypted_source/],
    ['with an unknown method', changed(good(), SHEET, 10, 99), /^unsupported_workbook: .*method/],
    ['with a method that is another', changed(good(), SHEET, 10, 8), /cannot be unpacked|checksum/],
    ['whose sheet is none', changed(good(), SHEET, 42, 1, 32), /is not where|reaches into another/],
    ['on several disks', changed(good(), 'end', 4, 1), /^unsupported_workbook: .*disks/],
    ['in ZIP64', changed(good(), 'end', 10, 0xffff), /^unsupported_workbook: .*ZIP64/],
    ['with sizes of ZIP64', changed(good(), 'record', 24, 0xffffffff, 32), /^unsupported_workbook: .*ZIP64/],
    ['with fewer entries than told', changed(changed(good(), 'end', 10, 9), 'end', 8, 9), /ends early/],
    ['with entries that overlap', changed(good(), 'record', 20, 5000, 32), /reaches into another/],
    ['whose first entry is none', changed(good(), 'local', 0, 0), /not a spreadsheet/],
    ['with entities', good({ sheets: [laughs] }), /^doctype_refused/],
    ['with other entities', good({ sheets: ['<row><c t="str"><v>&lol;</v></c></row>'] }), /is not XML/],
    ['with XML that ends early', good({ sheets: ['<?xml version="1.0"?><worksheet><sheetData>'] }), /is not XML/],
    ['with an empty part', good({ sheets: [compressed('')] }), /part xl.worksheets.sheet1.xml is empty/],
    ['without its sheet', good({ sheets: [], names: ['a'] }), /it has no part xl\/worksheets\/sheet1.xml/],
    [
      'with a sheet outside',
      good({
        others: {
          'xl/_rels/workbook.xml.rels': '<R><Relationship Id="rId1" Type="a/worksheet" Target="../../../x"/></R>',
        },
      }),
      /outside of it/,
    ],
    [
      'with a text that is not in it',
      good({ sheets: ['<row><c t="s"><v>5</v></c></row>'], strings: '<sst/>' }),
      /refers to a text that is not in it/,
    ],
    ['with a number that is none', good({ sheets: ['<row><c><v>abc</v></c></row>'] }), /a number that is none/],
    ['with a cell at no place', good({ sheets: ['<row><c r="12"><v>1</v></c></row>'] }), /a cell has the place/],
    [
      'with a column behind the last',
      good({ sheets: ['<row><c r="XFE1"><v>1</v></c></row>'] }),
      /^import_too_large: .*16384 columns/,
    ],
    ['without a row below the header', good({ sheets: ['<row><c t="str"><v>a</v></c></row>'] }), /^nothing_to_import/],
    ['without a row', good({ sheets: [''] }), /^nothing_to_import/],
    [
      'without names',
      good({ sheets: ['<row><c><v>1</v></c></row><row><c><v>1</v></c></row>'] }),
      /^invalid_source: .*not the names/,
    ],
    ['deep', good({ sheets: [sheetOf('<a>'.repeat(200) + '</a>'.repeat(200))] }), /^import_too_large: .*nested/],
    [
      'with a million columns',
      good({ sheets: [compressed(sheetOf(`<row>${'<c><v>1</v></c>'.repeat(1e6)}</row>`))] }),
      /^import_too_large: .*16384 columns/,
    ],
    [
      'with a million values of one cell',
      good({ sheets: [compressed(sheetOf(`<row>${'<c r="A1"><v>1</v></c>'.repeat(1e6)}</row>`))] }),
      /^import_too_large: .*too many cells/,
    ],
    [
      'with a long text',
      good({ sheets: [compressed(sheetOf(`<row><c t="str"><v>${'x'.repeat(40_000)}</v></c></row>`))] }),
      /^import_too_large: .*32767 characters/,
    ],
    [
      'with many attributes',
      good({ sheets: [compressed(sheetOf(`<row ${Array.from({ length: 5000 }, (_, i) => `a${i}=""`).join(' ')}/>`))] }),
      /^import_too_large: .*attributes/,
    ],
  ])('%s', async (_, bytes, end) => {
    expect(await endOf(bytes, 'xlsx')).toMatch(end);
  });

  it('have parts that are checked by their checksum and size', async () => {
    const text = sheetOf(GOOD);
    const part = compressed(text);
    expect(await endOf(good({ sheets: [part] }))).toBe('ok');
    expect(await endOf(good({ sheets: [{ ...part, crc: 1 }] }))).toMatch(/checksum/);
    expect(await endOf(good({ sheets: [{ ...part, size: text.length + 1 }] }))).toMatch(/checksum/);
    expect(await endOf(good({ sheets: [{ ...part, size: text.length - 1 }] }))).toMatch(/larger than its archive says/);
  });

  it('are read from base64 when their kind is named', async () => {
    const text = Buffer.from(good()).toString('base64');
    expect(await endOf(text, 'xlsx')).toBe('ok');
    expect(await endOf(text.replaceAll(/.{76}/g, '$&\n'), 'xlsx')).toBe('ok');
    expect(await endOf('id,name\n1,a\n', 'xlsx')).toMatch(/^invalid_encoding: the source is not base64/);
    expect(await endOf('A'.repeat(16 * 1024 * 1024), 'xlsx')).toMatch(/^import_too_large/);
  });
});

describe('archives that unpack to gigabytes', () => {
  const MEGABYTE = 'new Uint8Array(1048576).fill(32)';
  /** A part of 4 GB that says it has `size` bytes. */
  const bomb = (size: number) => `{ piece: ${MEGABYTE}, times: 4000, size: ${size}, before: '<worksheet>' }`;
  const bombs: readonly (readonly [name: string, make: string, end: RegExp])[] = [
    ['in its sheet', `makeWorkbook({ sheets: [${bomb(4e9)}] })`, /^import_too_large: .*unpacks to more than 64 MiB/],
    ['told to be small', `makeWorkbook({ sheets: [${bomb(1000)}] })`, /larger than its archive says/],
    [
      'in its texts',
      `makeWorkbook({ sheets: ['<row><c t="s"><v>0</v></c></row>'], strings: ${bomb(4e9)} })`,
      /^import_too_large: .*unpacks to more than 64 MiB/,
    ],
    [
      'in its list of sheets',
      `makeWorkbook({ sheets: [], others: { 'xl/workbook.xml': ${bomb(4e9)} } })`,
      /import_too_large/,
    ],
    [
      'over several sheets',
      `makeWorkbook({ sheets: Array(5).fill({ piece: ${MEGABYTE}, times: 60, before: '<worksheet>', after: '</worksheet>' }) })`,
      /^import_too_large: the spreadsheet unpacks to more than 128 MiB/,
    ],
    [
      'in one text',
      `makeWorkbook({ sheets: [{ piece: new Uint8Array(1048576).fill(120), times: 4000, size: 4e9, before: '<worksheet><sheetData><row><c t="str"><v>' }] })`,
      /^import_too_large: a cell has more than 32767 characters/,
    ],
  ];

  /** Imports them one after the other, in a process of their own. @returns what each ended in, and the most memory until then, in MB */
  function inProcess(): readonly { readonly end: string; readonly peak: number }[] {
    const source = `
      import { importSchema } from ${JSON.stringify(new URL('../import-schema.ts', import.meta.url).href)};
      import { makeWorkbook } from ${JSON.stringify(new URL('./testing/make-workbook.ts', import.meta.url).href)};
      const found = [];
      for (const make of [${bombs.map(([, make]) => `() => ${make}`).join(',')}]) {
        const result = await importSchema(make());
        found.push({ end: result.ok ? 'ok' : result.diagnostics[0].code + ': ' + result.diagnostics[0].message,
          peak: Math.round(process.resourceUsage().maxRSS / 1024) });
      }
      console.log(JSON.stringify(found));`;
    const words = ['--conditions=datamaker-source', '--input-type=module', '--eval', source];
    const { stdout, stderr } = spawnSync(process.execPath, words, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { end: string; peak: number }[];
  }
  let found: ReturnType<typeof inProcess> = [];
  beforeAll(() => {
    found = inProcess();
  });

  it.each(bombs.map(([name, , end], index) => [name, index, end] as const))(
    'are refused while they unpack, in little memory: %s',
    (_, index, end) => {
      expect(found[index]?.end).toMatch(end);
      expect(found[index]?.peak).toBeLessThan(400);
    },
  );
});
