import { createReadStream } from 'node:fs';
import { looksLikeWorkbook, MAX_IMPORT_BYTES } from '@datamaker/engine/import';
import { badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';

/** A file or stdin whose beginning has been looked at. */
export type Input = SheetInput | TextInput;

export interface SheetInput {
  readonly kind: 'sheet';
  readonly source: string;
  /** All of it. @throws CommandError when it is too large */
  bytes(): Promise<Uint8Array>;
}

export interface TextInput {
  readonly kind: 'text';
  readonly source: string;
  /** The beginning of the text. */
  readonly head: string;
  /** The whole text, piece by piece; once only. @throws CommandError when it cannot be read or decoded */
  text(): AsyncGenerator<string>;
  /** Stops reading. */
  close(): Promise<void>;
}

/** So much is looked at to tell what it is. */
const HEAD = 64 * 1024;

/** Opens a file, or stdin for `-`, and tells a spreadsheet from a text. @throws CommandError (exit code 2) */
export async function openInput(path: string): Promise<Input> {
  const source = path === '-' ? '<stdin>' : path;
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: HEAD });
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const read: Uint8Array[] = [];
  let size = 0;
  const more = async (): Promise<boolean> => {
    const next = await explain(`${source} could not be read`, () => chunks.next());
    if (next.done === true) return false;
    read.push(next.value);
    size += next.value.length;
    return true;
  };
  while (size < HEAD && (await more()));
  const head = Buffer.concat(read);
  const close = async (): Promise<void> => void (await chunks.return?.());
  if (looksLikeWorkbook(head) || /\.xls[xm]?$/i.test(path)) {
    const bytes = async (): Promise<Uint8Array> => {
      while (size <= MAX_IMPORT_BYTES && (await more()));
      await close();
      return Buffer.concat(read);
    };
    return { kind: 'sheet', source, bytes };
  }
  const encoding = encodingOf(head);
  if (encoding === 'utf-8' && head.includes(0)) {
    await close();
    throw badInput(source, [BINARY]);
  }
  const decode = decoder(encoding, source);
  const start = decode(head);
  async function* text(): AsyncGenerator<string> {
    try {
      yield start;
      for (read.length = 0; await more(); read.length = 0) yield decode(read[0]);
      yield decode();
    } finally {
      await close();
    }
  }
  return { kind: 'text', source, head: start, text, close };
}

const BINARY = {
  code: 'not_a_table',
  message: 'it is neither a text nor a spreadsheet',
  hint: 'give CSV, JSON, NDJSON or .xlsx',
};

/** UTF-8, or UTF-16 where a byte order mark says so, as spreadsheet programs write it. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function decoder(encoding: string, source: string): (chunk?: Uint8Array) => string {
  const text = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return text.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const message = `it is not valid ${encoding.toUpperCase()}`;
      throw badInput(source, [{ code: 'invalid_utf8', message, hint: 'save it as UTF-8' }]);
    }
  };
}
