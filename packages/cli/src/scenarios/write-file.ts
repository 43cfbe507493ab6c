import { explain } from '../errors/system-error.ts';
import { openOutput } from '../output/open-output.ts';

/** Puts a file where it belongs; it is there as a whole, or as it was. */
export async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  const output = await openOutput(path);
  await explain(`${path} could not be written`, async () => {
    await output.write(bytes);
    await output.commit();
  });
}
