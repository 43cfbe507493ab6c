import { explain } from '../errors/system-error.ts';
import { openOutput } from './open-output.ts';
import { ReaderGone } from './output.ts';

/** Writes what a server answers to the file that `--out` names, or to stdout. A reader that leaves early is no failure. @throws CommandError */
export async function writeAnswer(answer: Response, out: string | undefined): Promise<void> {
  const output = await openOutput(out);
  try {
    await explain(`${output.name} could not be written`, async () => {
      for await (const bytes of answer.body as ReadableStream<Uint8Array>) await output.write(bytes);
      await output.commit();
    });
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}
