import { explain } from '../errors/system-error.ts';
import { openOutput } from './open-output.ts';
import { print } from './print.ts';

/** Writes JSON to a file, which appears under its name when it is whole, or on stdout. */
export async function writeDocument(document: unknown, path: string | undefined): Promise<void> {
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  if (path === undefined) return print(text);
  const output = await openOutput(path);
  await explain(`${path} could not be written`, async () => {
    await output.write(Buffer.from(text));
    await output.commit();
  });
}
