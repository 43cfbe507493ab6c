import { joinBytes } from '../../../file/join-bytes.ts';
import { workbookParts } from '../../../file/xlsx/workbook.ts';
import { combineCrc32, crc32 } from '../../../file/zip/crc32.ts';
import { DEFLATE_END, deflatePiece } from '../../../file/zip/deflate-piece.ts';
import { ZipWriter } from '../../../file/zip/zip-writer.ts';

/** A part that is compressed, of a content that may be too long to be held: `before`, `piece` many times, `after`. */
export interface Repeated {
  readonly before?: string;
  readonly piece: Uint8Array;
  readonly times: number;
  readonly after?: string;
  /** What the archive claims; default: the truth. */
  readonly size?: number;
  readonly crc?: number;
}

/** An archive of entries, in their order; texts are stored as they are. */
export function makeArchive(entries: readonly (readonly [string, string | Repeated])[]): Uint8Array<ArrayBuffer> {
  const zip = new ZipWriter();
  const parts: Uint8Array[] = [];
  for (const [name, content] of entries) {
    if (typeof content === 'string') {
      parts.push(zip.store(name, content));
      continue;
    }
    const { stream, size, crc } = pack(content);
    const length = stream.reduce((sum, bytes) => sum + bytes.length, 0);
    parts.push(zip.begin(name), ...stream);
    zip.pass(length);
    parts.push(zip.end(content.crc ?? crc, length, content.size ?? size));
  }
  return joinBytes([...parts, zip.directory()]);
}

/** Each stretch is compressed once, however often it comes. */
function pack({ before = '', piece, times, after = '' }: Repeated) {
  const encoder = new TextEncoder();
  const stream: Uint8Array[] = [];
  let size = 0;
  let crc = 0;
  for (const [bytes, count] of [
    [encoder.encode(before), 1],
    [piece, times],
    [encoder.encode(after), 1],
  ] as const) {
    const packed = deflatePiece([bytes]);
    const own = crc32(bytes);
    for (let i = 0; i < count; i++) {
      stream.push(packed);
      crc = combineCrc32(crc, own, bytes.length);
      size += bytes.length;
    }
  }
  return { stream: [...stream, DEFLATE_END], size, crc };
}

/** A text as a compressed part. */
export const compressed = (text: string): Repeated => ({ piece: new TextEncoder().encode(text), times: 1 });

export interface Contents {
  /** XML of what stands in each sheet's `sheetData`, or the whole part. */
  readonly sheets: readonly (string | Repeated)[];
  readonly names?: readonly string[];
  readonly strings?: string | Repeated;
  readonly styles?: string;
  /** More entries, or others in place of those of the same name. */
  readonly others?: Readonly<Record<string, string | Repeated>>;
}

/** A workbook from the XML of its sheets. */
export function makeWorkbook({ sheets, names, strings, styles, others = {} }: Contents): Uint8Array<ArrayBuffer> {
  const entries = new Map<string, string | Repeated>(
    workbookParts(names ?? sheets.map((_, index) => `Sheet${index + 1}`)),
  );
  sheets.forEach((sheet, index) => {
    const part = typeof sheet === 'string' && !sheet.startsWith('<?') ? sheetOf(sheet) : sheet;
    entries.set(`xl/worksheets/sheet${index + 1}.xml`, part);
  });
  if (styles !== undefined) entries.set('xl/styles.xml', styles);
  if (strings !== undefined) {
    entries.set('xl/sharedStrings.xml', strings);
    const relations = String(entries.get(RELATIONS));
    entries.set(RELATIONS, relations.replace('</Relationships>', `${SHARED}</Relationships>`));
  }
  for (const [name, content] of Object.entries(others)) entries.set(name, content);
  return makeArchive([...entries]);
}

export const sheetOf = (data: string): string =>
  `<?xml version="1.0"?><worksheet><sheetData>${data}</sheetData></worksheet>`;

const RELATIONS = 'xl/_rels/workbook.xml.rels';
const SHARED = '<Relationship Id="rIdS" Type="http://a/sharedStrings" Target="sharedStrings.xml"/>';
