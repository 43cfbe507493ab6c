import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { explain } from '../errors/system-error.ts';
import { isStdout, openOutput } from '../output/open-output.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { downloadPart } from './download-part.ts';
import type { RemoteManifest, RemotePart } from './remote-job.ts';

/** Names that lead out of no folder, wherever it is: letters, digits, `_`, `-` and `.`, which does not come first. */
const PLAIN_NAME = /^\w[\w.-]{0,199}$/;

/**
 * Writes the parts of a job, each of which is a file of its own, into a folder under their names. A file appears when it is whole, and one that is
 * there already as the manifest says is not asked for again: a download that was broken off goes on.
 * @param folder as the flag --out has it
 * @param onBytes told how many rows and bytes there are
 * @throws CommandError when there is no such folder, when a part is not what was made, or a name is none of a file in the folder
 */
export async function downloadFiles(
  api: ServerApi,
  id: string,
  { parts }: RemoteManifest,
  folder: string,
  onBytes: (rows: number, bytes: number) => void,
): Promise<void> {
  for (const { number, name } of parts) if (!PLAIN_NAME.test(name)) throw badName(number, name);
  let [rows, bytes] = [0, 0];
  for (const part of parts) {
    const path = join(folder, part.name);
    await explain(`${path} could not be written`, async () => {
      if (await isWhole(path, part)) return;
      const output = await openOutput(path);
      await downloadPart(api, id, part, output, (taken) => onBytes(rows, bytes + taken));
      await output.commit();
    });
    rows += part.to - part.from;
    bytes += part.bytes;
    onBytes(rows, bytes);
  }
}

/** The folder that files of a job go to. @throws CommandError where it is none */
export function folderOf(path: string | undefined): string {
  if (path === undefined || path === '' || isStdout(path)) {
    const message = 'each part of the job is a file of its own';
    throw badArgument('--out', 'folder_needed', message, 'name a folder for them: --out <folder>');
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    const message = `there is no folder ${path}`;
    throw badArgument('--out', 'folder_not_found', message, `create it with \`mkdir -p ${path}\``);
  }
  if (!found.isDirectory()) {
    const message = `${path} is not a folder, and each part of the job is a file of its own`;
    throw badArgument('--out', 'not_a_folder', message, 'name a folder for them: --out <folder>');
  }
  return path;
}

async function isWhole(path: string, { bytes, sha256 }: RemotePart): Promise<boolean> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size !== bytes) return false;
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Uint8Array);
  return digest.digest('hex') === sha256;
}

const badName = (part: number, name: string): CommandError =>
  new CommandError(
    1,
    'invalid_answer',
    `the server calls part ${part} ${printable(name.slice(0, 100))}, which is no name of a file`,
  );
