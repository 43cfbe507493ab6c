import { explain } from '../errors/system-error.ts';
import { openStdout } from './open-output.ts';
import { ReaderGone } from './output.ts';

/** Prints text on stdout; a reader that has gone (`| head`) has seen enough. */
export async function print(text: string): Promise<void> {
  try {
    await explain('stdout could not be written', () => openStdout().write(Buffer.from(text)));
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}
