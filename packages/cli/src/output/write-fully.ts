import { writeSync } from 'node:fs';

/**
 * Writes all of a chunk to a file or device; write(2) may take less than it is given.
 * @param position where in the file, in bytes; by default where the last such write ended
 */
export function writeFully(descriptor: number, chunk: Uint8Array, position?: number): void {
  for (let written = 0; written < chunk.length; ) {
    const at = position === undefined ? null : position + written;
    written += writeSync(descriptor, chunk, written, chunk.length - written, at);
  }
}
