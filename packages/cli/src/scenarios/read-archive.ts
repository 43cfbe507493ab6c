import { buffer } from 'node:stream/consumers';
import { CommandError } from '../errors/command-error.ts';
import { INDEX, isFileName } from './scenario-index.ts';

/** More is no archive of scenarios: 1 MiB of code is the most that one may have. */
const MOST_FILE = 4 * 1024 * 1024;
const MOST_INDEX = 64 * 1024 * 1024;

/** Names and contents of an archive of scenarios. @throws CommandError when it is none, or has a name in it that leads elsewhere */
export async function readArchive(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const { fromBufferPromise } = await import('yauzl');
  const files = new Map<string, Buffer>();
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      const { fileName: name, uncompressedSize: size } = entry;
      if (name !== INDEX && !isFileName(name)) throw unusable(`it has ${JSON.stringify(name)} in it`);
      if (size > (name === INDEX ? MOST_INDEX : MOST_FILE)) throw unusable(`${name} is too large`);
      files.set(name, await buffer(await zip.openReadStreamPromise(entry)));
    }
  } catch (error) {
    throw error instanceof CommandError ? error : unusable((error as Error).message);
  }
  if (!files.has(INDEX)) throw unusable(`there is no ${INDEX} in it`);
  return files;
}

const unusable = (why: string): CommandError =>
  new CommandError(1, 'invalid_answer', `the server's archive cannot be used: ${why}`);
