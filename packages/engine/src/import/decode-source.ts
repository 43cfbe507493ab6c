import { ImportRefused, tooLarge } from './import-refused.ts';
import { MAX_IMPORT_BYTES } from './limits.ts';

/** The text of a source: UTF-8, or UTF-16 where a byte order mark says so, as SQL Server's tools write it. */
export function decodeSource(source: string | Uint8Array): string {
  if (source.length > MAX_IMPORT_BYTES) {
    const size = Math.ceil(source.length / 1024 / 1024);
    throw tooLarge(
      `the source has ${size} MiB; at most ${MAX_IMPORT_BYTES / 1024 / 1024} MiB are read`,
      'import a part of it, or only the statements that create tables',
    );
  }
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decode(source);
  if (text.trim() === '') throw new ImportRefused('empty_source', 'the source is empty');
  if (text.includes('\0'))
    throw new ImportRefused(
      'invalid_encoding',
      'the source has NUL characters in it: it is no text',
      'save it as UTF-8',
    );
  return text;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ImportRefused(
      'invalid_encoding',
      `the source is not valid ${encoding.toUpperCase()}`,
      'save it as UTF-8',
    );
  }
}
