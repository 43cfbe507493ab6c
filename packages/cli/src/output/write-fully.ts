import { writeSync } from 'node:fs';

/** Writes all of a chunk to a file or device; write(2) may take less than it is given. */
export function writeFully(descriptor: number, chunk: Uint8Array): void {
  for (let written = 0; written < chunk.length; ) {
    written += writeSync(descriptor, chunk, written, chunk.length - written);
  }
}
