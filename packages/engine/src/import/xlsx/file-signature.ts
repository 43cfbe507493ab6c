/** Compound files ([MS-CFB]) are what Excel wrote until 2003, and what it wraps around a workbook with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** An archive that begins with an entry. */
const ZIP = [0x50, 0x4b, 3, 4];

const begins = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

export const isZip = (bytes: Uint8Array): boolean => begins(bytes, ZIP);
export const isCompound = (bytes: Uint8Array): boolean => begins(bytes, COMPOUND);

/** Whether bytes are those of a workbook, or of a file that is refused with the hint to save it as one. */
export const looksLikeWorkbook = (bytes: Uint8Array): boolean => isZip(bytes) || isCompound(bytes);
