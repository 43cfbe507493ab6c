import type { Assembler, FileEncoder, Part, Stretch } from '../file-encoder.ts';
import type { XlsxSpec } from '../file-spec.ts';
import { joinBytes } from '../join-bytes.ts';
import { combineCrc32, crc32 } from '../zip/crc32.ts';
import { DEFLATE_END, deflatePiece } from '../zip/deflate-piece.ts';
import { ZipWriter } from '../zip/zip-writer.ts';
import { sheetPath, workbookParts } from './workbook.ts';

interface Note {
  readonly crc: number;
  /** Bytes before they were compressed. */
  readonly size: number;
}

/** Excel workbooks: parts are compressed pieces of the XML of a sheet. */
export function xlsxEncoder(spec: XlsxSpec): FileEncoder {
  return {
    part: (chunks) => {
      let crc = 0;
      let size = 0;
      function* measured(): Generator<Uint8Array> {
        for (const chunk of chunks) {
          crc = crc32(chunk, crc);
          size += chunk.length;
          yield chunk;
        }
      }
      const bytes = deflatePiece(measured());
      return { bytes, note: { crc, size } satisfies Note };
    },
    assembler: ({ from, to }) => new XlsxAssembler(spec, from, to),
  };
}

/** Excel takes at most 31 characters. */
const sheetName = (name: string, number: number): string => {
  if (number === 1) return name;
  const suffix = ` ${number}`;
  return `${name.slice(0, 31 - suffix.length)}${suffix}`;
};

class XlsxAssembler implements Assembler {
  readonly #spec: XlsxSpec;
  readonly #from: number;
  readonly #to: number;
  readonly #zip = new ZipWriter();
  #sheet = { crc: 0, size: 0, compressed: 0 };

  constructor(spec: XlsxSpec, from: number, to: number) {
    this.#spec = spec;
    this.#from = from;
    this.#to = to;
  }

  head(): Uint8Array<ArrayBuffer> {
    const count = Math.max(1, Math.ceil((this.#to - this.#from) / this.#spec.rowsOfSheet));
    const names = Array.from({ length: count }, (_, index) => sheetName(this.#spec.sheet, index + 1));
    const parts = workbookParts(names).map(([name, content]) => this.#zip.store(name, content));
    // Without rows nothing is begun, but there must be a sheet.
    if (this.#to === this.#from) parts.push(this.#zip.store(sheetPath(1), this.#spec.emptySheet));
    return joinBytes(parts);
  }

  around({ start, end }: Stretch, { bytes, note }: Part) {
    const { crc, size } = note as Note;
    const place = start - this.#from;
    const begins = place % this.#spec.rowsOfSheet === 0;
    const before = begins ? this.#zip.begin(sheetPath(place / this.#spec.rowsOfSheet + 1)) : new Uint8Array(0);
    if (begins) this.#sheet = { crc: 0, size: 0, compressed: 0 };
    this.#zip.pass(bytes.length);
    this.#sheet = {
      crc: combineCrc32(this.#sheet.crc, crc, size),
      size: this.#sheet.size + size,
      compressed: this.#sheet.compressed + bytes.length,
    };
    const ends = end === this.#to || (end - this.#from) % this.#spec.rowsOfSheet === 0;
    return { before, after: ends ? this.#endSheet() : new Uint8Array(0) };
  }

  #endSheet(): Uint8Array<ArrayBuffer> {
    const { crc, size, compressed } = this.#sheet;
    this.#zip.pass(DEFLATE_END.length);
    return joinBytes([DEFLATE_END, this.#zip.end(crc, compressed + DEFLATE_END.length, size)]);
  }

  tail(): Uint8Array<ArrayBuffer> {
    return this.#zip.directory();
  }
}
