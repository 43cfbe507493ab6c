import { closeSync, openSync, readSync } from 'node:fs';
import { badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { SourceText } from './source-text.ts';

/** What is said of an input beyond the limit. */
const TEMPLATE = { code: 'template_too_large', hint: 'split the template' };

/**
 * Reads the bytes of a file, or from stdin when the path is `-`, and no more than `limit` of them: without a
 * limit `datamaker generate /dev/zero` would fill the memory.
 * @throws CommandError: 2 when there is no such file, it is a folder or too large; 1 when it may not be read.
 */
export async function readInput(path: string, limit: number, refusal = TEMPLATE): Promise<SourceText> {
  const name = path === '-' ? '<stdin>' : path;
  const chunks: Uint8Array[] = [];
  let size = 0;
  await explain(`${name} could not be read`, async () => {
    for await (const chunk of path === '-' ? process.stdin : readChunks(path)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) throw tooLarge(name, limit, refusal);
    }
  });
  return new SourceText(name, Buffer.concat(chunks));
}

function* readChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(65_536);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function tooLarge(name: string, limit: number, refusal: typeof TEMPLATE): Error {
  const message = `it is larger than ${limit / 1024 / 1024} MiB`;
  return badInput(name, [{ ...refusal, message }]);
}
