import { decodeSource } from './decode-source.ts';
import { detectKind } from './detect-kind.ts';
import { BINARY_KINDS, type ImportKind } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import { MAX_IMPORT_BYTES } from './limits.ts';
import { looksLikeWorkbook } from './xlsx/file-signature.ts';

/** A source as its reader takes it: text, or for the kinds that are none, bytes. */
export interface OpenSource {
  readonly kind: ImportKind;
  readonly content: string | Uint8Array;
}

/** @param kind undefined for what is recognised @throws ImportRefused */
export function openSource(source: string | Uint8Array, kind: ImportKind | undefined): OpenSource {
  if (kind !== undefined && BINARY_KINDS.has(kind)) return { kind, content: toBytes(source) };
  if (kind === undefined && typeof source !== 'string' && looksLikeWorkbook(source))
    return { kind: 'xlsx', content: source };
  const content = decodeSource(source);
  return { kind: kind ?? detectKind(content), content };
}

/** The bytes that a text gives in base64 (RFC 4648, with or without line breaks): JSON has no other way to hold them. */
function toBytes(source: string | Uint8Array): Uint8Array {
  if (source.length > MAX_IMPORT_BYTES * (typeof source === 'string' ? 1.5 : 1))
    throw tooLarge(`the source has more than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB`, 'import a part of it');
  if (typeof source !== 'string') return source;
  try {
    return Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
  } catch {
    throw new ImportRefused('invalid_encoding', 'the source is not base64', 'give the bytes of the file in base64');
  }
}
